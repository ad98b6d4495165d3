// Touch: feedback at once, and a trembling second tap within half a second counts once
// (EN 301 549, 5.8), on this page or on the next one under the same finger.

const ONCE_MS = 500;
const TOUCH_MS = 20000;
const LAST = "lastTap";

export function guardTaps(page) {
  let sent = false;

  page.form?.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("button");
      if (!button || button.dataset.key) return;
      const since = Date.now() - Number(sessionStorage.getItem(LAST) ?? 0);
      // Keys and switches have no tremor of this kind: their click has no pointer.
      const touched = event.detail > 0;
      if (sent || (touched && since < ONCE_MS)) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      if (touched) sessionStorage.setItem(LAST, String(Date.now()));
      button.classList.add("pressed");
    },
    true,
  );

  page.form?.addEventListener("submit", () => {
    sent = true;
    page.leaving = true;
  });

  // Somebody is there, even if nothing was pressed.
  let last = 0;
  addEventListener("pointerdown", () => {
    if (Date.now() - last < TOUCH_MS) return;
    last = Date.now();
    page.send("/do/touch", {});
  });
}
