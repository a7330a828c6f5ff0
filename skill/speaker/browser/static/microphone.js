// The microphone: open while a talk is open, heard only while somebody speaks to the speaker.
import { Resampler } from "./resampler.js";

const BEFORE = 0.35; // seconds kept from before the button: people speak as they press
const PIECE = 1600; // samples sent at once: a tenth of a second
const MAY_END = 0.11; // seconds of quiet after the button that end what was said; less sounds cut off
const MAY_PAUSE = 0.2; // seconds after which it may be all, while the button is held or without it
const HELD_BACK = 16000; // samples of quiet that wait to be sent, after what may be the end
const LONGEST_AFTER = 0.6; // seconds at most between letting go and the end
const ONSET = 0.06; // seconds of loud sound that begin a hands-free utterance
const PAUSE = 0.65; // seconds of quiet that end one
const LONGEST = 9; // seconds

export class Microphone {
  #stream = null;
  #rate = 48000;
  #before = [];
  #floor = 0.003; // the room, as the size of its quiet blocks
  #quiet = 0;
  #loud = 0;
  #take = null;
  #waiting = null;

  constructor(context, onSound) {
    this.context = context;
    this.onSound = onSound; // (Int16Array, isFirst, mayEnd)
    this.level = 0;
    this.openedAt = 0; // milliseconds of performance.now(); 0 while it is closed
  }

  get isOpen() {
    return this.#stream !== null;
  }

  // Rejects where there is no microphone, or no permission.
  async open() {
    if (this.#stream) return;
    this.#stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: false, autoGainControl: true },
    });
    this.#rate = this.context.sampleRate;
    await this.context.audioWorklet.addModule("/static/recorder.js");
    const source = this.context.createMediaStreamSource(this.#stream);
    const recorder = new AudioWorkletNode(this.context, "recorder", { numberOfOutputs: 0 });
    recorder.port.onmessage = ({ data }) => this.#block(data);
    source.connect(recorder);
    this.openedAt = performance.now();
    this.close = () => {
      source.disconnect();
      recorder.port.onmessage = null;
      this.#stream?.getTracks().forEach((track) => track.stop());
      this.#stream = null;
      this.openedAt = 0;
      this.#before = [];
    };
  }

  close() {}

  // From now on (and a little before) everything is heard.
  start() {
    this.#waiting = null;
    this.#begin();
  }

  // Resolves, once somebody has ended, to what was not handed on yet: [Int16Array, isFirst].
  stop() {
    return new Promise((resolve) => {
      if (!this.#take) return resolve(null);
      this.#take.isFree = false;
      this.#waiting = null;
      this.#take.stopping = 0;
      this.#take.resolve = resolve;
    });
  }

  // Wait for somebody to speak: `onset` when they begin, `end` when they paused.
  wait(onset, end) {
    this.#waiting = { onset, end };
    this.#loud = 0;
  }

  stopWaiting() {
    this.#waiting = null;
  }

  // Forget what was being said.
  drop() {
    this.#waiting = null;
    this.#take?.resolve?.(null);
    this.#take = null;
  }

  #begin() {
    this.#take = { resampler: new Resampler(this.#rate), samples: [], count: 0, first: true, seconds: 0, spoke: false, quiet: [], guess: "" };
    this.#quiet = 0;
    this.#take.quiet = this.#before;
    this.#before = [];
  }

  #block(block) {
    const seconds = block.length / this.#rate;
    let sum = 0;
    for (const x of block) sum += x * x;
    const size = Math.sqrt(sum / block.length);
    this.level += (size - this.level) * 0.3;
    const isLoud = size > Math.max(0.008, this.#floor * 3);
    if (!isLoud || size < this.#floor) this.#floor += (size - this.#floor) * (size < this.#floor ? 0.2 : 0.01);
    this.#quiet = isLoud ? 0 : this.#quiet + seconds;
    this.#loud = isLoud ? this.#loud + seconds : 0;
    if (this.#take) {
      this.#hear(block, isLoud);
      this.#guess(isLoud);
      this.#mayEnd(seconds);
      return;
    }
    this.#before.push(block);
    while (this.#before.length * seconds > BEFORE) this.#before.shift();
    if (this.#waiting && this.#loud > ONSET) {
      this.#begin();
      this.#take.isFree = true;
      this.#take.spoke = true;
      this.#recordQuiet();
      this.#waiting.onset();
    }
  }

  // In a short quiet it is handed on what was said: by the time it is sure to be all, it is known.
  #guess(isLoud) {
    const take = this.#take;
    if (isLoud) take.guess = "";
    if (take.guess === "made" && take.count >= HELD_BACK) take.guess = "spent";
    if (take.guess || !take.spoke || take.stopping !== undefined || this.#quiet < MAY_PAUSE) return;
    this.#flush(true);
    take.guess = "made";
  }

  #mayEnd(seconds) {
    const take = this.#take;
    take.seconds += seconds;
    if (take.isFree) {
      if (this.#quiet < PAUSE && take.seconds < LONGEST) return;
      const { end } = this.#waiting ?? { end: () => {} };
      this.#waiting = null;
      end(this.#end());
    } else if (take.stopping !== undefined) {
      take.stopping += seconds;
      if (this.#quiet < MAY_END && take.stopping < LONGEST_AFTER) return;
      take.resolve(this.#end());
    }
  }

  // The quiet since the guess is not handed on: it would only be heard again.
  #end() {
    this.#recordQuiet();
    const { guess, first } = this.#take;
    const rest = guess === "made" ? null : [this.#drain(), first];
    this.#take = null;
    return rest;
  }

  // Of the quiet before somebody speaks only the end is handed on; all of it where nobody is loud.
  #hear(block, isLoud) {
    const take = this.#take;
    if (take.spoke) return this.#record(block);
    take.quiet.push(block);
    if (!isLoud) return;
    const most = Math.ceil((BEFORE * this.#rate) / block.length) + 1;
    take.spoke = true;
    take.quiet.splice(0, Math.max(0, take.quiet.length - most));
    this.#recordQuiet();
  }

  #recordQuiet() {
    for (const block of this.#take.quiet.splice(0)) this.#record(block);
  }

  #record(block) {
    const take = this.#take;
    const samples = take.resampler.push(block);
    take.samples.push(samples);
    take.count += samples.length;
    if (take.count >= PIECE && take.guess !== "made") this.#flush();
  }

  #flush(mayEnd = false) {
    const take = this.#take;
    if (!take.count && !mayEnd) return;
    this.onSound(this.#drain(), take.first, mayEnd);
    take.first = false;
  }

  #drain() {
    const take = this.#take;
    const whole = new Int16Array(take.count);
    let at = 0;
    for (const part of take.samples) {
      whole.set(part, at);
      at += part.length;
    }
    take.samples = [];
    take.count = 0;
    return whole;
  }
}
