"""A whole visit by a braille display alone, through BRLTTY and its real driver, cell by cell."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from braille.displays.brlapi import BrlapiDisplay
from braille.displays.connection import Server
from braille.displays.ports import Attached
from kiosk.doctor import braille_display, braille_tables, keypads
from kiosk.flow.events import OpenMenu
from kiosk.flow.text import Slot, Text
from kiosk.queue.tickets.views import StaffRef
from kiosk.session.events import End, Start, Submit
from kiosk.settings import Settings
from tests.support.brailliant import Brailliant
from tests.support.display import plugged_in
from tests.support.fingers import no_answer, place_of
from tests.support.hands import Hands, at_a_display

pytestmark = pytest.mark.device

#: The question of the first group of the menu.
URGENT = Text("screen.group.ask", {"group": Text("group.urgent.title")})


def filled(count: int) -> Text:
    return Text("touch.masked", {"count": Slot("count", count)})


LI = StaffRef("li", "李娜", "counter")


@pytest.fixture
def hands(tmp_path: Path) -> Iterator[Hands]:
    with at_a_display(tmp_path) as found:
        yield found


def test_from_the_first_page_to_the_counter(hands: Hands) -> None:
    # Given a kiosk that nobody has touched, its display says how to begin
    hands.feels("您好。想怎么办？")

    # When a reader types any chord, then the menu is under the fingers
    hands.types("125").feels("您今天想办什么？")
    hands.types("1").feels("急事，是哪一件？")
    hands.types("1").feels("丢的是什么？")

    # And each answer leads on to the next question
    hands.types("1").feels("有没有钱不见了，您自己没动过？")
    hands.types("12").feels("大概什么时候发现丢了？")
    hands.types("1").feels("记得卡号的最后四个数字吗？")

    # What is entered is private: a count is felt, and no digit
    hands.digits("12").feels(filled(2))
    hands.digits("34").feels(filled(4))
    hands.types("7").feels(filled(3)).digits("4").feels(filled(4))
    hands.types("8").feels("这件事，是替您自己办，还是替别人办？")
    hands.types("1").feels("请看看，身份证带了吗？")
    hands.types("1").feels("请留一个电话，好吗？")
    hands.digits("13800138000").feels(filled(11))
    hands.types("8").feels("我再念一遍，对吗？")
    assert not any(hands.cells("1234") in line for _, line in hands.device.shown)
    assert not any(hands.cells("138") in line for _, line in hands.device.shown)

    # The read-back is confirmed, and nothing else is wanted
    hands.types("1").feels("还要办别的吗？")
    hands.types("1").feels(Text("closing.first_served.ask"))
    until_ticket(hands)

    # Then staff have the same request as by touch, but for how it was made
    (row,) = hands.parts.queue.waiting(hands.parts.settings.branch)
    hands.device.wait(lambda line: line.startswith(hands.cells("下一位就是您。")))
    assert document(hands, row.id) == by_touch(hands)

    # And the call is felt by whoever stayed at the kiosk
    hands.parts.queue.claim(row.id, LI, "3")
    hands.feels("工作人员已经看到了。")
    hands.parts.queue.call(row.id, LI)
    hands.feels(Text("screen.ticket.called_counter.ask", {"counter": Slot("free", "3")}))


def until_ticket(hands: Hands) -> None:
    """Answer the closing questions with "no" until there is a number."""
    session = hands.parts.stations.first.session
    while session.state.place != "ticket":
        before = session.version
        hands.digits(str(place_of(no_answer(session.moment.prompt), session.moment.prompt)))
        hands.until(lambda before=before: session.version != before)


#: What differs between two visits whatever is said in them, and the marks of how they were made.
OWN = ("id", "kiosk", "created_at", "ticket", "read_back", "communication", "confirmed_at")


def document(hands: Hands, ticket_id: str) -> Any:
    return _without_own(hands.parts.queue.document(ticket_id, LI).model_dump(mode="json"))


def _without_own(node: Any) -> Any:
    if isinstance(node, dict):
        return {name: _without_own(inner) for name, inner in node.items() if name not in OWN}
    return [_without_own(inner) for inner in node] if isinstance(node, list) else node


def by_touch(hands: Hands) -> dict[str, Any]:
    """The same visit by touch, at another kiosk."""
    other = hands.parts.stations.find("K2")
    assert other is not None
    session = other.session
    session.dispatch(Start("large_text"))
    for value in (
        "urgent",
        "loss_report",
        "card",
        "no",
        "today",
        "1234",
        "self",
        "yes",
        "13800138000",
    ):
        session.dispatch(Submit(session.moment.prompt.step, value))
    session.dispatch(Submit("review", "confirm"))
    session.dispatch(Submit(session.moment.prompt.step, "no"))
    while session.state.place != "ticket":
        prompt = session.moment.prompt
        session.dispatch(Submit(prompt.step, no_answer(prompt)))
    return document(hands, str(session.state.ticket_id))


def test_chords_that_brltty_has_commands_for_reach_the_kiosk_and_do_nothing_to_brltty(
    hands: Hands,
) -> None:
    session = hands.parts.stations.first.session
    hands.feels("您好。想怎么办？").with_space("123")
    hands.until(lambda: session.state.overlay == "settings_language")
    hands.with_space("26").until(lambda: session.state.overlay == "settings")
    hands.with_space("26").feels("您今天想办什么？")
    # The preferences menu of BRLTTY, its status and its display modes
    hands.with_space("1234").feels("这里没有只给您自己看的内容。")
    hands.with_space("6").with_space("234")
    hands.device.wait(lambda line: hands.cells("第") in line)
    hands.with_space("2").with_space("1346")
    hands.until(lambda: session.state.overlay == "leave")
    for command in ("12", "124", "145", "1245", "24", "2345", "136", "1236"):
        hands.with_space(command)
    hands.with_space("236").feels("能用八点的语言，现在用八点。")
    hands.with_space("235").feels("现在用六点。")
    hands.with_space("26").feels("您今天想办什么？")


def test_reading_on_choosing_by_routing_key_and_going_back(hands: Hands) -> None:
    hands.feels("您好。想怎么办？").types("1").feels("您今天想办什么？")
    # Moving right shows what can be chosen, with its place; the key over it chooses it
    hands.presses("right")
    hands.device.wait(lambda line: line.startswith("⠼⠁⠌⠼⠛⠀⠛⠊⠂⠱"))
    hands.presses("route3").feels(URGENT)
    # Space with 2 6 is escape; space with 1 and 4 move the cursor, which is felt under its place
    hands.with_space("26").feels("您今天想办什么？")
    hands.with_space("4")
    hands.device.wait(lambda line: line.startswith("⣼⣁⣌⣼⣛⠀"))
    hands.types("8").feels(URGENT)
    # Space with 1 2 5 is help, and from there back
    hands.with_space("125").feels("要帮什么忙？").with_space("26")
    hands.feels(URGENT)


def test_a_message_stays_until_the_reader_moves_on_and_can_be_read_again(hands: Hands) -> None:
    hands.feels("您好。想怎么办？").types("1").feels("您今天想办什么？")
    hands.types("123456").feels(Text("touch.not_here"))
    hands.with_space("2").feels("您今天想办什么？")
    hands.presses("left").presses("left")
    hands.feels(Text("touch.not_here"))


def test_a_wrong_entry_is_told_and_nothing_is_lost(hands: Hands) -> None:
    hands.feels("您好。想怎么办？").types("1").feels("您今天想办什么？")
    hands.types("1").feels(URGENT)
    hands.types("1").feels("丢的是什么？").types("1").feels("有没有钱不见了，您自己没动过？")
    hands.types("12").feels("大概什么时候发现丢了？").types("1")
    hands.feels("记得卡号的最后四个数字吗？").digits("12").feels(filled(2))
    hands.types("123").feels("这里只填数字。请再打一次。").types("8")
    hands.feels(Text("problem.last4_length", {"count": Slot("count", 2)}))
    hands.digits("34").feels(filled(4))


def test_a_call_for_help_is_felt_until_somebody_comes(hands: Hands) -> None:
    hands.feels("您好。想怎么办？").types("1").feels("您今天想办什么？")
    hands.with_space("256").feels("已经叫人了。")
    (alarm,) = hands.parts.queue.alarms.open(hands.parts.settings.branch)
    hands.parts.queue.alarms.on_the_way(alarm.id, LI)
    hands.feels("工作人员正在过来。")


def test_what_was_personal_is_gone_when_the_visit_is_over(hands: Hands) -> None:
    hands.feels("您好。想怎么办？").types("1").feels("您今天想办什么？")
    session = hands.parts.stations.first.session
    session.dispatch(End())
    hands.feels("您好。想怎么办？")
    hands.presses("left")
    hands.feels("您好。想怎么办？")


def test_unplugged_and_plugged_in_again_the_visit_goes_on(hands: Hands) -> None:
    hands.feels("您好。想怎么办？").types("1").feels("您今天想办什么？")
    hands.device.unplug()
    session = hands.parts.stations.first.session
    session.dispatch(OpenMenu("urgent"))
    # Then the other senses say so
    hands.until(lambda: session.state.notice == Text("notice.lost.braille"))
    assert hands.parts.stations.first.display.cells == 0
    hands.device.plug()
    hands.until(lambda: hands.parts.stations.first.display.cells > 0, 20)
    hands.feels("盲文显示器又接上了。").presses("right")
    hands.feels(URGENT)


def test_the_daemon_crashes_and_the_visit_goes_on(hands: Hands) -> None:
    hands.feels("您好。想怎么办？").types("1").feels("您今天想办什么？")
    hands.daemon.kill()
    hands.until(lambda: hands.parts.stations.first.display.cells == 0)
    hands.daemon.start()
    hands.until(lambda: hands.parts.stations.first.display.cells > 0, 20)
    hands.feels("盲文显示器又接上了。").types("1")
    hands.feels(URGENT)


def test_the_cells_are_blank_after_the_kiosk(tmp_path: Path) -> None:
    with at_a_display(tmp_path) as hands:
        hands.feels("您好。想怎么办？").types("1").feels("您今天想办什么？")
        hands.parts.stations.close()
        hands.device.wait(lambda line: set(line) == {"⠀"})


CRASHING = """
import os, sys, time
from braille.displays.brlapi import BrlapiDisplay
from braille.displays.connection import Server
display = BrlapiDisplay(Server(sys.argv[1], "none"))
display.start(lambda event: None)
while not display.cells:
    time.sleep(0.01)
