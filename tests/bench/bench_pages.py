"""Tap to next page painted, page weight, and time in the server, in a real Chromium."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from kiosk.settings import Settings
from tests.bench.figures import Figure, quantile, report
from tests.support.browser import Kiosk, chromium, running

WALK = ("large_text", "urgent", "loss_report", "card", "no", "today", "unknown", "self")
#: Clicks that lead back, so that the walk can be taken again.
HOME = ("bar:help", "leave", "yes")
PAINTED = """() => new Promise(done => {
  const since = Number(sessionStorage.getItem('bench'));
  const painted = () => performance.getEntriesByName('first-contentful-paint')[0];
  const look = () => painted()
    ? done(performance.timeOrigin + painted().startTime - since) : requestAnimationFrame(look);
  look();
})"""
WEIGHT = """() => performance.getEntriesByType('resource')
  .concat(performance.getEntriesByType('navigation'))
  .filter(e => !e.name.endsWith('/live'))
  .reduce((sum, e) => sum + e.encodedBodySize, 0)"""


def step(page: Page, target: str) -> tuple[float, float, float]:
    """(ms from the press to the next page painted, its bytes, ms in the server)."""
    page.evaluate("() => sessionStorage.removeItem('lastTap')")
    with page.expect_navigation():
        page.evaluate(
            """target => {
              sessionStorage.setItem('bench', String(performance.timeOrigin + performance.now()));
              document.querySelector(`[data-target="${target}"]`).click();
            }""",
            target,
        )
    painted = page.evaluate(PAINTED)
    timing = "() => { const n = performance.getEntriesByType('navigation')[0]; return %s }"
    server = page.evaluate(timing % "n.responseStart - n.fetchStart")
    return painted, page.evaluate(WEIGHT), server


def main() -> int:
    rounds = 3 if "--quick" in sys.argv else 12
    with tempfile.TemporaryDirectory() as folder, running(Settings(data=Path(folder))) as kiosk:
        steps = walk(kiosk, rounds)
    painted, weight, server = (list(column) for column in zip(*steps, strict=True))
    return report(
        [
            Figure("tap to next page painted, p50", quantile(painted, 0.5), 150, "ms"),
            Figure("tap to next page painted, p95", quantile(painted, 0.95), 150, "ms"),
            Figure("POST, redirect and GET in the server, p95", quantile(server, 0.95), 20, "ms"),
            Figure("heaviest page, without fonts", max(weight) / 1024, 150, "KB"),
        ]
    )


def walk(kiosk: Kiosk, rounds: int) -> list[tuple[float, float, float]]:
    with chromium() as browser:
        page = browser.new_context(viewport={"width": 1080, "height": 1920}).new_page()
        page.goto(kiosk.where)
        step(page, WALK[0])
        found = []
        for _ in range(rounds):
            found += [step(page, target) for target in WALK[1:]]
            for target in HOME:
                step(page, target)
    return found


if __name__ == "__main__":
    sys.exit(main())
