// A screen that isn't admitted yet: opens by itself once its code was typed, and shows a new code
// when this one is too old. Without scripts its button does the same.

const source = new EventSource("/admission/live");
source.addEventListener("code", (event) => {
  const { code } = JSON.parse(event.data);
  if (code === document.body.dataset.code) return;
  source.close();
  location.replace("/");
});
addEventListener("pagehide", () => source.close());
