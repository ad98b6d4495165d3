// Recording one take: camera, countdown, record, look at it, trim, send. Nothing is lost by an
// error: what was recorded stays in the page until it is sent, saved or thrown away.

// What browsers record, best first: mp4 has its length in it; VP9 is made whole by the server.
const KINDS = ["video/mp4;codecs=avc1.42E01F", "video/mp4", "video/webm;codecs=vp9", "video/webm"];
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
const COUNT = 3;

export class Recorder {
  #stream = null;
  #recorder = null;
  #parts = [];
  #take = null;
  #length = 0;

  constructor(root, csrf) {
    this.root = root;
    this.csrf = csrf;
    this.words = JSON.parse(root.dataset.words);
    this.longest = Number(root.dataset.longest);
    const find = (selector) => root.querySelector(selector);
    this.camera = find(".camera");
    this.preview = find(".preview");
    this.guide = find(".guide");
    this.count = find(".countdown");
    this.said = find(".said");
    this.clock = find(".clock");
    this.trim = find(".trim");
    this.progress = find(".sending");
    for (const button of root.querySelectorAll("button[data-do]")) {
      button.addEventListener("click", () => this[button.dataset.do]());
    }
    for (const range of this.trim.querySelectorAll("input")) {
      range.addEventListener("input", () => this.#cut(range));
    }
    this.preview.addEventListener("timeupdate", () => this.#stopAtEnd());
  }

  async open() {
    if (!navigator.mediaDevices || !window.MediaRecorder) return this.#say("no_recorder");
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: PICTURE, audio: false });
    } catch (error) {
      const why = { NotAllowedError: "not_allowed", NotReadableError: "busy" };
      return this.#say(why[error.name] ?? "no_camera");
    }
    const [track] = this.#stream.getVideoTracks();
    track.addEventListener("ended", () => this.#lost());
    this.camera.srcObject = this.#stream;
    await this.camera.play();
    this.#say("");
    this.#look("camera");
  }

  async record() {
    document.body.dataset.busy = "recording";
    this.#buttons();
    for (let left = COUNT; left > 0; left -= 1) {
      this.count.hidden = false;
      this.count.textContent = left;
      await new Promise((done) => setTimeout(done, 1000));
    }
    this.count.hidden = true;
    if (!this.#stream?.active) return this.#lost();
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    if (!mimeType) return this.#say("no_recorder");
    this.#parts = [];
    this.#recorder = new MediaRecorder(this.#stream, { mimeType, videoBitsPerSecond: 6_000_000 });
    this.#recorder.addEventListener("dataavailable", (event) => this.#parts.push(event.data));
    this.#recorder.addEventListener("stop", () => this.#recorded());
    // In pieces, so that a camera that is lost loses at most the last one.
    this.#recorder.start(250);
    const began = performance.now();
    this.clock.hidden = false;
    this.ticking = setInterval(() => {
      this.#length = (performance.now() - began) / 1000;
      this.clock.querySelector("time").textContent = this.#length.toFixed(1);
      if (this.#length >= this.longest) this.stop();
    }, 100);
    this.#say("recording");
    this.#buttons("stop");
  }

  stop() {
    clearInterval(this.ticking);
    if (this.#recorder?.state === "recording") this.#recorder.stop();
  }

  again() {
    delete document.body.dataset.busy;
    URL.revokeObjectURL(this.preview.src);
    this.preview.removeAttribute("src");
    this.#take = null;
    this.#say("");
    this.#look(this.#stream?.active ? "camera" : "closed");
  }

  send() {
    if (this.#take.size > Number(this.root.dataset.largest)) return this.#say("too_large");
    const address = new URL(this.root.dataset.recorder, location.href);
    const [start, end] = this.trim.querySelectorAll("input");
    address.searchParams.set("signer", this.root.querySelector("#signer-id").value);
    address.searchParams.set("start", start.value);
    if (Number(end.value) < this.#length) address.searchParams.set("end", end.value);
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Content-Type", this.#take.type.split(";")[0]);
    request.setRequestHeader("X-CSRFToken", this.csrf);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      this.progress.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("loadend", () => {
      this.progress.hidden = true;
      if (request.status === 201) {
        delete document.body.dataset.busy;
        location.reload();
      } else {
        this.said.textContent = request.response?.words ?? this.words.not_sent;
      }
    });
    this.progress.hidden = false;
    this.#say("sending");
    request.send(this.#take);
  }

  #recorded() {
    this.clock.hidden = true;
    this.#take = new Blob(this.#parts, { type: this.#recorder.mimeType });
    if (!this.#take.size) {
      this.again();
      return;
    }
    this.preview.src = URL.createObjectURL(this.#take);
    const save = this.trim.querySelector("[data-do=save]");
    save.href = this.preview.src;
    save.download = `take.${this.#take.type.includes("mp4") ? "mp4" : "webm"}`;
    const [start, end] = this.trim.querySelectorAll("input");
    for (const range of [start, end]) range.max = this.#length.toFixed(2);
    start.value = 0;
    end.value = end.max;
    if (this.said.textContent !== this.words.lost) this.#say("kept");
    this.#look("preview");
  }

  #cut(range) {
    const [start, end] = this.trim.querySelectorAll("input");
    if (Number(start.value) > Number(end.value) - 0.5) {
      if (range === start) end.value = Number(start.value) + 0.5;
      else start.value = Number(end.value) - 0.5;
    }
    this.preview.currentTime = Number(range.value);
  }

  #stopAtEnd() {
    const [, end] = this.trim.querySelectorAll("input");
    if (this.#take && this.preview.currentTime >= Number(end.value)) this.preview.pause();
  }

  // The camera went away: what was recorded until then is kept.
  #lost() {
    this.#say("lost");
    this.count.hidden = true;
    if (this.#recorder?.state === "recording") this.stop();
    else if (!this.#take) this.#look("closed");
  }

  #look(at) {
    this.camera.hidden = at !== "camera";
    this.guide.hidden = at !== "camera";
    this.preview.hidden = at !== "preview";
    this.trim.hidden = at !== "preview";
    this.#buttons(at === "camera" ? "record" : at === "closed" ? "open" : null);
  }

  #buttons(shown) {
    for (const name of ["open", "record", "stop"]) {
      this.root.querySelector(`[data-do=${name}]`).hidden = name !== shown;
    }
  }

  #say(name) {
    this.said.textContent = name ? this.words[name] : "";
  }
}
