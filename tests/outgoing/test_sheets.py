"""A sheet comes out once, or is given up; whatever hangs, nobody waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from kiosk.outgoing import sheets as room
from kiosk.outgoing.printers import NotPrinted, PrinterState
from kiosk.outgoing.sheets import JAMS, PATIENCE, Device, Sheets
from kiosk.session.taking import Slip, Standing

SLIP = Slip("ticket-1", "A023", (), (), "zh-CN", "2026-11-24")


@dataclass
class Printer:
    """`does` is asked at each sheet."""

    now: PrinterState = "ready"
    does: Callable[[], None] = lambda: None
    printed: list[str] = field(default_factory=list)

    def state(self) -> PrinterState:
        return self.now

    def print(self, slip: Slip) -> None:
        if self.now != "ready":
            raise NotPrinted(self.now)
        self.does()
        self.printed.append(slip.number)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "PAUSE", 0.005)


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def told() -> threading.Condition:
    return threading.Condition()


@pytest.fixture
def sheets(printer: Printer, clock: Clock, told: threading.Condition) -> Iterator[Sheets]:
    def changed() -> None:
        with told:
            told.notify_all()

    made = Sheets({"paper": Device(printer.state, printer.print)}, changed, clock=clock)
    yield made
    made.close()


def stands(
    sheets: Sheets, told: threading.Condition, standing: Standing, name: str = "paper:1"
) -> bool:
    with told:
        return told.wait_for(lambda: dict(sheets.standing("ticket-1")).get(name) == standing, 10)


def test_a_sheet_comes_out(sheets: Sheets, printer: Printer, told: threading.Condition) -> None:
    sheets.put("paper:1", "paper", SLIP)
    assert stands(sheets, told, "done")
    assert printer.printed == ["A023"]


def test_the_same_asked_twice_is_printed_once(sheets: Sheets, printer: Printer) -> None:
    for _ in range(3):
        sheets.put("paper:1", "paper", SLIP)
    assert sheets.settle(10)
    assert printer.printed == ["A023"]


def test_another_one_is_printed_only_under_another_name(sheets: Sheets, printer: Printer) -> None:
    sheets.put("paper:1", "paper", SLIP)
    sheets.put("paper:2", "paper", SLIP)
    assert sheets.settle(10)
    assert printer.printed == ["A023"] * 2


@pytest.mark.parametrize("state", ["no_paper", "open", "unplugged"])
def test_it_waits_for_somebody_and_then_comes_once(
    sheets: Sheets, printer: Printer, told: threading.Condition, state: PrinterState
) -> None:
    """Paper out, then refilled."""
    printer.now = state
    sheets.put("paper:1", "paper", SLIP)
    assert stands(sheets, told, state)  # type: ignore[arg-type]
    assert sheets.states == {"paper": state}
    assert printer.printed == []
    printer.now = "ready"
    assert stands(sheets, told, "done")
    assert printer.printed == ["A023"]


def test_what_nobody_sees_to_is_given_up_and_never_comes_late(
    sheets: Sheets, printer: Printer, clock: Clock, told: threading.Condition
) -> None:
    printer.now = "no_paper"
    sheets.put("paper:1", "paper", SLIP)
    assert stands(sheets, told, "no_paper")
    clock.now += PATIENCE + 1
    assert stands(sheets, told, "failed")
    assert sheets.settle(10)
    printer.now = "ready"
    assert sheets.settle(10)
    assert printer.printed == []


def test_a_jam_in_the_middle_is_tried_again_and_not_for_ever(
    sheets: Sheets, printer: Printer, told: threading.Condition
) -> None:
    tries = []

    def jam() -> None:
        tries.append(1)
        raise NotPrinted("jammed")

    printer.does = jam
    sheets.put("paper:1", "paper", SLIP)
    assert stands(sheets, told, "failed")
    assert len(tries) == JAMS


def test_a_printer_that_hangs_holds_up_nobody(
    sheets: Sheets, printer: Printer, clock: Clock, told: threading.Condition
) -> None:
    """For a minute and more: what was asked for is given up on the screen, whatever it does."""
    began, goes_on = threading.Event(), threading.Event()

    def hang() -> None:
        began.set()
        goes_on.wait(30)

    printer.does = hang
    sheets.put("paper:1", "paper", SLIP)
    assert began.wait(10)
    assert dict(sheets.standing("ticket-1")) == {"paper:1": "going"}
    sheets.look()
    sheets.put("paper:1", "paper", SLIP)
    clock.now += PATIENCE + 1
    assert dict(sheets.standing("ticket-1")) == {"paper:1": "failed"}
    goes_on.set()
    # It came out after all, and that is what is told.
    assert stands(sheets, told, "done")


def test_a_sheet_that_cannot_be_made_is_given_up(
    sheets: Sheets, printer: Printer, told: threading.Condition
) -> None:
    def broken() -> None:
        raise RuntimeError

    printer.does = broken
    sheets.put("paper:1", "paper", SLIP)
    assert stands(sheets, told, "failed")


def test_a_way_that_is_not_here_prints_nothing(sheets: Sheets) -> None:
    sheets.put("braille:1", "braille", SLIP)
    assert sheets.standing("ticket-1") == ()


def test_looking_tells_how_a_printer_is(sheets: Sheets, printer: Printer) -> None:
    printer.now = "open"
    sheets.look()
    assert sheets.settle(10)
    assert sheets.states == {"paper": "open"}
