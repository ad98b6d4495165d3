"""The thread that owns the connection to BRLTTY, with a server made by hand."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import cast

import pytest

from braille.displays import brlapi
from braille.displays.brlapi import BrlapiDisplay
from braille.displays.connection import Server
from braille.displays.ports import Attached, DisplayEvent, Moved

#: BRLTTY's command for one window to the right.
RIGHT = 0x20000018


class Line:
    """A connection that the test types on."""

    columns = 20
    keys: list[int]

    def __init__(self, server: Server) -> None:
        self.file, self._far = os.pipe()

    def key(self) -> int | None:
        return self.keys.pop() if self.keys else None

    def write(self, line: str) -> None:
        if line == "breaks":
            raise ZeroDivisionError

    def is_online(self) -> bool:
        return True

    def blank(self) -> None: ...

    def close(self) -> None:
        os.close(self.file)
        os.close(self._far)


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[BrlapiDisplay]:
    monkeypatch.setattr(Line, "keys", [], raising=False)
    monkeypatch.setattr(brlapi, "Connection", Line)
    monkeypatch.setattr(brlapi, "LONGEST_WAIT", 0.05)
    monkeypatch.setattr(BrlapiDisplay, "_be_guarded", lambda display: None)
    made = BrlapiDisplay(cast("Server", None))
    yield made
    made.close()


def until(come: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not come():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


def test_whoever_is_told_may_fail_and_the_next_key_counts(display: BrlapiDisplay) -> None:
    told: list[DisplayEvent] = []

    def fails(event: DisplayEvent) -> None:
        told.append(event)
        raise ZeroDivisionError

    display.start(fails)
    until(lambda: told == [Attached(20)])
    for count in (1, 2):
        Line.keys.append(RIGHT)
        display.write("")
        until(lambda: told.count(Moved("right")) == count)  # noqa: B023 (called at once)


def test_what_breaks_costs_the_connection_and_it_is_made_again(display: BrlapiDisplay) -> None:
    told: list[DisplayEvent] = []
    display.start(told.append)
    until(lambda: told == [Attached(20)])
    display.write("breaks")
    until(lambda: told.count(Attached(20)) == 2)
