// The page's microphone: while the kiosk listens, what is said goes to the server, and nowhere else.

export class Hearing {
  #listening = false;

  constructor(page) {
    if ("microphone" in page.body.dataset && navigator.mediaDevices) this.#open(page);
  }

  // The session says whether it listens now.
  follow(voice) {
    this.#listening = voice.listening;
  }

  async #open(page) {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, autoGainControl: false },
      });
    } catch {
      // No microphone, or it isn't allowed: keys and touch answer everything.
      return;
    }
    const context = new AudioContext({ sampleRate: 16000 });
    await context.audioWorklet.addModule("/static/js/capture.js");
    const capture = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0 });
    context.createMediaStreamSource(stream).connect(capture);
    const address = new URL(`/voice/hear?tab=${page.tab}`, location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    capture.port.onmessage = ({ data }) => {
      if (this.#listening && socket.readyState === WebSocket.OPEN) socket.send(data);
    };
    stream.getAudioTracks()[0].onended = () => socket.close();
    addEventListener("pagehide", () => {
      socket.close();
      for (const track of stream.getTracks()) track.stop();
    });
  }
}
