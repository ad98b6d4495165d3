// The customer's page of a call or of the writing board.

import { Call } from "./call.js";
import { post, Talk } from "./talk.js";

export class Conversation {
  constructor(page) {
    const root = page.body.querySelector("[data-talk]");
    if (!root) return;
    this.root = root;
    this.talk = new Talk(root);
    // The camera is on from the moment one calls, so that it is there when somebody answers.
    if ("call" in root.dataset && ["ringing", "connected"].includes(root.dataset.state)) {
      this.call = new Call(this.talk, root);
    }
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-beneath]");
      if (!button) return;
      event.preventDefault();
      post(page.form, button).finally(() => button.classList.remove("pressed"));
    });
  }

  // What the session says of the call: see `live_call`.
  follow(call) {
    if (!call || !this.root) return;
    const before = this.root.dataset.state;
    this.root.dataset.state = call.state;
    this.#swap("call-head", call.head);
    this.#swap("beneath", call.beneath);
    if (call.state === before) return;
    if (call.state === "ringing" || call.state === "connected") {
      if (this.call) this.call.restart();
      else this.call = new Call(this.talk, this.root);
    } else this.call?.end();
  }

  // Only what differs is put in place; what is being typed stays.
  #swap(id, html) {
    const old = this.root.querySelector(`#${id}`);
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(id);
    if (!old || !fresh || old.outerHTML === fresh.outerHTML) return;
    const typed = old.querySelector("[name=beneath_entry]")?.value;
    const same = old.querySelector("[name=beneath_step]")?.value;
    const node = document.importNode(fresh, true);
    const entry = node.querySelector("[name=beneath_entry]");
    if (entry && typed && same === node.querySelector("[name=beneath_step]").value) {
      entry.value = typed;
    }
    old.replaceWith(node);
    // Whoever doesn't see the question change is told of it.
    const ask = node.querySelector("#beneath-ask")?.textContent;
    const told = this.root.querySelector("#beneath-told");
    if (ask && told.textContent !== ask) told.textContent = ask;
  }
}
