// Follow the session: another device may have answered, staff may have called.

export function followSession(page) {
  const source = new EventSource(`/live?tab=${page.tab}`);
  source.addEventListener("page", (event) => page.show(JSON.parse(event.data)));
  // The screen isn't this kiosk's any more.
  source.addEventListener("gone", () => page.go("/"));
  addEventListener("pagehide", () => source.close());
  // A page from the browser's memory may be of another customer: ask afresh.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
