// On duty: whoever carries this page hears and feels each call, and answers it with one touch.

import { Ring } from "./ring.js";

const VIBRATES = [400, 200, 400, 200, 800];
// What nobody has answered rings again after this long.
const AGAIN_SECONDS = 15;
const ring = new Ring(() => tell("rings", ring.ready));
// When each call was heard last, by its id: its place on the page is exchanged meanwhile.
const rang = new Map();

tell("shakes", "vibrate" in navigator);
document.getElementById("try").addEventListener("click", async () => {
  await ring.wake();
  call("person");
});
document.getElementById("act").addEventListener("submit", answer);
new MutationObserver(look).observe(document.getElementById("main"), {
  childList: true,
  subtree: true,
});
stayAwake();
document.addEventListener("visibilitychange", stayAwake);
setInterval(look, 1000);
look();

function tell(id, yes) {
  const place = document.getElementById(id);
  place.querySelector("[data-yes]").hidden = !yes;
  place.querySelector("[data-no]").hidden = yes;
}

function call(kind) {
  navigator.vibrate?.(VIBRATES);
  ring.play(kind);
}

// What is new rings, and again what nobody has answered.
function look() {
  const every = Number(document.getElementById("main").dataset.every ?? AGAIN_SECONDS) * 1000;
  const loud = [...document.querySelectorAll(".alarm[data-loud]")];
  const ids = new Set(loud.map((one) => one.id));
  for (const id of rang.keys()) if (!ids.has(id)) rang.delete(id);
  for (const one of loud) {
    const last = rang.get(one.id);
    const due = last !== undefined && "levels" in one.dataset && performance.now() - last >= every;
    if (last !== undefined && !due) continue;
    rang.set(one.id, performance.now());
    call(one.dataset.kind);
  }
}

// The page stays: another one would have to be touched before it may be heard.
async function answer(event) {
  const button = event.submitter;
  if (!button?.closest(".alarm")) return;
  event.preventDefault();
  const form = event.target;
  const address = button.formAction;
  const sent = { method: "POST", body: new FormData(form), redirect: "manual" };
  const answered = await fetch(address, sent).catch(() => null);
  document.getElementById("unsent").hidden = answered !== null;
  // A redirect is the answer to a mark that was taken; anything else is shown as a page.
  if (answered === null || answered.type === "opaqueredirect") return;
  form.action = address;
  form.submit();
}

async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  try {
    const lock = await navigator.wakeLock.request("screen");
    tell("stays", true);
    lock.addEventListener("release", () => tell("stays", false));
  } catch {
    // No secure connection, or the telephone saves its battery.
    tell("stays", false);
  }
}
