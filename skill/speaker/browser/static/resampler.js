// Sound at any rate to 16-bit samples at 16 kHz, piece by piece, by a windowed sinc.
const RATE = 16000;
const REACH = 16; // samples to either side

export class Resampler {
  constructor(rate) {
    this.step = rate / RATE;
    this.cutoff = Math.min(1, RATE / rate) * 0.94;
    this.kept = new Float32Array(REACH);
    this.next = REACH;
  }

  // The 16 kHz samples that can be made so far.
  push(block) {
    const all = new Float32Array(this.kept.length + block.length);
    all.set(this.kept);
    all.set(block, this.kept.length);
    const made = [];
    for (; this.next + REACH < all.length; this.next += this.step) made.push(this.#at(all, this.next));
    const from = Math.max(0, Math.floor(this.next) - REACH);
    this.kept = all.slice(from);
    this.next -= from;
    return Int16Array.from(made, (x) => Math.max(-1, Math.min(1, x)) * 32767);
  }

  #at(all, place) {
    const middle = Math.floor(place);
    let sum = 0;
    for (let i = middle - REACH + 1; i <= middle + REACH; i++) {
      const x = place - i;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / REACH);
      const angle = Math.PI * this.cutoff * x;
      sum += all[i] * window * this.cutoff * (Math.abs(angle) < 1e-6 ? 1 : Math.sin(angle) / angle);
    }
    return sum;
  }
}
