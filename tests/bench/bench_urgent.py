"""From the answer that calls staff (a customer touches "yes, I am unwell") to the call on an open
console, both in Chromium, beside 19 other consoles and 5 displays.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page

from kiosk.flow.events import Answer, Choose
from kiosk.session.events import End, Start
from kiosk.settings import Settings
from tests.bench.bench_live import CONSOLES, DISPLAYS, PASSWORD, listen, sign_in
from tests.bench.figures import Figure, quantile, report
from tests.support.browser import Kiosk, chromium, running

WATCH = """() => {
  window.seen = {};
  new MutationObserver(() => {
    for (const one of document.querySelectorAll('.alarm[id]')) {
      window.seen[one.id] ??= performance.timeOrigin + performance.now();
    }
  }).observe(document.body, {childList: true, subtree: true});
}"""
#: Touches the answer, and says when: by the clock that both pages read.
TOUCH = """() => {
  const now = performance.timeOrigin + performance.now();
  document.querySelector('[name="value"][value="yes"]').click();
  return now;
}"""


def delays_of(kiosk: Kiosk, customer: Page, console: Page, rounds: int) -> list[float]:
    """Milliseconds from each answer to its call on the console."""
    parts, found = kiosk.parts, []
    session, alarms = parts.stations.first.session, parts.queue.alarms
    (member,) = parts.queue.staff.list()
    customer.goto(kiosk.where)
    for _ in range(rounds):
        for event in (End(), Start("large_text"), Choose("need_help")):
            session.dispatch(event)
        session.dispatch(Answer("aid", "medicine_box"))
        # The open page follows its session.
        customer.wait_for_url("**/unwell")
        customer.locator('[name="value"][value="yes"]').wait_for()
        answered = customer.evaluate(TOUCH)
        customer.wait_for_url("**/stay_here")
        (alarm,) = alarms.open(parts.settings.branch)
        ident = f"alarm-{alarm.id}"
        console.wait_for_function("(id) => window.seen[id] !== undefined", arg=ident)
        found.append(console.evaluate("(id) => window.seen[id]", ident) - answered)
        alarms.close(alarm.id, member.ref)
    return found


def main() -> int:
    rounds = 10 if "--quick" in sys.argv else 150
    with tempfile.TemporaryDirectory() as folder, running(Settings(data=Path(folder))) as kiosk:
        kiosk.parts.queue.staff.add("bench", "李敏", "counter", PASSWORD, must_change=False)
        with chromium() as browser:
            console, customer = (browser.new_context().new_page() for _ in range(2))
            cookie = sign_in(console, kiosk)
            stop = threading.Event()
            paths = ["/staff/live?lists=1"] * (CONSOLES - 1) + ["/display/live"] * DISPLAYS
            for path in paths:
                threading.Thread(
                    target=listen, args=(kiosk.where, path, cookie, stop), daemon=True
                ).start()
            console.wait_for_timeout(1500)
            console.evaluate(WATCH)
            delays = delays_of(kiosk, customer, console, rounds)
            stop.set()
    return report(
        [
            Figure("answer to its call on a console, p50", quantile(delays, 0.5), None, "ms"),
            Figure("answer to its call on a console, p99", quantile(delays, 0.99), 1000, "ms"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
