// The open page: sends to the session, and shows what changes in place.

export class Page {
  constructor(body, foot) {
    this.body = body;
    this.foot = foot;
    foot.measure();
    this.form = body.querySelector("#page");
    this.entry = body.querySelector("#entry");
    this.step = body.dataset.step;
    this.fingerprint = body.dataset.fingerprint;
    // What the session last said stands in the entry; only a change of it changes the field.
    this.known = this.entry?.value ?? null;
    this.leaving = false;
    this.tab = tabName();
    if (this.form) this.form.append(hidden("tab", this.tab));
    this.queue = Promise.resolve();
    this.unanswered = 0;
    if (body.dataset.cursor) this.#focus(body.dataset.cursor);
  }

  get takesDigits() {
    return this.entry !== null && "digits" in this.entry.dataset;
  }

  // What other keys and cells write into the entry is shown in it.
  get followsEntry() {
    return this.takesDigits || (this.entry !== null && this.body.dataset.braille === "on");
  }

  // Send JSON, one after another, so that keys arrive in the order pressed.
  send(path, data) {
    this.unanswered += 1;
    this.queue = this.queue
      .then(() => this.#post(path, data))
      .finally(() => {
        this.unanswered -= 1;
      });
    return this.queue;
  }

  async #post(path, data) {
    try {
      const answer = await fetch(path, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "X-CSRFToken": this.body.dataset.csrf,
          "X-Tab": this.tab,
        },
        body: JSON.stringify(data),
        keepalive: true,
      });
      if (answer.status === 200) this.show(await answer.json());
      else if (!answer.ok) this.go(location.pathname);
    } catch {
      // The server is away for a moment; the live connection tells when it is back.
    }
  }

  // What the session says of this page: somewhere else, changed, or only the entry and cursor.
  show(live) {
    if (this.leaving) return;
    if (live.at !== location.pathname || live.fingerprint !== this.fingerprint) {
      this.go(live.at);
      return;
    }
    if (this.followsEntry && this.unanswered <= 1 && live.entry !== this.known) {
      this.known = live.entry;
      this.entry.value = live.entry;
    }
    if (live.cursor && live.cursor !== this.body.dataset.cursor) this.#focus(live.cursor);
    this.body.dataset.cursor = live.cursor ?? "";
    this.hearing?.follow(live.voice);
    this.voice?.follow(live.voice);
    this.signer?.follow(live.signer);
    this.conversation?.follow(live.call);
    this.cells?.follow(live.braille);
  }

  go(address) {
    if (this.leaving) return;
    this.leaving = true;
    if (address === location.pathname) location.reload();
    else location.replace(address);
  }

  #focus(target) {
    const found = this.body.querySelector(`[data-target="${CSS.escape(target)}"]`);
    found?.focus({ focusVisible: true });
    found?.scrollIntoView({ block: "nearest" });
  }
}

// Of several pages of one kiosk one speaks: each tab keeps a name from screen to screen.
function tabName() {
  const known = sessionStorage.getItem("tab");
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  const name = Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  sessionStorage.setItem("tab", name);
  return name;
}

function hidden(name, value) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  return field;
}
