"""A real Chromium against the real server, for whole visits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from kiosk.app import create_app
from kiosk.serving.asgi import Served
from kiosk.serving.loop import served
from kiosk.session.events import End
from kiosk.settings import Settings
from kiosk.ticker import Ticker
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.loop import serving

ROOT = Path(__file__).parent.parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: A camera that needs no device and no permission.
FAKE_CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
#: A second press within this is a tremor (REQUIREMENTS 10), so a person waits a little longer.
BETWEEN_TAPS_MS = 520
AXE = {
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "wcag2aaa",
        "best-practice",
    ],
    "preload": False,
    "resultTypes": ["violations"],
}


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A running kiosk and where it is."""

    where: str
    parts: Wiring


def next_customer(kiosk: Kiosk) -> None:
    """Whoever stands at the first kiosk goes, and somebody else comes."""
    kiosk.parts.stations.first.session.dispatch(End())


@contextmanager
def at(handed: Served) -> Iterator[str]:
    """Where the app answers."""
    with serving(handed) as (_, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(settings: Settings, clock: Callable[[], datetime] | None = None) -> Iterator[Kiosk]:
    """A whole kiosk that serves; `clock` where a test moves its own."""
    app = create_app(settings, clock=clock)
    parts: Wiring = app.extensions[EXTENSION]
    ticker = Ticker(parts)
    ticker.start()
    try:
        with at(served(app)) as where:
            try:
                yield Kiosk(where, parts)
            finally:
                # Pages that wait for news end, and their threads with them.
                parts.signal.close()
                ticker.stop()
    finally:
        parts.close()


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=[*FLAGS, *flags])
        yield browser
        browser.close()


def tap(page: Page, *targets: str) -> None:
    """Touch what carries these values, one after another, as a finger does."""
    for target in targets:
        page.wait_for_timeout(BETWEEN_TAPS_MS)
        before = page.url
        page.locator(f'[data-target="{target}"]').tap()
        page.wait_for_url(lambda url, before=before: url != before)
        page.wait_for_load_state()


def violations(page: Page) -> list[str]:
    """What axe finds, as lines."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8"))
    found = page.evaluate("options => axe.run(document, options)", AXE)
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:160]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
