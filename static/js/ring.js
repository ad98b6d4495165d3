// What a call for help sounds like, made here: a page needs no file to be heard.

// Notes of each kind: hertz, seconds, in turn. The more urgent, the faster and the longer.
const TUNES = {
  medical: [
    [880, 0.18],
    [660, 0.18],
    [880, 0.18],
    [660, 0.18],
    [880, 0.18],
    [660, 0.36],
  ],
  emergency: [
    [880, 0.18],
    [660, 0.18],
    [880, 0.18],
    [660, 0.36],
  ],
  fraud_now: [
    [740, 0.15],
    [0, 0.1],
    [740, 0.15],
    [0, 0.1],
    [740, 0.3],
  ],
  companion: [
    [523, 0.3],
    [659, 0.45],
  ],
  officer: [
    [659, 0.3],
    [523, 0.45],
  ],
  person: [
    [587, 0.25],
    [784, 0.45],
  ],
};
const LOUD = 0.5;

export class Ring {
  #context = new AudioContext();

  // `changed` is called when it may be heard, or may no more.
  constructor(changed) {
    this.#context.addEventListener("statechange", changed);
  }

  get ready() {
    return this.#context.state === "running";
  }

  // Only somebody's touch lets a page be heard.
  wake() {
    return this.#context.resume();
  }

  play(kind) {
    if (!this.ready) return;
    let at = this.#context.currentTime + 0.05;
    for (const [hertz, seconds] of TUNES[kind] ?? TUNES.person) {
      if (hertz) this.#note(hertz, at, seconds);
      at += seconds;
    }
    document.body.dataset.rang = kind;
  }

  #note(hertz, at, seconds) {
    const gain = new GainNode(this.#context, { gain: 0 });
    gain.gain.setTargetAtTime(LOUD, at, 0.01);
    gain.gain.setTargetAtTime(0, at + seconds * 0.7, 0.03);
    const tone = new OscillatorNode(this.#context, { type: "triangle", frequency: hertz });
    tone.connect(gain).connect(this.#context.destination);
    tone.start(at);
    tone.stop(at + seconds + 0.2);
  }
}
