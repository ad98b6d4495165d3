// The customer's page with scripts. Without this file everything still works; with it, keys of any
// keypad work, the page follows other devices, and nothing half-typed is lost.

import { listenToChords, showCells } from "./braille.js";
import { Foot } from "./foot.js";
import { listenToKeys } from "./keys.js";
import { followSession } from "./live.js";
import { Page } from "./page.js";
import { guardTaps } from "./taps.js";
import { Voice } from "./voice.js";

const { body } = document;
const page = new Page(body, new Foot(body));
page.voice = new Voice(page);
page.voice.follow(JSON.parse(body.dataset.voice));
guardTaps(page);
listenToKeys(page);
listenToChords(page);
showCells(page);

// What only some pages have is fetched by those alone.
if ("microphone" in body.dataset) {
  const { Hearing } = await import("./hear.js");
  page.hearing = new Hearing(page);
  page.hearing.follow(JSON.parse(body.dataset.voice));
}
if (body.querySelector("#signer, [data-greeting]")) {
  const { Signer } = await import("./signer.js");
  page.signer = new Signer(page);
}
if (body.querySelector("[data-talk]")) {
  const { Conversation } = await import("./customer-talk.js");
  page.conversation = new Conversation(page);
}
followSession(page);
