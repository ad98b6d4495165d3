"""A city written by a braille display alone, through BRLTTY, from its cells to staff."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from braille.cells import dots
from kiosk.queue.tickets.views import StaffRef
from kiosk.senses.cells.offering import OFFER
from tests.support.customer import Customer
from tests.support.fingers import Fingers, no_answer
from tests.support.hands import Hands, at_a_display
from writing.process import RimeProcess

pytestmark = pytest.mark.device

LI = StaffRef("li", "李娜", "counter")


def to_city(hands: Hands) -> Fingers:
    """From the first page to the question for a city, by the keys of the display."""
    hands.feels("您好。想怎么办？")
    fingers = Fingers(hands).begin()
    for value in Customer().way_to("remote_urgent"):
        fingers.chooses(value)
    while not fingers.session.moment.prompt.key.endswith(".city"):
        fingers.answers()
    return fingers


def types(hands: Hands, cells: str, after: int = 0) -> None:
    """Cells one after another, each once the one before was taken; `after` so many others."""
    tactile = hands.parts.stations.first.tactile
    for count, one in enumerate(cells, after + 1):
        hands.types(dots(one))
        hands.until(lambda count=count: len(tactile._writer.typed.cells) == count)


def offered(hands: Hands) -> tuple[str, ...]:
    tactile = hands.parts.stations.first.tactile
    hands.until(lambda: bool(tactile._writer.typed.offers.texts), 20)
    return tactile._writer.typed.offers.texts


def engine(hands: Hands) -> RimeProcess:
    found = hands.parts.tactiles._scribe._engine
    assert isinstance(found, RimeProcess)
    return found


def test_a_city_is_written_by_syllables_and_staff_have_it(tmp_path: Path) -> None:
    with at_a_display(tmp_path) as hands:
        fingers = to_city(hands)
        # When its syllables are typed, the cells are felt as they were typed
        types(hands, "⠃⠮⠄⠛⠡⠁")
        hands.device.wait(lambda line: line.startswith("⠃⠮⠄⠛⠡⠁"))
        # Then 背景 is there too, and 北京 first; a routing key takes it
        texts = offered(hands)
        assert texts[0] == "北京"
        assert "背景" in texts
        choose(fingers, texts.index("北京"))
        hands.until(lambda: entry(fingers) == "北京")
        hands.feels("现在填的是 北京")
        hands.types("8")
        hands.until(lambda: not fingers.session.moment.prompt.key.endswith(".city"))
        # And it stands in the read-back, in cells
        while fingers.session.moment.prompt.kind != "review":
            fingers.answers()
        assert hands.cells("北京") in "".join(fingers.screen())
        until_ticket(fingers)
        (row,) = hands.parts.queue.waiting(hands.parts.settings.branch)
        assert "北京" in hands.parts.queue.document(row.id, LI).model_dump_json()


def choose(fingers: Fingers, index: int) -> None:
    """By the routing key over it, once it is in the window."""
    about = f"{OFFER}{index}"
    fingers.hands.until(lambda: any(one.about == about for one in fingers.reading.regions))
    while (cell := under(fingers, about)) is None:
        fingers._moves("right")
    fingers.line()
    fingers.hands.presses(f"route{cell}")


def under(fingers: Fingers, about: str) -> int | None:
    reading = fingers.reading
    return next(
        (piece.at for piece in reading.window if reading.shown[piece.item].about == about), None
    )


def entry(fingers: Fingers) -> str:
    found = fingers.session.moment.prompt.entry
    return found.text if found is not None else ""


def until_ticket(fingers: Fingers) -> None:
    fingers.chooses("confirm")
    while fingers.session.state.place != "ticket":
        fingers.chooses(no_answer(fingers.session.moment.prompt))


def test_an_engine_that_hangs_or_dies_holds_nobody_up(tmp_path: Path) -> None:
    with at_a_display(tmp_path) as hands:
        fingers = to_city(hands)
        types(hands, "⠃⠮⠄")
        assert "北" in offered(hands)
        # It hangs: typing goes on, and what is typed stands as pinyin
        pid = engine(hands).pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        types(hands, "⠛⠡⠁", after=3)
        hands.until(lambda: entry(fingers) == "běi jīng")
        tactile = hands.parts.stations.first.tactile
        hands.until(lambda: tactile._writer.typed.offers.state == "away", 20)
        # It is begun again by itself, and characters are there again
        hands.until(lambda: retried(hands), 30)
        assert offered(hands)
        # It dies: the same
        pid = engine(hands).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        hands.until(lambda: retried(hands), 30)
        assert "北京" in offered(hands)


def retried(hands: Hands) -> bool:
    """Erase the tone and type it again, as a reader would who waits for characters."""
    tactile = hands.parts.stations.first.tactile
    for chord, count in (("7", 5), (dots("⠁"), 6)):
        hands.types(chord)
        hands.until(lambda count=count: len(tactile._writer.typed.cells) == count)
    hands.until(lambda: tactile._writer.typed.offers.state != "waiting", 20)
    return tactile._writer.typed.offers.state == "found"
