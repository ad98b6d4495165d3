// How calls for help sound: each kind has notes of its own, heard again while nobody has answered.
// What sounds is on the page: `data-tones` are `hertz:milliseconds` one after another (0 is a rest),
// `data-repeat` seconds until it is heard again. A browser that wants a press first gets a button.

const EVERY = 1000;
const SOFT = 0.02;

export class Chimes {
  #context = new AudioContext();
  #heard = new Map();
  // When what sounds now is over (the context's seconds): one call after another.
  #free = 0;

  // `button` finds what is pressed to be heard; it is exchanged with the rest of the page.
  constructor(button, loudness = 0.4) {
    this.button = button;
    this.loudness = loudness;
    this.#context.addEventListener("statechange", () => this.#ask());
    document.addEventListener("click", () => this.#context.resume());
    document.addEventListener("keydown", () => this.#context.resume());
    this.#context.resume();
    setInterval(() => this.look(), EVERY);
  }

  get silent() {
    return this.#context.state !== "running";
  }

  // Sound whatever is new or due.
  look() {
    this.#ask();
    const open = [...document.querySelectorAll("[data-tones]")];
    const ids = new Set(open.map((one) => one.id));
    for (const id of this.#heard.keys()) if (!ids.has(id)) this.#heard.delete(id);
    if (this.silent) return;
    for (const one of open) {
      const last = this.#heard.get(one.id) ?? Number.NEGATIVE_INFINITY;
      if (performance.now() - last < Number(one.dataset.repeat) * 1000) continue;
      this.#heard.set(one.id, performance.now());
      this.#sound(one.dataset.tones, one.id);
    }
  }

  #ask() {
    const place = this.button();
    if (place) place.hidden = !this.silent || !document.querySelector("[data-tones]");
  }

  #sound(tones, id) {
    let at = Math.max(this.#free, this.#context.currentTime + SOFT);
    for (const tone of tones.split(" ")) {
      const [hertz, length] = tone.split(":").map(Number);
      if (hertz) this.#note(hertz, at, length / 1000);
      at += length / 1000;
    }
    this.#free = at + SOFT;
    document.body.dataset.chimed = `${id} ${tones}`;
  }

  #note(hertz, at, seconds) {
    const note = new OscillatorNode(this.#context, { frequency: hertz, type: "triangle" });
    const gain = new GainNode(this.#context, { gain: 0 });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(this.loudness, at + SOFT);
    gain.gain.setValueAtTime(this.loudness, at + seconds - SOFT);
    gain.gain.linearRampToValueAtTime(0, at + seconds);
    note.connect(gain).connect(this.#context.destination);
    note.start(at);
    note.stop(at + seconds);
  }
}
