// One open conversation: a socket that comes back by itself, what is written on both sides, and,
// where there is a call, its signalling.

const AGAIN_MS = [300, 700, 1500, 3000];

export class Talk {
  #socket = null;
  #tries = 0;
  #closed = false;
  #waiting = [];

  constructor(root) {
    this.root = root;
    this.words = JSON.parse(root.dataset.words);
    this.party = root.dataset.party;
    this.lines = root.querySelector(".chat-lines");
    this.drafted = root.querySelector(".chat-draft");
    this.field = root.querySelector("#say");
    this.status = root.querySelector(".call-said, .said");
    this.onSignal = () => {};
    this.onPeer = () => {};
    this.onOver = () => {};
    this.#write();
    this.#open();
    addEventListener("pagehide", () => this.close());
    // A network that comes back is used at once.
    addEventListener("online", () => this.#socket ?? this.#open());
  }

  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
    else if (message.type === "line") this.#waiting.push(message);
  }

  // Nothing more is to come: the line isn't opened again.
  close() {
    this.#closed = true;
    this.#socket?.close();
  }

  say(words) {
    if (this.status && this.status.textContent !== words) this.status.textContent = words;
  }

  #open() {
    const address = new URL(this.root.dataset.talk, location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      this.#tries = 0;
      this.say("");
      // What couldn't be sent goes out now, before anything newer.
      for (const message of this.#waiting.splice(0)) this.send(message);
    });
    socket.addEventListener("message", (event) => this.#heard(JSON.parse(event.data)));
    socket.addEventListener("close", () => this.#lost());
  }

  #lost() {
    this.#socket = null;
    this.onPeer(false);
    if (this.#closed) return;
    this.say(this.words.lost);
    const wait = AGAIN_MS[Math.min(this.#tries, AGAIN_MS.length - 1)];
    this.#tries += 1;
    setTimeout(() => this.#socket ?? this.#open(), wait);
  }

  #heard(message) {
    if (message.type === "signal") this.onSignal(message.data);
    else if (message.type === "peer") this.onPeer(message.here);
    else if (message.type === "over") this.onOver();
    else if (message.type === "line") this.#line(message);
    else if (message.type === "draft") this.#draft(message.text);
    else if (message.type === "hello") this.#hello(message);
    else if (message.type === "elsewhere") this.#closed = true;
  }

  #hello(message) {
    this.lines.replaceChildren();
    for (const line of message.lines) this.#line(line);
    this.#draft(message.draft);
    if (this.field && !this.field.value) this.field.value = message.mine;
  }

  #line({ who, name, text }) {
    const item = document.createElement("p");
    item.className = `by-${who}`;
    const by = document.createElement("b");
    by.textContent = name || (who === this.party ? this.words.yours : this.words.theirs);
    item.append(by, ` ${text}`);
    this.lines.append(item);
    this.lines.scrollTop = this.lines.scrollHeight;
    if (who !== this.party) this.#draft("");
  }

  #draft(text) {
    this.drafted.hidden = !text;
    this.drafted.textContent = text ? `${this.words.typing} ${text}` : "";
  }

  #write() {
    this.field?.addEventListener("input", () => {
      this.send({ type: "draft", text: this.field.value });
    });
    const send = (event) => {
      event.preventDefault();
      event.stopPropagation();
      const text = this.field.value.trim();
      if (text) this.send({ type: "line", text });
      this.field.value = "";
      this.field.focus();
    };
    this.field?.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) send(event);
    });
    this.root.querySelector("[data-chat-send]")?.addEventListener("click", send);
    this.root.querySelector("form[data-chat]")?.addEventListener("submit", send);
  }
}

// A form's button as a request of the script: the answer comes by the live events.
export async function post(form, button) {
  const data = new FormData(form);
  if (button.name) data.set(button.name, button.value);
  await fetch(button.getAttribute("formaction") ?? form.action, {
    method: "POST",
    body: data,
    headers: { "X-Requested-With": "script" },
  }).catch(() => {});
}
