// The studio: follows takes on their way, and records with this machine's camera.

import { Recorder } from "./recorder.js";

for (const place of document.querySelectorAll("[data-studio-live]")) follow(place);
const recorder = document.querySelector("[data-recorder]");
if (recorder?.querySelector(".recorder")) new Recorder(recorder, document.body.dataset.csrf);

// When a take has become a clip, or couldn't, the page is shown anew; unless one is recording.
function follow(place) {
  const source = new EventSource(place.dataset.studioLive);
  let state = null;
  source.addEventListener("takes", (event) => {
    const { html, state: fresh } = JSON.parse(event.data);
    const ids = (text) => text.split(" ").filter(Boolean);
    const ended = state !== null && ids(state).some((one) => !ids(fresh).includes(one));
    if (ended && fresh.length < state.length && !document.body.dataset.busy) {
      location.reload();
      return;
    }
    state = fresh;
    place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.children);
  });
  addEventListener("pagehide", () => source.close());
}
