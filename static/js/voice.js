// The voice on the page: plays what the session has to say, shows it, and stops at any input.
// Where the kiosk's own sound card speaks, the page only shows what is being said.

export class Voice {
  #audio = new Audio();
  // The line after it, fetched while it is said.
  #next = null;
  #id = null;
  #gone = false;
  // Ends the waiting for the line that is being said.
  #cut = () => {};

  constructor(page) {
    this.page = page;
    this.said = page.body.querySelector("#said");
    for (const input of ["keydown", "pointerdown"]) {
      addEventListener(input, (event) => this.#interrupted(event), { capture: true });
    }
    addEventListener("pagehide", () => {
      this.#gone = true;
      this.#audio.pause();
    });
  }

  // What the session says of its voice: see `live_voice`.
  follow(voice) {
    if (voice.id === undefined || voice.id !== this.#id) this.#hush();
    if (voice.id !== undefined && voice.id !== this.#id) {
      this.#id = voice.id;
      this.#play(voice.id, voice.lines, voice.from);
    }
    if (voice.id === undefined) this.#show(voice.caption, voice.about);
    if (voice.paused) this.#audio.pause();
    else if (this.#audio.paused && this.#audio.src && this.held) this.#audio.play();
    this.held = voice.paused;
    if (voice.paused) this.#words(this.said.dataset.paused);
    this.said.dataset.state = voice.listening ? "listening" : "speaking";
    if (voice.listening && voice.caption === null) this.#words(this.said.dataset.listening);
  }

  async #play(id, lines, from) {
    for (let at = from; at < lines.length; at += 1) {
      if (id !== this.#id || this.#gone) return;
      this.#show(lines[at].caption, lines[at].about);
      this.#report({ id, line: at });
      const said = this.#line(id, at, lines[at]);
      this.#next = at + 1 < lines.length ? sound(id, at + 1) : null;
      await said;
      await wait(lines[at].pause * 1000);
    }
    if (id !== this.#id || this.#gone) return;
    this.#show(null, null);
    this.#report({ id });
  }

  // Until the line is over. Where it can't be heard its words stay long enough to be read.
  async #line(id, at, line) {
    const audio = this.#next ?? sound(id, at);
    this.#audio = audio;
    try {
      const over = new Promise((done, failed) => {
        audio.onended = this.#cut = done;
        audio.onerror = failed;
      });
      // It may have failed while it was waiting.
      if (audio.error) throw audio.error;
      if (!this.held) await audio.play();
      await over;
    } catch {
      if (id === this.#id) await wait(250 * line.caption.length);
    }
  }

  #interrupted(event) {
    if (event.type === "pointerdown" && !event.target.closest("button, input, a")) return;
    this.#hush();
  }

  #hush() {
    this.#id = null;
    this.#audio.onerror = null;
    this.#cut();
    this.#audio.pause();
    for (const audio of [this.#audio, this.#next]) silence(audio);
    this.#next = null;
  }

  #report(where) {
    fetch("/voice/at", {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": this.page.body.dataset.csrf,
      },
      body: JSON.stringify(where),
      keepalive: true,
    }).catch(() => {});
  }

  // The caption, and the thing on the screen that it is about.
  #show(caption, about) {
    for (const one of document.querySelectorAll(".being-said")) one.classList.remove("being-said");
    this.#words(caption);
    if (!about) return;
    const target = about.startsWith("pick:") ? about.slice(5) : null;
    const found = target
      ? document.querySelector(`[data-target="${CSS.escape(target)}"]`)
      : document.querySelector(`[data-about="${about}"]`);
    found?.classList.add("being-said");
    found?.scrollIntoView({ block: "nearest" });
  }

  #words(words) {
    if (!this.said) return;
    this.said.hidden = !words;
    this.said.querySelector("p").textContent = words ?? "";
    this.page.foot.measure();
  }
}

function sound(id, line) {
  const audio = new Audio(`/voice/${id}/${line}.opus`);
  audio.preload = "auto";
  return audio;
}

// Also ends the fetching of it.
function silence(audio) {
  audio?.removeAttribute("src");
  audio?.load();
}

function wait(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
