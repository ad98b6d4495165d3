"""Whole visits with the fingers alone, at displays of every size, through BRLTTY's real drivers.

What is felt in three services and one in contracted English is held cell by cell. Renew after a
change that is meant: ``RENEW_GOLDEN=1 pytest tests/senses/cells/test_every_display.py``, and have a
reader of braille look at the difference.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from braille.cells import BLANK
from kiosk.flow.text import Text
from kiosk.senses.speech.companion import Companion
from kiosk.session.events import End, Put
from tests.support.brailliant import Brailliant
from tests.support.cells import unmarked
from tests.support.customer import content
from tests.support.display import Wire
from tests.support.fingers import Fingers
from tests.support.focus import Focus
from tests.support.hands import at_a_display
from tests.support.pulse import AVAILABLE, pulse

pytestmark = pytest.mark.device

GOLDEN = Path(__file__).parent.parent / "golden"
#: A maker's display for each size. An 80-cell Brailliant has no keys for dots, a Focus has.
DISPLAYS: Mapping[int, Wire] = {
    14: Brailliant(14),
    20: Brailliant(20),
    40: Brailliant(40),
    80: Focus(80),
}
SERVICES = [(group.id, one) for group in content().catalog.groups for one in group.services]
#: By day every display has a service of its own; by night each has all.
SHARES = {size: SERVICES[at * 5 : at * 5 + 1] for at, size in enumerate(DISPLAYS)}
HELD = (("urgent", "loss_report"), ("money", "withdraw"), ("ask", "complaint"))


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen as it was felt, window by window, and as it was meant."""

    key: str
    windows: Sequence[str]
    meant: Sequence[str]


def felt(fingers: Fingers, group: str, service: str) -> Iterator[Screen]:
    for windows in fingers.visit(group, service):
        meant = tuple(region.cells for region in fingers.reading.regions)
        yield Screen(fingers.session.moment.prompt.key, windows, meant)


def without_gaps(cells: Sequence[str]) -> str:
    """However a display breaks them."""
    return "".join(cells).replace(BLANK, "")


@pytest.mark.parametrize(
    ("size", "services"),
    [
        *(pytest.param(size, SHARES[size], id=f"{size}") for size in DISPLAYS),
        *(
            pytest.param(size, SERVICES, id=f"{size} all", marks=pytest.mark.nightly)
            for size in DISPLAYS
        ),
    ],
)
def test_every_service_reaches_its_number_and_every_line_is_felt(
    tmp_path: Path, size: int, services: Sequence[tuple[str, str]]
) -> None:
    with at_a_display(tmp_path, size, DISPLAYS[size]) as hands:
        for group, service in services:
            hands.feels("您好。想怎么办？")
            fingers = Fingers(hands).begin()
            for screen in felt(fingers, group, service):
                windows = [unmarked(line) for line in screen.windows]
                assert without_gaps(screen.meant) in without_gaps(windows), screen.key
            fingers.session.dispatch(End())
            assert hands.parts.stations.settle()


@pytest.mark.parametrize(
    ("language", "group", "service"),
    [*(("zh-CN", *one) for one in HELD), ("en", "card", "pin_unlock")],
)
def test_a_visit_as_it_was_confirmed_cell_by_cell(
    tmp_path: Path, language: str, group: str, service: str
) -> None:
    with at_a_display(tmp_path) as hands:
        hands.feels("您好。想怎么办？")
        fingers = Fingers(hands).begin()
        if language != "zh-CN":
            fingers.does(lambda: fingers.session.dispatch(Put("language", language)))
        lines = []
        for screen in felt(fingers, group, service):
            # What the last screen adds changes from day to day.
            windows = (
                screen.windows[:1] if fingers.session.state.place == "ticket" else screen.windows
            )
            lines += [f"# {screen.key}", *windows]
    golden = GOLDEN / f"visit.{language}.{service}.txt"
    whole = "\n".join(lines) + "\n"
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_text(whole, "utf-8")
    assert whole == golden.read_text("utf-8")


def test_another_display_is_plugged_in_and_the_finger_stays_on_the_question(
    tmp_path: Path,
) -> None:
    with at_a_display(tmp_path) as hands:
        hands.feels("您好。想怎么办？")
        fingers = Fingers(hands).begin().chooses("urgent").chooses("loss_report")
        hands.feels("丢的是什么？")
        # Given a smaller one in its place. BRLTTY 6.5 ends when the number of cells changes under
        # it, and is started again by whoever looks after it.
        hands.device.change(14, Brailliant(14))
        hands.daemon.kill()
        hands.daemon.start()
        hands.until(lambda: hands.parts.stations.first.display.cells == 14, 40)
        # When what is told of it is read on
        hands.until(lambda: fingers.reading.in_messages, 40)
        while fingers.reading.in_messages:
            hands.presses("right")
            assert hands.parts.stations.settle()
        # Then the same question is under the finger, and can be answered
        fingers.chooses("card")
        hands.feels("有没有钱不见了，您自己没动过？")


def test_two_kiosks_have_a_display_each(tmp_path: Path) -> None:
    with (
        at_a_display(tmp_path / "one") as one,
        at_a_display(tmp_path / "two", 80, Focus(80)) as two,
    ):
        for hands in (one, two):
            hands.feels("您好。想怎么办？")
        Fingers(one).begin().chooses("urgent")
        Fingers(two).begin().chooses("money")
        one.feels(Text("screen.group.ask", {"group": Text("group.urgent.title")}))
        two.feels(Text("screen.group.ask", {"group": Text("group.money.title")}))


def test_the_idle_warning_is_felt_and_any_key_goes_on(tmp_path: Path) -> None:
    with at_a_display(tmp_path) as hands:
        hands.feels("您好。想怎么办？")
        fingers = Fingers(hands).begin().chooses("urgent").chooses("loss_report")
        # Given nobody touched anything for three minutes
        fingers.session._silence._since -= 181
        fingers.does(fingers.session.tick)
        # Then the warning is under the fingers, whole
        assert fingers.session.state.overlay == "idle"
        windows = fingers.screen()
        assert without_gaps(hands.cells(fingers.session.moment.prompt.ask)) in without_gaps(windows)
        # And whoever is still there goes on where they were
        fingers.chooses(fingers.session.moment.prompt.choices[0].value)
        hands.feels("丢的是什么？")


@pytest.mark.skipif(not AVAILABLE, reason="PulseAudio isn't here")
def test_voice_and_braille_say_the_same_side_by_side(tmp_path: Path) -> None:
    with pulse(), at_a_display(tmp_path, sound="card") as hands:
        hands.feels("您好。想怎么办？")
        fingers = Fingers(hands).begin()
        fingers.does(lambda: fingers.session.dispatch(Put("voice", "on")))
        voice = hands.parts.stations.first.companion
        words = content().words("zh-CN")
        for value in ("help", "need_help"):
            fingers.chooses(value)
            ask = fingers.session.moment.prompt.ask
            # What is asked is heard while it is felt
            hands.feels(ask)
            said = words.render(ask, "speech")
            hands.until(lambda said=said: said in captions(voice), 40)
        while fingers.session.state.place != "ticket":
            fingers.answers()


def captions(voice: Companion) -> str:
    """What is being said, as it stands on the screen."""
    saying = voice.view.saying
    return saying.line.caption if saying else ""
