// A colleague's page of a conversation: the customer's question follows, answers are proposed.

import { Call } from "./call.js";
import { post, Talk } from "./talk.js";

const root = document.querySelector("[data-talk]");
const talk = new Talk(root);
const call = "call" in root.dataset ? new Call(talk, root) : null;
const place = document.getElementById("beneath-place");

const source = new EventSource(root.dataset.liveTalk);
source.addEventListener("talk", (event) => {
  const { html, state } = JSON.parse(event.data);
  show(html);
  if (state !== "connected") call?.end();
});
source.addEventListener("gone", (event) => {
  source.close();
  call?.end();
  talk.close();
  talk.say(JSON.parse(event.data).why === "took" ? talk.words.took : talk.words.gone);
});
addEventListener("pagehide", () => source.close());

place.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-propose]");
  if (!form) return;
  event.preventDefault();
  post(form, event.submitter ?? form);
});

// The same as before isn't put in place again, so that what is being typed stays.
let last = "";
function show(html) {
  if (html === last) return;
  last = html;
  const typed = place.querySelector("[name=entry]")?.value;
  const step = place.querySelector("[name=step]")?.value;
  place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.children);
  const entry = place.querySelector("[name=entry]");
  if (entry && typed && place.querySelector("[name=step]")?.value === step) entry.value = typed;
}
