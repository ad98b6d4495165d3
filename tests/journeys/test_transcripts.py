"""What a screen reader says on the way of a lost card, phrase by phrase.

Renew after a change that is meant: ``RENEW_GOLDEN=1 pytest tests/journeys/test_transcripts.py``,
and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.support.browser import ROOT, Kiosk

pytestmark = pytest.mark.browser
GOLDEN = Path(__file__).parent / "golden"
READER = ROOT / "node_modules/@guidepup/virtual-screen-reader/lib/esm/index.browser.js"
WALK = ("large_text", "urgent", "loss_report", "card", "no", "today", "unknown", "self", "yes")
READ = """async () => {
  const { virtual } = await import('/static/__reader.js');
  await virtual.start({ container: document.body });
  for (let i = 0; i < 400 && await virtual.lastSpokenPhrase() !== 'end of document'; i++) {
    await virtual.next();
  }
  const said = await virtual.spokenPhraseLog();
  await virtual.stop();
  return said;
}"""


def serve_reader(route: Route) -> None:
    route.fulfill(body=READER.read_text("utf-8"), content_type="text/javascript")


def heard(page: Page) -> str:
    return "\n".join(page.evaluate(READ))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_is_said_on_the_way(browser: Browser, kiosk: Kiosk, language: str) -> None:
    page = browser.new_page()
    page.route("**/static/__reader.js", serve_reader)
    page.goto(kiosk.where)
    page.click(f'[value="language:{language}"]')
    page.wait_for_load_state()
    said = [f"# attract\n{heard(page)}"]
    for target in WALK:
        page.evaluate("() => sessionStorage.clear()")
        with page.expect_navigation():
            page.locator(f'[data-target="{target}"]').click()
        said.append(f"# {page.url.removeprefix(kiosk.where)}\n{heard(page)}")
    transcript = "\n\n".join(said) + "\n"
    golden = GOLDEN / f"loss_report.{language}.txt"
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_text(transcript, "utf-8")
    assert transcript == golden.read_text("utf-8")