display.write("⠎⠑⠉⠗⠑⠞")
time.sleep(0.3)
os.kill(os.getpid(), 9)
"""


def test_a_crash_of_the_kiosk_leaves_nothing_on_the_cells(tmp_path: Path) -> None:
    with plugged_in(tmp_path, 40, Brailliant()) as (device, daemon):
        subprocess.run([sys.executable, "-c", CRASHING, daemon.host], check=False, timeout=30)
        assert any(line.startswith("⠎⠑⠉⠗⠑⠞") for _, line in device.shown)
        device.wait(lambda line: "⠎⠑⠉⠗⠑⠞" not in line, 10)


def test_a_slow_display_is_not_flooded(tmp_path: Path) -> None:
    with plugged_in(tmp_path, 40, Brailliant()) as (device, daemon):
        client = BrlapiDisplay(Server(daemon.host, "none"))
        there = threading.Event()
        client.start(lambda event: there.set() if isinstance(event, Attached) else None)
        assert there.wait(10)
        before = len(device.shown)
        for number in range(500):
            client.write("⠁" * (number % 7 + 1))
        client.write("⠿")
        device.wait(lambda line: line.startswith("⠿⠀"))
        assert len(device.shown) - before < 25, "of a row of lines the last counts"
        client.close()


def test_doctor_finds_the_display_and_says_what_is_missing(hands: Hands, tmp_path: Path) -> None:
    found = braille_display(hands.parts.settings)
    assert (found.state, found.found) == ("ok", "HumanWare BI40, 40 cells")
    nobody = Settings(data=tmp_path, brlapi_host="127.0.0.1:1")
    assert braille_display(nobody).state == "missing"
    assert "docs/braille.md" in braille_display(nobody).remedy
    assert braille_tables(nobody).state == "ok"
    assert keypads(nobody).found == "perkins: 11 keys"
    assert "no key map 'none'" in keypads(Settings(data=tmp_path, keypads=("none",))).found


def test_a_display_that_lies_about_its_size_is_none(tmp_path: Path) -> None:
    """BRLTTY refuses it; whoever chooses braille is told, and the other senses go on."""
    with at_a_display(tmp_path, cells=255) as hands:
        session = hands.parts.stations.first.session
        session.dispatch(Start("braille"))
        assert session.state.notice == Text("notice.missing.braille")
        assert hands.parts.stations.first.display.cells == 0
        session.dispatch(OpenMenu("urgent"))
        assert session.state.visit.group == "urgent"


def test_a_page_of_the_kiosk_shows_what_is_felt(hands: Hands) -> None:
    hands.feels("您好。想怎么办？").types("1").feels("您今天想办什么？")
    station = hands.parts.stations.first
    assert station.session.state.place == "visit"
    assert station.tactile.view.text == "您今天想办什么？"
