// The pictures of a call, from browser to browser in the branch's own network. The customer's page
// offers; whenever either side comes back, it offers anew.

const PICTURE = {
  width: { ideal: 640 },
  height: { ideal: 480 },
  frameRate: { ideal: 30, min: 20 },
};
const FAILED_MS = 3000;

export class Call {
  #peer = null;
  #stream = null;
  #here = false;
  #ready;
  #candidates = [];
  #timer;

  constructor(talk, root) {
    this.talk = talk;
    this.root = root;
    this.offers = talk.party === "customer";
    this.theirs = root.querySelector(".theirs");
    this.mine = root.querySelector(".mine");
    this.#ready = this.#camera();
    talk.onPeer = (here) => this.#peerIs(here);
    talk.onSignal = (data) => this.#signal(data);
    talk.onOver = () => this.end();
    addEventListener("pagehide", () => this.end());
  }

  // Hang up: the camera is off at once.
  end() {
    this.#close();
    this.#here = false;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.theirs.srcObject = null;
    this.mine.srcObject = null;
    this.root.dataset.connection = "over";
  }

  // Again after a call that was over: the camera opens anew.
  restart() {
    if (this.#stream === null) this.#ready = this.#camera();
    if (this.#here) this.#offer();
  }

  async #camera() {
    try {
      // No microphone: what is signed isn't overheard either.
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: PICTURE, audio: false });
      this.mine.srcObject = this.#stream;
    } catch {
      this.#stream = null;
      this.mine.hidden = true;
      this.talk.say(this.talk.words.camera_missing);
    }
  }

  #peerIs(here) {
    const came = here && !this.#here;
    this.#here = here;
    // A page whose socket is lost may still be seen: the picture needs no server.
    if (!here && this.#peer?.connectionState !== "connected") {
      this.root.dataset.connection = "waiting";
    }
    if (came && this.offers) this.#offer();
  }

  async #offer() {
    await this.#ready;
    if (!this.#here) return;
    const peer = this.#connection();
    if (!this.#stream) peer.addTransceiver("video", { direction: "recvonly" });
    await peer.setLocalDescription();
    this.talk.send({ type: "signal", data: { description: peer.localDescription } });
  }

  async #signal({ description, candidate, again }) {
    try {
      if (again && this.offers) await this.#offer();
      else if (description?.type === "offer") await this.#answer(description);
      else if (description) {
        await this.#peer?.setRemoteDescription(description);
        await this.#addCandidates();
      } else if (candidate) {
        this.#candidates.push(candidate);
        if (this.#peer?.remoteDescription) await this.#addCandidates();
      }
    } catch (error) {
      console.warn("call:", error);
    }
  }

  async #answer(description) {
    await this.#ready;
    const peer = this.#connection();
    await peer.setRemoteDescription(description);
    await this.#addCandidates();
    await peer.setLocalDescription();
    this.talk.send({ type: "signal", data: { description: peer.localDescription } });
  }

  async #addCandidates() {
    for (const candidate of this.#candidates.splice(0)) await this.#peer.addIceCandidate(candidate);
  }

  // A fresh connection. No servers: both sides are in the same network.
  #connection() {
    this.#close();
    const peer = new RTCPeerConnection({ iceServers: [] });
    this.#peer = peer;
    for (const track of this.#stream?.getTracks() ?? []) {
      track.contentHint = "motion";
      const sender = peer.addTrack(track, this.#stream);
      const parameters = sender.getParameters();
      // Signing needs smooth motion more than sharpness.
      parameters.degradationPreference = "maintain-framerate";
      sender.setParameters(parameters).catch(() => {});
    }
    peer.addEventListener("track", ({ track, streams: [stream] }) => {
      this.theirs.srcObject = stream ?? new MediaStream([track]);
      this.theirs.play().catch(() => {});
    });
    peer.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate && peer === this.#peer) this.talk.send({ type: "signal", data: { candidate } });
    });
    peer.addEventListener(
      "connectionstatechange",
      () => peer === this.#peer && this.#changed(peer),
    );
    this.root.dataset.connection = "connecting";
    return peer;
  }

  #changed(peer) {
    const state = peer.connectionState;
    this.root.dataset.connection = state;
    clearTimeout(this.#timer);
    if (state === "connected") {
      if (this.#stream) this.talk.say("");
    } else if (state === "disconnected" || state === "failed") {
      this.talk.say(this.talk.words.lost);
      this.#timer = setTimeout(() => this.#again(), state === "failed" ? 0 : FAILED_MS);
    }
  }

  #again() {
    if (!this.#here) return;
    if (this.offers) this.#offer();
    else this.talk.send({ type: "signal", data: { again: true } });
  }

  #close() {
    clearTimeout(this.#timer);
    this.#candidates = [];
    this.#peer?.close();
    this.#peer = null;
  }
}
