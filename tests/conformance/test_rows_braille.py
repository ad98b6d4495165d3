"""Rows of the requirements that braille fulfils."""

from __future__ import annotations

import pytest

from kiosk.senses.cells.paper import labels
from kiosk.session.events import Put
from kiosk.session.ports import TicketStatus
from kiosk.session.switches import PRESETS
from tests.support.cells import script
from tests.support.reader import Reader, at


def test_r33_start_instructions_in_braille() -> None:
    start = labels(script("zh-CN"))[0]
    assert start.cells.startswith("⠹⠀⠍⠦⠒⠂⠐⠀")
    assert labels(script("en"))[0].text == "For braille, type any dot."


@pytest.mark.parametrize("dots", ["1", "6", "123456", "245"])
def test_r37_any_chord_starts_braille(dots: str) -> None:
    reader = Reader().type(dots)
    assert reader.state.presets == ("braille",)
    assert reader.state.switches.braille
    assert PRESETS["braille"].sense in reader.session.moment.world.senses


def test_r26_the_warning_is_felt_and_then_everything_is_cleared() -> None:
    reader = at("task")
    reader.wait(181)
    assert reader.felt == "您还在吗？"
    reader.wait(46)
    assert reader.felt == "您好。想怎么办？"


def test_r28_braille_is_switched_on_and_off_by_itself() -> None:
    reader = at("task")
    before = reader.state.switches
    reader.do(Put("braille", "off"))
    assert not reader.state.switches.braille
    assert reader.state.switches.voice == before.voice
    assert set(reader.display.line) == {"⠀"}


def test_r49_the_call_is_felt_by_whoever_stays() -> None:
    reader = at("ticket").choose("stay")
    assert isinstance(reader, Reader)
    reader.desk.seen = TicketStatus("called", 0, counter="3")
    reader.session.refresh()
    assert reader.felt == "请到 3 号窗口。"
