"""A whole visit in sign, everything recorded: the same request as by touch, and the way out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.content.signed import Script, script
from kiosk.queue.tickets.outcomes import Done
from kiosk.queue.tickets.views import StaffRef
from kiosk.session.profiles import PROFILES
from kiosk.session.switches import CUSTOMER_SIZES
from kiosk.settings import Settings
from tests.journeys.test_every_page import MEASURE
from tests.journeys.test_whole_visits import by_touch, facts
from tests.support.browser import (
    BETWEEN_TAPS_MS,
    Kiosk,
    next_customer,
    running,
    tap,
    violations,
)
from tests.support.clips import colour_of, put_clips
from tests.support.signing import clip_seen, playlist

pytestmark = pytest.mark.browser
SU = StaffRef("s-su", "苏静", "sign_officer")
SIZES = {
    "upright": ({"width": 1080, "height": 1920}, "kiosk-21"),
    "tablet": ({"width": 1280, "height": 800}, "tablet-10"),
}

#: Buttons that only the Enter key presses have no size.
SEEN = MEASURE.replace("button:not(.sr-only)", "button:not(.sr-only, [hidden])")


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiosk]:
    data = tmp_path_factory.mktemp("data")
    with running(Settings(data=data, sign_test_clips=True, sound="page")) as one:
        put_clips(one.parts.signs.library.store, words(one).wanted.values(), seconds=0.6)
        yield one


@pytest.fixture(autouse=True)
def fresh(kiosk: Kiosk) -> None:
    next_customer(kiosk)


def words(kiosk: Kiosk) -> Script:
    return script(kiosk.parts.content, "zh-CN")


class Signed:
    """A customer who only watches, and touches what is signed."""

    def __init__(self, page: Page, kiosk: Kiosk) -> None:
        self.page = page
        self.wanted = words(kiosk).wanted
        self.seen: list[str] = []

    def sees(self) -> str:
        """The clips of this page play, each with its colour; the question's has its words."""
        clips = playlist(self.page)
        clip, colour = clip_seen(self.page)
        # By the time one looks, a choice may be signed already: they are over in half a second.
        assert clip in clips, self.page.url
        assert colour == colour_of(clip.removeprefix("test-")), self.page.url
        # Before the first personal question stands what is asked for, and why.
        told = clips[0] == "test-common.privacy"
        name = clips[told].removeprefix("test-")
        first = self.wanted[name].text.split("\n")[0].split("。")[0]
        assert "{" in first or first in self.page.locator("h1").inner_text()
        assert self.page.locator(".signer-missing").count() == 0, self.page.url
        self.seen.append(name)
        return name

    def tap(self, *targets: str) -> None:
        for target in targets:
            tap(self.page, target)
            self.sees()


def test_sign_and_touch_end_in_the_same_request(browser: Browser, kiosk: Kiosk) -> None:
    size, _ = SIZES["upright"]
    touch = browser.new_context(viewport=size, has_touch=True).new_page()  # type: ignore[arg-type]
    by_touch(touch, kiosk)
    touched = facts(kiosk)
    next_customer(kiosk)
    page = browser.new_context(viewport=size, has_touch=True).new_page()  # type: ignore[arg-type]
    page.goto(kiosk.where)
    customer = Signed(page, kiosk)
    customer.tap("sign", "urgent", "loss_report", "card", "no", "today")
    for digit in "1234":
        page.locator(f'[data-key="digit{digit}"]').tap()
    expect(page.locator("#entry")).to_have_value("1234")
    page.wait_for_timeout(BETWEEN_TAPS_MS)
    page.locator(".key-go").tap()
    page.wait_for_url(lambda url: not url.endswith("/last4"))
    customer.sees()
    customer.tap("self")
    while "/documents." in page.url:
        customer.tap("yes")
    customer.tap("unknown", "confirm", "no", "age_80")
    signed = facts(kiosk)
    # Then only how to talk with this customer differs
    assert signed.pop("communication") != touched.pop("communication")
    for request in (signed, touched):
        for task in request["tasks"]:
            task.pop("read_back")
    assert signed == touched
    assert {"loss_report.lost_what", "common.review", "closing.first_served"} <= set(customer.seen)
    # And staff see first of all that this customer signs
    queue = kiosk.parts.queue
    mine = max(queue.open_tickets(kiosk.parts.settings.branch), key=lambda one: one.created_at)
    seen = queue.document(mine.id, SU)
    assert seen.communication.sign_language == "csl"
    assert "sign" in seen.tasks[0].read_back
    # Given that they are called: the whole screen flashes, and the number is spelled in sign
    queue.claim(mine.id, SU, "2")
    queue.call(mine.id, SU)
    expect(page.locator(".turn")).to_be_visible()
    expect(page.locator(".ticket-number")).to_have_text(mine.number)
    seconds = page.evaluate(
        "() => parseFloat(getComputedStyle(document.querySelector('.turn')).animationDuration)"
    )
    assert seconds >= 1, "at most one flash a second, far under three"
    spelled = [f"test-sign.{sign}" for sign in mine.number]
    assert playlist(page)[: 1 + len(spelled)] == ["test-screen.ticket.called_counter", *spelled]
    page.wait_for_function(
        "n => (document.querySelector('#signer').dataset.gaps ?? '').split(' ').length >= n",
        arg=len(spelled),
    )
    page.emulate_media(reduced_motion="reduce")
    still = page.evaluate("() => getComputedStyle(document.querySelector('.turn')).animationName")
    assert still == "none"
    # When the matter is closed, how it ended is told in sign and in words
    queue.start_task(mine.id, "t1", SU)
    queue.close_task(mine.id, "t1", SU, Done(""))
    expect(page.locator(".results")).to_contain_text("办好了")
    page.wait_for_function(
        "() => document.querySelector('#signer').dataset.playlist.includes('screen.result.done')"
    )
    assert violations(page) == []


@pytest.mark.parametrize("name", SIZES)
def test_nothing_is_cut_off_in_sign(browser: Browser, kiosk: Kiosk, name: str) -> None:
    size, profile = SIZES[name]
    page = browser.new_context(viewport=size).new_page()  # type: ignore[arg-type]
    mm = PROFILES[profile].px_per_mm
    page.goto(f"{kiosk.where}/?profile={profile}")
    way = ("sign", "urgent", "loss_report", "card", "no", "today", "bar:help", "bar:person")
    for target in (None, *way, "officer", "board"):
        if target:
            page.evaluate("() => sessionStorage.clear()")
            page.wait_for_timeout(BETWEEN_TAPS_MS if target.startswith("bar:") else 0)
            with page.expect_navigation():
                page.locator(f'[data-target="{target}"]').first.click()
        for letters in CUSTOMER_SIZES:
            page.evaluate("s => { document.documentElement.dataset.size = s }", str(letters))
            found = page.evaluate(SEEN)
            where = f"{page.url} at {letters}"
            assert found["wide"] <= 0, f"{where}: two-way scroll"
            assert found["clipped"] == [], where
            least, label = found["target"]
            assert least >= min(60, 12.7 * mm), f"{where}: {label} is {least:.0f} px"
            assert found["font"] * 0.733 / mm >= 4.8, where
