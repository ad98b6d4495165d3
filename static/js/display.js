// The lobby display follows the queue, shows the time, and says when it has lost the kiosk.

import { Calls } from "./calls.js";
import { Chimes } from "./chimes.js";
import { fit } from "./fit.js";

const body = document.body;
const skew = Date.parse(body.dataset.now) - Date.now();
const lost = document.getElementById("lost");
const clock = document.getElementById("clock");
const zone = body.dataset.now.slice(-6);

fit(numbers());
addEventListener("resize", () => fit(numbers()));

const button = document.getElementById("sound-on");
let source;
const calls = button && new Calls(button, follow);
// The same button makes calls for help heard.
const chimes = button && new Chimes(() => null);
if (calls) calls.look(document);
else follow(true);

function numbers() {
  return document.getElementById("numbers");
}

// The stream says whether this display is heard, so that staff know.
function follow(heard) {
  source?.close();
  source = new EventSource(`${body.dataset.live}?sound=${heard ? "on" : "off"}`);
  source.addEventListener("open", () => {
    lost.hidden = true;
  });
  source.addEventListener("error", () => {
    lost.hidden = false;
  });
  source.addEventListener("picture", (event) => {
    const fresh = new DOMParser().parseFromString(JSON.parse(event.data).html, "text/html");
    numbers().replaceWith(fresh.getElementById("numbers"));
    fit(numbers());
    calls?.look(document);
    chimes?.look();
  });
}
addEventListener("pagehide", () => source.close());

setInterval(() => {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(zone) ?? [0, "+", 0, 0];
  const shift = (sign === "-" ? -1 : 1) * (hours * 60 + Number(minutes)) * 60000;
  clock.textContent = new Date(Date.now() + skew + shift).toISOString().slice(11, 16);
}, 1000);
