"""A live call between a customer and an officer: two real browsers' pictures, words and answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.queue.tickets.views import StaffRef
from kiosk.settings import Settings
from tests.support.browser import FAKE_CAMERA, Kiosk, chromium, running, tap, violations
from tests.support.wire import wire_to

pytestmark = pytest.mark.browser
PASSWORD = "quiet-lobby-2026"
READER = StaffRef("s1", "李敏", "counter")
#: How many pictures of the other side a page has shown.
FRAMES = "() => document.querySelector('.theirs').getVideoPlaybackQuality().totalVideoFrames"


@pytest.fixture(scope="module")
def camera_browser() -> Iterator[Browser]:
    with chromium(*FAKE_CAMERA, "--allow-loopback-in-peer-connection") as opened:
        yield opened


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    with running(Settings(data=tmp_path / "data", sound="page")) as one:
        for name, shown, role in (
            ("su", "苏静", "sign_officer"),
            ("lin", "林红", "sign_officer"),
            ("zhang", "张敏", "lobby"),
        ):
            one.parts.queue.staff.add(name, shown, role, PASSWORD, must_change=False)  # type: ignore[arg-type]
        yield one


def arrive(browser: Browser, where: str) -> Page:
    """A customer who signs, at the first question of a lost card."""
    size: Any = {"width": 1080, "height": 1920}
    page = browser.new_context(has_touch=True, viewport=size).new_page()
    page.goto(where)
    tap(page, "sign", "urgent", "loss_report")
    return page


@pytest.fixture
def customer(camera_browser: Browser, kiosk: Kiosk) -> Iterator[Page]:
    page = arrive(camera_browser, kiosk.where)
    yield page
    page.context.close()


def colleague(browser: Browser, kiosk: Kiosk, name: str) -> Page:
    page = browser.new_context(viewport={"width": 1500, "height": 1000}).new_page()
    page.goto(f"{kiosk.where}/staff")
    page.fill('[name="username"]', name)
    page.fill('[name="password"]', PASSWORD)
    page.click("main .btn-main")
    page.wait_for_url("**/staff")
    page.wait_for_function("() => document.documentElement.classList.contains('scripted')")
    here = kiosk.parts.signs.presence.here
    for _ in range(100):
        if any(one.id for one in here()):
            break
        page.wait_for_timeout(20)
    return page


def call(customer: Page) -> None:
    customer.wait_for_timeout(520)
    customer.locator(".signer-officer").tap()
    customer.wait_for_url("**/call")


def both_see_each_other(*pages: Page) -> None:
    for page in pages:
        page.wait_for_function(
            "() => document.querySelector('[data-talk]').dataset.connection === 'connected'"
        )
        before = page.evaluate(FRAMES)
        page.wait_for_function(f"before => ({FRAMES})() > before + 5", arg=before)


def test_a_call_from_the_first_ring_to_the_confirmed_answer(
    camera_browser: Browser, kiosk: Kiosk, customer: Page
) -> None:
    officer = colleague(camera_browser, kiosk, "su")
    # When the customer calls, it rings at the officer's page
    call(customer)
    expect(customer.locator("h1")).to_have_text("正在叫会手语的人，请等一等。")
    expect(officer.locator("#talks .rings")).to_contain_text("K1")
    assert violations(officer) == []
    officer.locator("#talks .btn-main").click()
    officer.wait_for_url("**/staff/talks/*")
    # Then they see each other, and the same question
    expect(customer.locator("h1")).to_have_text("接通了，请打手语。")
    both_see_each_other(customer, officer)
    expect(officer.locator(".beneath-ask")).to_have_text("丢的是什么？")
    expect(customer.locator("#beneath h2")).to_have_text("丢的是什么？")
    assert violations(customer) == []
    assert violations(officer) == []
    # When one writes, the other reads every letter while it is written
    officer.locator("#say").press_sequentially("您好")
    expect(customer.locator(".chat-draft")).to_contain_text("您好")
    officer.locator("#say").press("Enter")
    expect(customer.locator(".chat-lines")).to_contain_text("苏静 您好")
    customer.locator("#say").fill("卡丢了 <b>")
    customer.locator("[data-chat-send]").click()
    expect(officer.locator(".chat-lines")).to_contain_text("卡丢了 <b>")
    # When the officer fills in an answer, it counts only after the customer's yes
    officer.locator('[data-propose] [value="card"]').click()
    expect(customer.locator(".proposal-ask")).to_have_text("苏静替您填了：银行卡。对吗？")
    expect(officer.locator("#beneath")).to_contain_text("等客户确认：银行卡")
    session = kiosk.parts.stations.first.session
    assert session.state.visit.task is not None
    assert session.state.visit.task.at == "lost_what"
    customer.wait_for_timeout(520)
    customer.locator(".proposal .pick-go").tap()
    expect(customer.locator("#beneath h2")).not_to_have_text("丢的是什么？")
    expect(officer.locator(".beneath-ask")).not_to_have_text("丢的是什么？")
    assert session.state.visit.task.answers["lost_what"] == "card"
    # And neither the picture nor the page was lost for it
    both_see_each_other(customer, officer)
    # When the customer says no, nothing is answered
    step = session.state.visit.task.at
    officer.locator("[data-propose] [name=value]").first.click()
    customer.locator(".proposal").wait_for()
    customer.wait_for_timeout(520)
    customer.locator('.proposal [value^="no:"]').tap()
    expect(customer.locator(".proposal")).to_have_count(0)
    assert session.state.visit.task.at == step
    # When the officer hangs up, both are told, and the camera is off
    with officer.expect_response("**/hang-up"):
        officer.locator("#hang-up").click()
    expect(customer.locator("h1")).to_have_text("视频结束了。")
    assert customer.evaluate("() => document.querySelector('.mine').srcObject") is None
    trail = [row.what for row in kiosk.parts.queue.audit.rows(limit=200)]
    assert [what for what in trail if what.startswith("call.")] == [
        *("call.rang", "call.answered", "call.ended"),
    ]
    # And the customer goes on where they were
    tap(customer, "close")
    assert customer.url.endswith(f"/visit/loss_report/{step}")


def test_the_network_drops_and_comes_back(camera_browser: Browser, kiosk: Kiosk) -> None:
    with wire_to(kiosk.where) as wire:
        customer = arrive(camera_browser, wire.where)
        officer = colleague(camera_browser, kiosk, "su")
        call(customer)
        officer.locator("#talks .btn-main").click()
        both_see_each_other(customer, officer)
        # When the customer's network is gone
        wire.cut()
        expect(customer.locator(".call-said")).to_contain_text("连接断了")
        # Then what is written meanwhile isn't lost
        customer.locator("#say").fill("断开时写的")
        customer.locator("#say").press("Enter")
        customer.wait_for_timeout(500)
        wire.mend()
        expect(officer.locator(".chat-lines")).to_contain_text("断开时写的")
        both_see_each_other(customer, officer)
        # And a page that is loaded anew is in the same call, with all that was written
        for page in (customer, officer):
            page.reload()
            both_see_each_other(customer, officer)
            expect(page.locator(".chat-lines")).to_contain_text("断开时写的")
        expect(customer.locator("#beneath h2")).to_have_text("丢的是什么？")
        trail = [row.what for row in kiosk.parts.queue.audit.rows(limit=200)]
        assert "call.ended" not in trail
        customer.context.close()


def test_nobody_there_is_said_and_the_wish_stays(kiosk: Kiosk, customer: Page) -> None:
    customer.wait_for_timeout(520)
    customer.keyboard.press("F11")
    customer.wait_for_url("**/call")
    expect(customer.locator("h1")).to_have_text("会手语的人现在不在。")
    assert violations(customer) == []
    (alarm,) = kiosk.parts.queue.alarms.open(kiosk.parts.settings.branch)
    assert (alarm.kind, alarm.kiosk) == ("officer", "K1")
    # Then the visit goes on in writing, and staff see what was wished
    tap(customer, "close", "card", "no", "today", "unknown", "self")
    while "/documents." in customer.url:
        tap(customer, "yes")
    tap(customer, "unknown", "confirm", "no", "none")
    customer.wait_for_url("**/ticket")
    (row,) = kiosk.parts.queue.open_tickets(kiosk.parts.settings.branch)
    assert "sign_officer_wanted" in row.flags
    request = kiosk.parts.queue.document(row.id, READER)
    assert request.communication.sign_language == "csl"
    assert request.communication.writing


def test_the_writing_board(camera_browser: Browser, kiosk: Kiosk, customer: Page) -> None:
    lobby = colleague(camera_browser, kiosk, "zhang")
    tap(customer, "bar:person", "board")
    assert customer.url.endswith("/board")
    assert violations(customer) == []
    customer.locator("#say").fill("我听不见，请写给我")
    customer.locator("#say").press("Enter")
    expect(lobby.locator("#talks")).to_contain_text("我听不见，请写给我")
    lobby.locator("#talks .btn").click()
    lobby.wait_for_url("**/staff/talks/*")
    assert violations(lobby) == []
    lobby.locator("#say").fill("好的，请坐")
    lobby.locator("#say").press("Enter")
    expect(customer.locator(".chat-lines")).to_contain_text("张敏 好的，请坐")
    size = customer.evaluate(
        "() => parseFloat(getComputedStyle(document.querySelector('.chat-lines p')).fontSize)"
    )
    assert size >= 37
    tap(customer, "close")
    assert customer.url.endswith("/visit/loss_report/lost_what")


def test_the_board_without_scripts(camera_browser: Browser, kiosk: Kiosk) -> None:
    page = camera_browser.new_context(java_script_enabled=False).new_page()
    page.goto(kiosk.where)
    page.click('[data-target="sign"]')
    page.click('[data-target="bar:person"]')
    page.click('[data-target="board"]')
    page.fill("#say", "没有脚本也能写")
    page.click("[data-chat-send]")
    expect(page.locator(".chat-lines")).to_contain_text("没有脚本也能写")
    assert page.url.endswith("/board")
