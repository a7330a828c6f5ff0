// Plays an answer: each clip at its own time on the sound card's clock, so silences are exact.
const LEAD = 0.012; // seconds between having the first clip and hearing it
const AHEAD = 12; // seconds of the answer that are fetched in advance

export class Player {
  #gain;
  #sources = [];
  #clips = new Map();
  #began = null; // context time at which second 0 of the answer is heard
  #cues = [];
  #next = 0;
  #turn = 0;
  #end = 0; // seconds of the whole answer

  // Without a context nothing is heard, and the time is the machine's.
  constructor(context, rate) {
    this.context = context;
    this.rate = rate;
    this.speed = 1;
    this.#gain = context?.createGain();
    this.#gain?.connect(context.destination);
    setInterval(() => this.#feed(), 100);
  }

  get #now() {
    return this.context ? this.context.currentTime : performance.now() / 1000;
  }

  // Seconds of the answer that were heard, to its end; null where nothing was begun.
  get position() {
    if (this.#began === null) return null;
    return Math.min(this.#end, Math.max(0, (this.#now - this.#began) * this.speed));
  }

  // Stop what plays and play these cues from their beginning.
  async play(cues, speed) {
    this.stop();
    const turn = ++this.#turn;
    this.#cues = this.context ? cues.filter((cue) => cue.clip) : [];
    this.#next = 0;
    this.speed = speed;
    if (!cues.length) return;
    this.#end = cues.at(-1).end;
    if (this.#cues.length && this.#cues[0].start < 0.5) await this.#clip(this.#cues[0].clip);
    if (turn !== this.#turn) return;
    this.#began = this.#now + LEAD;
    this.#feed();
  }

  stop() {
    this.#turn++;
    for (const source of this.#sources) source.stop();
    this.#sources = [];
    this.#cues = [];
    this.#began = null;
    this.hush(false);
  }

  // Go to a second of the answer.
  seek(at) {
    for (const source of this.#sources) source.stop();
    this.#sources = [];
    this.#turn++;
    this.#began = this.#now - at / this.speed;
    this.#next = this.#cues.findIndex((cue) => cue.end > at);
    if (this.#next < 0) this.#next = this.#cues.length;
    this.#feed();
  }

  // Be quiet for a moment, and go on with the time running.
  hush(isQuiet) {
    this.#gain?.gain.setTargetAtTime(isQuiet ? 0 : 1, this.#now, 0.015);
  }

  #feed() {
    if (this.#began === null) return;
    while (this.#next < this.#cues.length) {
      const cue = this.#cues[this.#next];
      if (cue.start > this.position + AHEAD * this.speed) return;
      this.#next++;
      this.#schedule(cue, this.#turn);
    }
  }

  async #schedule(cue, turn) {
    const buffer = await this.#clip(cue.clip);
    if (turn !== this.#turn) return;
    const when = this.#began + cue.start / this.speed;
    const late = Math.max(0, this.context.currentTime - when);
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.playbackRate.value = this.speed;
    source.connect(this.#gain);
    source.start(Math.max(when, this.context.currentTime), late * this.speed);
    this.#sources.push(source);
  }

  #clip(name) {
    if (!this.#clips.has(name)) {
      if (this.#clips.size > 200) this.#clips.clear();
      this.#clips.set(name, this.#fetch(name));
    }
    return this.#clips.get(name);
  }

  async #fetch(name) {
    const response = await fetch(`/api/clips/${name}`);
    const samples = new Int16Array(await response.arrayBuffer(), 44);
    const buffer = this.context.createBuffer(1, Math.max(1, samples.length), this.rate);
    const channel = buffer.getChannelData(0);
    for (let i = 0; i < samples.length; i++) channel[i] = samples[i] / 32768;
    return buffer;
  }
}
