// Runs beside the sound: hands on what the microphone hears, in blocks.
const BLOCK = 512; // samples: the page is not woken for every 128

class Recorder extends AudioWorkletProcessor {
  #block = new Float32Array(BLOCK);
  #count = 0;

  process([input]) {
    const heard = input[0];
    if (!heard?.length) return true;
    this.#block.set(heard, this.#count);
    this.#count += heard.length;
    if (this.#count === BLOCK) {
      this.port.postMessage(this.#block.slice());
      this.#count = 0;
    }
    return true;
  }
}

registerProcessor("recorder", Recorder);
