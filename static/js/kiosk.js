// The customer's page with scripts. Without this file everything still works; with it, keys of any
// keypad work, the page follows other devices, and nothing half-typed is lost.

import { Conversation } from "./customer-talk.js";
import { followSession } from "./live.js";
import { listenToKeys } from "./keys.js";
import { listenToChords, showCells } from "./braille.js";
import { guardTaps } from "./taps.js";
import { Hearing } from "./hear.js";
import { Page } from "./page.js";
import { Signer } from "./signer.js";
import { Voice } from "./voice.js";

const page = new Page(document.body);
page.voice = new Voice(page);
page.hearing = new Hearing(page);
page.hearing.follow(JSON.parse(document.body.dataset.voice));
page.voice.follow(JSON.parse(document.body.dataset.voice));
guardTaps(page);
page.signer = new Signer(page);
page.conversation = new Conversation(page);
listenToKeys(page);
listenToChords(page);
showCells(page);
followSession(page);
