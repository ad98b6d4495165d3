// The lobby's voice: says each new call once, one after another. A browser that wants a press before
// it lets a page be heard gets a button, and is told to whoever asks.

// How long a page that may be heard needs to begin (milliseconds).
const BEGINS = 1000;

export class Calls {
  #context = new AudioContext();
  #known = new Set();
  #waiting = [];
  #speaks = false;
  #opened = false;
  #begun;

  // `heard` is called with whether it can be heard, now and whenever that changes.
  constructor(button, heard) {
    this.button = button;
    this.heard = heard;
    this.#context.addEventListener("statechange", () => this.#tell());
    button.addEventListener("click", () => this.#context.resume());
    // Where it may, it begins by itself, and soon.
    this.#begun = Promise.race([this.#context.resume(), wait(BEGINS)]).then(() => this.#tell());
  }

  get silent() {
    return this.#context.state !== "running";
  }

  // New calls among those on the page. Those that stood there before it opened aren't said late;
  // what comes to an open page is new, however slowly it came.
  look(numbers) {
    for (const call of numbers.querySelectorAll("[data-sound]")) {
      if (this.#known.has(call.id)) continue;
      this.#known.add(call.id);
      if (this.#opened || call.classList.contains("fresh")) this.#waiting.push(call.dataset);
    }
    this.#opened = true;
    if (!this.#speaks) this.#speak();
  }

  #tell() {
    this.button.hidden = !this.silent;
    this.heard(!this.silent);
  }

  async #speak() {
    this.#speaks = true;
    await this.#begun;
    if (this.silent) this.#waiting = [];
    while (this.#waiting.length > 0) {
      // A call that was taken back meanwhile isn't there any more.
      const { sound, softer } = this.#waiting.shift();
      await this.#say(sound, Number(softer)).catch(() => {});
    }
    this.#speaks = false;
  }

  // `softer` by so many decibels than usual.
  async #say(address, softer) {
    const answer = await fetch(address);
    if (!answer.ok) return;
    const buffer = await this.#context.decodeAudioData(await answer.arrayBuffer());
    const source = new AudioBufferSourceNode(this.#context, { buffer });
    const gain = new GainNode(this.#context, { gain: 10 ** (-softer / 20) });
    source.connect(gain).connect(this.#context.destination);
    const over = new Promise((done) => {
      source.onended = done;
    });
    source.start();
    document.body.dataset.saying = address;
    await over;
    delete document.body.dataset.saying;
  }
}

function wait(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
