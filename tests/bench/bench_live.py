"""Hand-over to visible on a staff console, with 20 consoles and 5 displays open."""

from __future__ import annotations

import http.client
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from kiosk.demo import SAMPLES, sample_request
from kiosk.queue.tickets.request import Request
from kiosk.settings import Settings
from tests.bench.figures import Figure, quantile, report
from tests.support.browser import Kiosk, chromium, running

CONSOLES = 20
DISPLAYS = 5
PASSWORD = "quiet-lobby-2026"
WATCH = """() => {
  window.seen = {};
  new MutationObserver(() => {
    for (const row of document.querySelectorAll('.row[id]')) {
      window.seen[row.id] ??= performance.timeOrigin + performance.now();
    }
  }).observe(document.body, {childList: true, subtree: true});
}"""


def listen(where: str, path: str, cookie: str, stop: threading.Event) -> None:
    """An open page, as far as the server can tell."""
    place = urlsplit(where)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    while not stop.is_set() and answer.readline():
        pass
    connection.close()


def sign_in(page: Page, kiosk: Kiosk) -> str:
    page.goto(f"{kiosk.where}/staff")
    page.fill('[name="username"]', "bench")
    page.fill('[name="password"]', PASSWORD)
    page.click("main .btn-main")
    page.wait_for_url("**/staff")
    return "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())


def main() -> int:
    count = 20 if "--quick" in sys.argv else 120
    with tempfile.TemporaryDirectory() as folder, running(Settings(data=Path(folder))) as kiosk:
        kiosk.parts.queue.staff.add("bench", "李敏", "counter", PASSWORD, must_change=False)
        with chromium() as browser:
            page = browser.new_page()
            cookie = sign_in(page, kiosk)
            stop = threading.Event()
            paths = ["/staff/live?lists=1"] * (CONSOLES - 1) + ["/display/live"] * DISPLAYS
            for path in paths:
                threading.Thread(
                    target=listen, args=(kiosk.where, path, cookie, stop), daemon=True
                ).start()
            page.wait_for_timeout(1500)
            page.evaluate(WATCH)
            delays = hand_over(kiosk, page, count)
            requests: list[str] = []
            page.on("request", lambda asked: requests.append(asked.url))
            page.wait_for_timeout(10_000)
            stop.set()
    return report(
        [
            Figure("hand-over to visible on a console, p50", quantile(delays, 0.5), None, "ms"),
            Figure("hand-over to visible on a console, p99", quantile(delays, 0.99), 250, "ms"),
            Figure("requests of an idle console in 10 s", len(requests), 0, ""),
        ]
    )


def hand_over(kiosk: Kiosk, page: Page, count: int) -> list[float]:
    sent = {}
    for number in range(count):
        sample = SAMPLES[number % len(SAMPLES)]
        request = Request.model_validate(sample_request(kiosk.parts.settings, *sample))
        began = time.time() * 1000
        sent[f"row-{kiosk.parts.queue.hand_over(request).id}"] = began
        page.wait_for_timeout(250)
    page.wait_for_timeout(1500)
    seen: dict[str, float] = page.evaluate("() => window.seen")
    missing = set(sent) - set(seen)
    if missing:
        raise SystemExit(f"{len(missing)} of {count} tickets never became visible")
    return [seen[row] - began for row, began in sent.items()]


if __name__ == "__main__":
    sys.exit(main())
