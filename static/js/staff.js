// Staff pages with scripts: lists follow by themselves, clocks run, claims stay alive.

import { apply } from "./board.js";
import { Chimes } from "./chimes.js";

const body = document.body;
const words = JSON.parse(body.dataset.words ?? "{}");
const baseTitle = document.title.replace(/^.* · (?=.* · )/, "").replace(/^\(\d+\) /, "");
const HEARTBEAT_MS = 30000;
const ENDING_MS = 120000;
// Between two announcements of newcomers: on a busy day a screen reader says how many.
const NEWS_MS = 5000;
let news = 0;
let saidAt = Number.NEGATIVE_INFINITY;
let saysLater = null;
let ends = Date.parse(body.dataset.ends);
const skew = Date.parse(body.dataset.now) - Date.now();

document.documentElement.classList.add("scripted");
const chimes = new Chimes(() => byId("alarm-sound"));
follow();
tick();
setInterval(tick, 1000);
setInterval(keepAlive, HEARTBEAT_MS);
if ("keys" in body.dataset) addEventListener("keydown", shortcut);
byId("here")?.addEventListener("click", async () => {
  const answer = await post(body.dataset.here);
  if (answer?.ok) ends = now() + 30 * 60000;
});

function byId(id) {
  return document.getElementById(id);
}

function now() {
  return Date.now() + skew;
}

function follow() {
  const source = new EventSource(body.dataset.live);
  let was = false;
  source.addEventListener("open", () => {
    say("lost", was ? words.back : "");
    byId("lost").classList.remove("banner-lost");
    was = false;
  });
  source.addEventListener("error", () => {
    was = true;
    say("lost", words.lost);
    byId("lost").classList.add("banner-lost");
  });
  source.addEventListener("changes", (event) => show(JSON.parse(event.data)));
  source.addEventListener("signed_out", () => location.assign(body.dataset.door));
  addEventListener("pagehide", () => source.close());
}

function show(changed) {
  const fresh = new DOMParser().parseFromString(changed.html, "text/html");
  const known = new Set([...document.querySelectorAll("[data-say]")].map((one) => one.id));
  for (const region of fresh.querySelectorAll("[data-region]")) swap(region);
  for (const one of document.querySelectorAll("[data-say]")) {
    if (!known.has(one.id)) say("loud" in one.dataset ? "alarmed" : "heard", one.dataset.say);
  }
  apply(changed);
  chimes.look();
  if (changed.news) announce(changed.news, changed.say);
  const calls = changed.calls ? `${words.calls.replace("{n}", changed.calls)} · ` : "";
  document.title = `${calls}${changed.waiting ? `(${changed.waiting}) ` : ""}${baseTitle}`;
  if (body.dataset.version && changed.version && changed.version !== body.dataset.version) {
    say("changed", words.changed);
  }
  ends = Date.parse(changed.ends);
  tick();
}

// Put the new list in place; whoever stood on something in it stands on it still, and what was
// unfolded stays so.
function swap(region) {
  const old = byId(region.id);
  for (const fold of old?.querySelectorAll("details[open][id]") ?? []) {
    region.querySelector(`#${CSS.escape(fold.id)}`)?.setAttribute("open", "");
  }
  if (!old || old.outerHTML === region.outerHTML) return;
  // The head of a list says whether the list is to be seen.
  if (region.id.startsWith("head-")) old.parentElement.hidden = "unseen" in region.dataset;
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  old.replaceWith(document.importNode(region, true));
  if (focused) (byId(focused) ?? byId(region.id))?.focus({ preventScroll: true });
}

// One newcomer is said at once and whole; those who come soon after are counted.
function announce(count, text) {
  news += count;
  if (saysLater) return;
  const wait = saidAt + NEWS_MS - performance.now();
  const tell = () => {
    say("heard", news === 1 && text ? text : words.news.replace("{n}", news));
    news = 0;
    saidAt = performance.now();
    saysLater = null;
  };
  if (wait <= 0) tell();
  else saysLater = setTimeout(tell, wait);
}

function say(id, text) {
  const place = byId(id);
  if (place && place.textContent !== text) place.textContent = text;
}

function tick() {
  for (const one of document.querySelectorAll("time[data-since]")) {
    const until = one.dataset.until ? Date.parse(one.dataset.until) : now();
    const seconds = Math.max(0, Math.floor((until - Date.parse(one.dateTime)) / 1000));
    const text = span(seconds);
    if (one.textContent !== text) one.textContent = text;
    one.classList.toggle("late", Number(one.dataset.limit ?? Infinity) < seconds);
  }
  const ending = byId("ending");
  if (ending) ending.hidden = ends - now() > ENDING_MS;
  if (ends < now()) location.assign(body.dataset.door);
}

function span(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) {
    return words.hours.replace("{h}", Math.floor(minutes / 60)).replace("{m}", minutes % 60);
  }
  if (minutes) return words.minutes.replace("{n}", minutes);
  return words.seconds.replace("{n}", seconds);
}

function post(address) {
  return fetch(address, {
    method: "POST",
    headers: { "X-CSRFToken": body.dataset.csrf },
    redirect: "manual",
  }).catch(() => null);
}

function keepAlive() {
  for (const one of document.querySelectorAll("[data-alive]")) post(one.dataset.alive);
}

function shortcut(event) {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "n") byId("take-next")?.click();
  const places = { a: ["alarms"], q: ["first", "rest"], m: ["mine"] }[event.key] ?? [];
  places
    .map(byId)
    .find((one) => one && !one.hidden)
    ?.focus();
}
