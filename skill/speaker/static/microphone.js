// The microphone: open while a talk is open, heard only while somebody speaks to the speaker.
import { Resampler } from "./resampler.js";

const BEFORE = 0.35; // seconds kept from before the button: people speak as they press
const PIECE = 3200; // samples sent at once: a fifth of a second
const QUIET_AFTER = 0.15; // seconds of quiet that end what was said after the button
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
    this.onSound = onSound; // (Int16Array, isFirst)
    this.level = 0;
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
    this.close = () => {
      source.disconnect();
      recorder.port.onmessage = null;
      this.#stream?.getTracks().forEach((track) => track.stop());
      this.#stream = null;
      this.#before = [];
    };
  }

  close() {}

  // From now on (and a little before) everything is heard.
  start() {
    this.#waiting = null;
    this.#begin();
  }

  // Resolves when the last of it was handed on.
  stop() {
    return new Promise((resolve) => {
      if (!this.#take) return resolve();
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

  #begin() {
    this.#take = { resampler: new Resampler(this.#rate), samples: [], count: 0, first: true, seconds: 0 };
    this.#quiet = 0;
    for (const block of this.#before) this.#record(block);
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
      this.#record(block);
      this.#mayEnd(seconds);
      return;
    }
    this.#before.push(block);
    while (this.#before.length * seconds > BEFORE) this.#before.shift();
    if (this.#waiting && this.#loud > ONSET) {
      this.#begin();
      this.#take.isFree = true;
      this.#waiting.onset();
    }
  }

  #mayEnd(seconds) {
    const take = this.#take;
    take.seconds += seconds;
    if (take.isFree) {
      if (this.#quiet < PAUSE && take.seconds < LONGEST) return;
      const { end } = this.#waiting ?? { end: () => {} };
      this.#waiting = null;
      this.#flush();
      this.#take = null;
      end();
    } else if (take.stopping !== undefined) {
      take.stopping += seconds;
      if (this.#quiet < QUIET_AFTER && take.stopping < LONGEST_AFTER) return;
      this.#flush();
      this.#take = null;
      take.resolve();
    }
  }

  #record(block) {
    const take = this.#take;
    const samples = take.resampler.push(block);
    take.samples.push(samples);
    take.count += samples.length;
    if (take.count >= PIECE) this.#flush();
  }

  #flush() {
    const take = this.#take;
    if (!take.count) return;
    const whole = new Int16Array(take.count);
    let at = 0;
    for (const part of take.samples) {
      whole.set(part, at);
      at += part.length;
    }
    take.samples = [];
    take.count = 0;
    this.onSound(whole, take.first);
    take.first = false;
  }
}
