"""Tap to next page painted beside a bare Flask page in the same Chromium, time in the server, page
weight without fonts and sound, and the heaviest spoken line.

The bare page takes the same POST, redirect and GET, a tap here and a tap there in turns.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, ViewportSize

from kiosk.settings import Settings
from tests.bench.bare import served
from tests.bench.figures import Figure, quantile, report
from tests.support.browser import chromium, running

WALK = ("large_text", "urgent", "loss_report", "card", "no", "today", "unknown", "self")
#: Clicks that lead back, so that the walk can be taken again.
HOME = ("bar:help", "leave", "yes")
SLOWER = 1.2
PAINTED = """() => new Promise(done => {
  const since = Number(sessionStorage.getItem('bench'));
  const painted = () => performance.getEntriesByName('first-contentful-paint')[0];
  const look = () => painted()
    ? done(performance.timeOrigin + painted().startTime - since) : requestAnimationFrame(look);
  look();
})"""
WEIGHT = """() => performance.getEntriesByType('resource')
  .concat(performance.getEntriesByType('navigation'))
  .filter(e => !e.name.endsWith('/live') && !e.name.includes('/voice/'))
  .reduce((sum, e) => sum + e.encodedBodySize, 0)"""
SERVER = """() => {
  const page = performance.getEntriesByType('navigation')[0];
  return page.responseStart - page.fetchStart;
}"""
TAP = """target => {
  sessionStorage.removeItem('lastTap');
  sessionStorage.setItem('bench', String(performance.timeOrigin + performance.now()));
  document.querySelector(`[data-target="${target}"]`).click();
}"""


@dataclass
class Found:
    """Milliseconds from tap to painted and in the server, and bytes, a tap each."""

    painted: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    lines: list[float] = field(default_factory=list)


def tap(page: Page, target: str) -> float:
    """Milliseconds from the press to the next page painted."""
    with page.expect_navigation():
        page.evaluate(TAP, target)
    painted: float = page.evaluate(PAINTED)
    return painted


def walk(browser: Browser, kiosk: str, beside: str, rounds: int) -> Found:
    found = Found()

    def line(response: Response) -> None:
        if "/voice/" in response.url and response.request.method == "GET":
            found.lines.append(int(response.headers.get("content-length", 0)))

    size: ViewportSize = {"width": 1080, "height": 1920}
    page, bare = (browser.new_context(viewport=size).new_page() for _ in range(2))
    page.on("response", line)
    page.goto(kiosk)
    bare.goto(beside)
    tap(page, WALK[0])
    for _ in range(rounds):
        for target in WALK[1:]:
            page.bring_to_front()
            found.painted.append(tap(page, target))
            found.server.append(page.evaluate(SERVER))
            found.weight.append(page.evaluate(WEIGHT))
            bare.bring_to_front()
            found.bare.append(tap(bare, "next"))
        page.bring_to_front()
        for target in HOME:
            tap(page, target)
    return found


def main() -> int:
    rounds = 3 if "--quick" in sys.argv else 12
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Settings(data=Path(folder))) as kiosk,
        served() as beside,
        chromium() as browser,
    ):
        found = walk(browser, kiosk.where, beside, rounds)
    p50, p95 = (quantile(found.painted, share) for share in (0.5, 0.95))
    bare = quantile(found.bare, 0.95)
    return report(
        [
            Figure("tap to next page painted, p50", p50, None, "ms"),
            Figure("tap to next page painted, p95", p95, bare * SLOWER, "ms"),
            Figure("the same of a bare Flask page, p95", bare, None, "ms"),
            Figure("tap to painted, times a bare page's, p95", p95 / bare, SLOWER, ""),
            Figure(
                "POST, redirect and GET in the server, p95", quantile(found.server, 0.95), 10, "ms"
            ),
            Figure("heaviest page, without fonts and sound", max(found.weight) / 1024, 60, "KB"),
            Figure("heaviest spoken line", max(found.lines, default=0) / 1024, 40, "KB"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
