// In the audio thread: collects what the microphone gives into blocks of 40 ms of 16-bit samples.

const BLOCK = 640;

class Capture extends AudioWorkletProcessor {
  #block = new Int16Array(BLOCK);
  #filled = 0;

  process([input]) {
    for (const sample of input[0] ?? []) {
      this.#block[this.#filled] = Math.max(-1, Math.min(1, sample)) * 32767;
      this.#filled += 1;
      if (this.#filled === BLOCK) {
        this.port.postMessage(this.#block.buffer, [this.#block.buffer]);
        this.#block = new Int16Array(BLOCK);
        this.#filled = 0;
      }
    }
    return true;
  }
}

registerProcessor("capture", Capture);
