// The foot of the page lies over what is scrolled beneath it. The page is told how high it is, and what
// has the focus or is being said comes up when it grows.

export class Foot {
  #foot;
  #height = 0;

  constructor(body) {
    this.#foot = body.querySelector("#foot");
    if (this.#foot) new ResizeObserver(() => this.measure()).observe(this.#foot);
  }

  // How high it is now: for whoever scrolls before the browser has drawn a change of it.
  measure() {
    if (!this.#foot) return;
    const was = this.#height;
    this.#height = this.#foot.getBoundingClientRect().height;
    if (was === this.#height) return;
    document.documentElement.style.setProperty("--foot", `${this.#height}px`);
    for (const one of [document.activeElement, document.querySelector(".being-said")]) {
      if (one && this.#covers(one, was)) one.scrollIntoView({ block: "nearest" });
    }
  }

  // Whether it has come to lie over something that could be seen.
  #covers(one, was) {
    const { top, bottom } = one.getBoundingClientRect();
    return (
      one !== document.body &&
      !this.#foot.contains(one) &&
      top < innerHeight - was &&
      bottom > innerHeight - this.#height
    );
  }
}
