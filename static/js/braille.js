// Braille on the page: keys going down and up are sent as they are (the server makes chords of
// them), and what is under the customer's fingers is shown for whoever helps.

export function listenToChords(page) {
  const dots = JSON.parse(page.body.dataset.dots);
  const isAttract = page.step === "attract";
  if (page.body.dataset.braille !== "on" && !isAttract) return;
  const down = new Set();
  let waiting = [];
  let fresh = true;
  let busy = false;

  function flush() {
    if (busy || !waiting.length) return;
    busy = true;
    const keys = waiting;
    waiting = [];
    page.send("/do/braille", { fresh, keys }).finally(() => {
      busy = false;
      flush();
    });
    fresh = false;
  }

  function take(event, isDown) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!(event.code in dots)) return;
    // On the first page space alone presses the button it stands on, as everywhere.
    if (isAttract && dots[event.code] === "space" && !down.size) return;
    event.preventDefault();
    event.stopPropagation();
    if (isDown === down.has(event.code)) return;
    if (isDown) down.add(event.code);
    else down.delete(event.code);
    waiting.push({ code: event.code, down: isDown, at: event.timeStamp });
    flush();
  }

  addEventListener("keydown", (event) => take(event, true), { capture: true });
  addEventListener("keyup", (event) => take(event, false), { capture: true });
  // What goes up while the window is elsewhere is never heard of.
  addEventListener("blur", () => {
    down.clear();
    waiting = [];
    fresh = true;
  });
}

export function showCells(page) {
  const place = page.body.querySelector("#cells");
  if (!place) return;
  const [line, print] = place.querySelectorAll("p");
  page.cells = {
    follow(braille) {
      line.textContent = braille.line;
      print.textContent = braille.text;
    },
  };
}
