// On duty: whoever carries this page hears and feels each call, and answers it with one touch. How a
// call sounds is the frame's part (chimes.js), on this page as on every other.

const VIBRATES = [400, 200, 400, 200, 800];
const EVERY = 1000;
// What is heard when it is tried, and for how long it stands on the page (milliseconds).
const TRIED = { tones: "587:250 784:450", repeat: "60", stands: 1500 };
const context = new AudioContext();
const felt = new Map();

context.addEventListener("statechange", heard);
tell("shakes", "vibrate" in navigator);
document.getElementById("try").addEventListener("click", attempt);
document.getElementById("act").addEventListener("submit", answer);
new MutationObserver(feel).observe(document.getElementById("main"), {
  childList: true,
  subtree: true,
});
setInterval(feel, EVERY);
stayAwake();
document.addEventListener("visibilitychange", stayAwake);

function tell(id, yes) {
  const place = document.getElementById(id);
  place.querySelector("[data-yes]").hidden = !yes;
  place.querySelector("[data-no]").hidden = yes;
}

function heard() {
  tell("rings", context.state === "running");
}

// Only somebody's touch lets a page be heard.
async function attempt() {
  await context.resume();
  heard();
  navigator.vibrate?.(VIBRATES);
  const tried = document.createElement("span");
  tried.id = "tried";
  Object.assign(tried.dataset, { tones: TRIED.tones, repeat: TRIED.repeat });
  document.getElementById("tried")?.remove();
  document.body.append(tried);
  setTimeout(() => tried.remove(), TRIED.stands);
}

// What nobody has answered shakes when it comes, and as often as it sounds.
function feel() {
  const open = [...document.querySelectorAll(".alarm[data-repeat]")];
  const ids = new Set(open.map((one) => one.id));
  for (const id of felt.keys()) if (!ids.has(id)) felt.delete(id);
  for (const one of open) {
    const last = felt.get(one.id) ?? Number.NEGATIVE_INFINITY;
    if (performance.now() - last < Number(one.dataset.repeat) * 1000) continue;
    felt.set(one.id, performance.now());
    navigator.vibrate?.(VIBRATES);
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
