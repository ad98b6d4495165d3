"""A computer keyboard as a brailler, in a real Chromium; and a keypad learned by pressing it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from braille.keymaps import FOLDER, find
from kiosk.session.keys import KEYS
from tests.journeys.test_staff_pages import PASSWORD, sign_in
from tests.support.browser import Kiosk, violations

pytestmark = pytest.mark.browser
#: FDSJKL: the keys of dots 1 to 8, and space.
DOTS = dict(zip("12345678", ("f", "d", "s", "j", "k", "l", "a", ";"), strict=True))

#: No hand strikes the same key again sooner; a key that does has bounced.
BETWEEN_CHORDS_MS = 40


def chord(page: Page, dots: str, *, space: bool = False) -> None:
    names = [DOTS[dot] for dot in dots] + (["Space"] if space else [])
    for name in names:
        page.keyboard.down(name)
    for name in names:
        page.keyboard.up(name)
    page.wait_for_timeout(BETWEEN_CHORDS_MS)


def goes_to(page: Page, path: str) -> None:
    page.wait_for_url(f"**{path}")
    page.wait_for_load_state()


def test_from_the_first_page_to_a_number_by_chords(browser: Browser, kiosk: Kiosk) -> None:
    # Given the first page, when any chord is typed, then braille begins
    page = browser.new_page()
    page.goto(kiosk.where)
    chord(page, "125")
    goes_to(page, "/menu")
    # No display is plugged in: that is told first, and the question comes after it
    prints = page.locator("#cells .cells-print")
    expect(prints).to_contain_text("暂时没有盲文")
    chord(page, "2", space=True)
    expect(prints).to_have_text("您今天想办什么？")
    # And chords choose, as they do at a display
    for dots, path in (
        ("1", "/menu/urgent"),
        ("1", "/visit/loss_report/lost_what"),
        ("1", "/visit/loss_report/money_moved"),
        ("12", "/visit/loss_report/noticed"),
        ("1", "/visit/loss_report/last4"),
    ):
        chord(page, dots)
        goes_to(page, path)
    # Digits stand in the entry; the viewer for helpers only counts them
    for dots in ("3456", "1", "12", "14", "145"):
        chord(page, dots)
    expect(page.locator("#entry")).to_have_value("1234")
    expect(prints).to_have_text("已填 4 位")
    chord(page, "7")
    expect(page.locator("#entry")).to_have_value("123")
    chord(page, "145")
    chord(page, "8")
    goes_to(page, "/visit/loss_report/for_whom")
    task = kiosk.parts.stations.first.session.state.visit.task
    assert task is not None
    assert dict(task.answers) == {
        "lost_what": "card",
        "money_moved": False,
        "noticed": "today",
        "last4": "1234",
    }


def test_commands_and_messages(browser: Browser, kiosk: Kiosk) -> None:
    page = browser.new_page()
    page.goto(kiosk.where)
    chord(page, "1")
    goes_to(page, "/menu")
    prints = page.locator("#cells .cells-print")
    chord(page, "2", space=True)
    chord(page, "6", space=True)
    expect(prints).to_contain_text("1/7")
    chord(page, "123456")
    expect(prints).to_contain_text("这里用不上这个键")
    chord(page, "125", space=True)
    goes_to(page, "/help")
    chord(page, "26", space=True)
    goes_to(page, "/menu")
    assert violations(page) == []


def test_keys_held_while_the_window_is_left_make_no_chord(browser: Browser, kiosk: Kiosk) -> None:
    page = browser.new_page()
    page.goto(kiosk.where)
    chord(page, "1")
    goes_to(page, "/menu")
    page.keyboard.down("f")
    page.evaluate("() => dispatchEvent(new Event('blur'))")
    page.keyboard.up("f")
    chord(page, "12")
    goes_to(page, "/menu/money")


def test_letters_are_letters_for_who_doesnt_use_braille(browser: Browser, kiosk: Kiosk) -> None:
    page = browser.new_page()
    page.goto(kiosk.where)
    page.click('[data-target="large_text"]')
    goes_to(page, "/menu")
    chord(page, "1")
    page.wait_for_timeout(200)
    assert page.url.endswith("/menu")
    expect(page.locator("#cells")).to_have_count(0)


def test_a_device_is_learned_by_pressing_each_key_once(browser: Browser, kiosk: Kiosk) -> None:
    kiosk.parts.queue.staff.add("zhang", "张主管", "manager", PASSWORD, must_change=False)
    page = browser.new_context(viewport={"width": 1600, "height": 1000}).new_page()
    sign_in(page, kiosk)
    page.goto(f"{kiosk.where}/staff/keypads")
    assert violations(page) == []
    page.fill('[name="name"]', "lobby")
    page.fill('[name="device"]', "大堂的盲文键")
    # A key twice is named, and what was pressed is kept
    page.locator("#key-dot1").focus()
    for key in ("f", "f", "s", "j", "k", "l"):
        page.keyboard.press(key)
    page.click(".learn ~ .buttons .btn-main")
    expect(page.locator("#trouble")).to_contain_text("同一个键“KeyF”按了两次")
    assert violations(page) == []
    page.locator("#key-dot2").focus()
    page.keyboard.press("d")
    page.click(".learn ~ .buttons .btn-main")
    expect(page.locator(".fresh")).to_contain_text("lobby")
    folder = kiosk.parts.settings.keymaps
    learned = find("lobby", (FOLDER, folder), KEYS)
    assert learned.device == "大堂的盲文键"
    assert learned.dots == {
        "KeyF": "dot1",
        "KeyD": "dot2",
        "KeyS": "dot3",
        "KeyJ": "dot4",
        "KeyK": "dot5",
        "KeyL": "dot6",
    }
    assert Path(folder / "lobby.yaml").exists()


def test_only_the_office_may_learn_a_device(browser: Browser, kiosk: Kiosk) -> None:
    kiosk.parts.queue.staff.add("zhang", "张敏", "lobby", PASSWORD, must_change=False)
    page = browser.new_page()
    sign_in(page, kiosk)
    response = page.goto(f"{kiosk.where}/staff/keypads")
    assert response is not None
    assert response.status == 403
