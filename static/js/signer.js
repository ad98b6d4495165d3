// The signer: plays the clips of a page one after another, and a choice's own when one stands on
// it. Two video elements, one playing and one loaded, so that nothing is seen between two clips.

const RATES = [0.5, 0.75, 1, 1.25, 1.5];

export class Signer {
  #list = [];
  #at = 0;
  #gaps = [];
  #endedAt = 0;

  constructor(page) {
    this.page = page;
    this.root = page.body.querySelector("#signer");
    this.videos = [...(this.root?.querySelectorAll(".signer-video") ?? [])];
    greet(page.body.querySelector("[data-greeting]"));
    if (!this.videos.length) return;
    this.caption = this.root.querySelector(".signer-caption");
    this.list = JSON.parse(this.root.dataset.playlist);
    this.picks = JSON.parse(this.root.dataset.picks);
    this.root.classList.add("scripted");
    for (const video of this.videos) this.#prepare(video);
    for (const button of this.root.querySelectorAll("[data-signer]")) {
      button.addEventListener("click", (event) => this.#pressed(event, button.dataset.signer));
    }
    for (const target of page.body.querySelectorAll("[data-target]")) {
      target.addEventListener("focus", () => this.#stoodOn(target.dataset.target));
    }
    this.#apply();
    this.play(this.list);
  }

  // Play clips in order. The page never goes on by itself: after the last, it stands.
  play(list) {
    if (!list.length) return;
    this.#list = list;
    this.#at = 0;
    this.#endedAt = 0;
    for (const video of this.videos) video.pause();
    this.#load(this.videos[0], list[0]);
    this.#show();
  }

  // How the session says the signer is shown: see `live_signer`.
  follow(look) {
    if (!this.videos.length) return;
    this.root.dataset.rate = look.rate;
    this.root.dataset.size = look.size;
    this.root.dataset.captions = look.captions ? "on" : "off";
    this.#apply();
  }

  // A key of the keypad: repeat and pause belong to the picture; speed comes back by `follow`.
  key(name) {
    if (!this.videos.length) return;
    if (name === "repeat") this.play(this.list);
    if (name === "pause") this.#pause();
  }

  #pressed(event, name) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (name === "replay") this.play(this.#list);
    else if (name === "pause") this.#pause();
    else this.#turn(name);
  }

  // Shown at once, and kept by the session.
  #turn(name) {
    const data = this.root.dataset;
    const at = RATES.indexOf(Number(data.rate));
    if (name === "slower") data.rate = RATES[Math.max(0, at - 1)];
    if (name === "faster") data.rate = RATES[Math.min(RATES.length - 1, at + 1)];
    if (name === "size") data.size = (Number(data.size) + 1) % 3;
    if (name === "captions") data.captions = data.captions === "on" ? "off" : "on";
    this.#apply();
    this.page.send("/do/signer", { rate: data.rate, size: data.size, captions: data.captions });
  }

  #apply() {
    const { rate, captions } = this.root.dataset;
    for (const video of this.videos) {
      video.defaultPlaybackRate = Number(rate);
      video.playbackRate = Number(rate);
    }
    this.root.querySelector(".signer-rate").textContent = `${Number(rate)}×`;
    this.root.querySelector("[data-signer=captions]").ariaPressed = String(captions === "on");
    this.#caption();
  }

  #pause() {
    const video = this.videos[0];
    if (video.ended) this.play(this.#list);
    else if (video.paused) video.play().catch(() => {});
    else video.pause();
  }

  #stoodOn(target) {
    const own = this.picks[target];
    if (own && !this.page.leaving) this.play(own);
  }

  #prepare(video) {
    video.controls = false;
    video.addEventListener("ended", () => video === this.videos[0] && this.#ended());
    video.addEventListener("error", () => video === this.videos[0] && this.#broken(), true);
    for (const name of ["play", "playing", "pause", "ended"]) {
      video.addEventListener(name, () => this.#state());
    }
    video.addEventListener("playing", () => this.#measure(video));
    if (video.textTracks[0]) this.#listen(video);
  }

  #listen(video) {
    const track = video.textTracks[0];
    track.mode = "hidden";
    track.addEventListener("cuechange", () => video === this.videos[0] && this.#caption());
  }

  #load(video, item) {
    if (video.dataset.clip === item.clip && video.readyState) {
      video.currentTime = 0;
      return;
    }
    video.dataset.clip = item.clip;
    video.poster = item.poster;
    video.preload = "auto";
    video.replaceChildren();
    const playable = item.sources.find(([, mime]) => video.canPlayType(mime));
    video.src = (playable ?? item.sources[0])[0];
    const track = document.createElement("track");
    Object.assign(track, { kind: "captions", src: item.captions, default: true });
    video.append(track);
    this.#listen(video);
    video.load();
    video.playbackRate = Number(this.root.dataset.rate);
  }

  // The one that plays is on top; the next one is loaded behind it.
  #show() {
    const [front, behind] = this.videos;
    front.classList.remove("signer-next");
    behind.classList.add("signer-next");
    front.ariaHidden = null;
    behind.ariaHidden = "true";
    front.play().catch(() => this.#state());
    const next = this.#list[this.#at + 1];
    if (next) this.#load(behind, next);
    this.#mark(this.#list[this.#at].about);
    this.#caption();
  }

  #ended() {
    this.#endedAt = performance.now();
    if (this.#at + 1 >= this.#list.length) {
      this.#mark(null);
      return;
    }
    this.#at += 1;
    this.videos.reverse();
    this.#show();
  }

  // From the end of a clip to the next one playing, in ms; kept for measuring.
  #measure(video) {
    if (video !== this.videos[0] || !this.#endedAt) return;
    this.#gaps.push(performance.now() - this.#endedAt);
    this.#endedAt = 0;
    this.root.dataset.gaps = this.#gaps.map((gap) => gap.toFixed(1)).join(" ");
  }

  // The choice that is being signed is seen to be the one.
  #mark(target) {
    for (const one of this.page.body.querySelectorAll(".being-signed")) {
      one.classList.remove("being-signed");
    }
    if (target) {
      const found = this.page.body.querySelector(`[data-target="${CSS.escape(target)}"]`);
      found?.classList.add("being-signed");
    }
  }

  #caption() {
    const track = this.videos[0].textTracks[0];
    const on = this.root.dataset.captions === "on";
    const cues = on && track?.activeCues ? [...track.activeCues] : [];
    const words = cues.map((cue) => cue.getCueAsHTML().textContent).join("\n");
    if (words) this.caption.textContent = words;
    this.caption.hidden = !on;
  }

  #state() {
    const [video] = this.videos;
    const still = video.paused && !video.ended;
    this.root.dataset.state = video.ended ? "ended" : still ? "paused" : "playing";
    this.root.querySelector("[data-signer=pause]").ariaPressed = String(still);
  }

  #broken() {
    const told = this.root.querySelector(".signer-broken");
    told.hidden = false;
    told.textContent = told.dataset.words;
  }
}

// The attract screen's greeting plays once, unless its watcher wants things to stand still.
function greet(video) {
  if (!video || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  video.play().catch(() => {});
}
