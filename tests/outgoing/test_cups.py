"""Printing by CUPS: what `lpstat` says is understood, and a real server gets each sheet once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.outgoing import cups as room
from kiosk.outgoing.cups import CupsPrinter, CupsQueue, state_of
from kiosk.outgoing.embossing import CupsEmbosser
from kiosk.outgoing.paper import Line, Paper
from kiosk.outgoing.printers import NotPrinted, PrinterState
from tests.support.cups import NAME, Server, cups, needs_cups

PAPER = Paper("zh-CN", "A023", (Line("您的号", "heading"), Line("A023", "number")))
IDLE = "printer P is idle.  enabled since Fri 27 Nov 2026 04:47:25 AM UTC\n\tAlerts: {}\n"
OFF = "printer P disabled since Fri 27 Nov 2026 04:47:25 AM UTC -\n\tPaused\n\tAlerts: paused\n"

SAID: tuple[tuple[str, PrinterState], ...] = (
    (IDLE.format("none"), "ready"),
    (IDLE.format("media-empty-error"), "no_paper"),
    (IDLE.format("media-needed"), "no_paper"),
    (IDLE.format("toner-low-report media-low-warning"), "ready"),
    (IDLE.format("cover-open"), "open"),
    (IDLE.format("door-open-error, media-empty"), "no_paper"),
    (IDLE.format("media-jam-warning media-empty"), "jammed"),
    (IDLE.format("offline-report"), "unplugged"),
    (IDLE.format("connecting-to-device"), "unplugged"),
    (OFF, "unplugged"),
    ("", "ready"),
)


@pytest.mark.parametrize(("said", "state"), SAID)
def test_what_lpstat_says_is_understood(said: str, state: PrinterState) -> None:
    assert state_of(said) == state


class Commands:
    """CUPS' commands in memory: a sheet stays open for so many looks."""

    def __init__(self, open_for: int, alerts: str = "none") -> None:
        self.open_for, self.alerts = open_for, alerts
        self.run_: list[str] = []
        self.now = 0.0

    def run(self, words: list[str], given: bytes) -> tuple[int, str]:
        self.run_.append(words[0])
        if words[0] == "lp":
            return 0, "request id is P-7 (1 file(s))\n"
        if "-o" in words:
            self.open_for -= 1
            return 0, "P-7   root  1024 Fri\n" if self.open_for > 0 else ""
        return 0, IDLE.format(self.alerts)

    def queue(self) -> CupsQueue:
        return CupsQueue("P", run=self.run, pause=self._pause, clock=lambda: self.now)

    def _pause(self, seconds: float) -> None:
        self.now += seconds


def test_it_waits_until_the_sheet_is_out() -> None:
    commands = Commands(open_for=4)
    commands.queue().send(b"sheet", [])
    assert commands.run_.count("lp") == 1
    assert "cancel" not in commands.run_


def test_what_stays_in_the_way_takes_the_sheet_back() -> None:
    commands = Commands(open_for=1000, alerts="media-empty")
    with pytest.raises(NotPrinted) as refused:
        commands.queue().send(b"sheet", [])
    assert refused.value.state == "no_paper"
    assert commands.run_[-1] == "cancel"
    assert commands.now < room.PRINTS


def test_what_was_in_the_way_of_the_sheet_before_keeps_none_back() -> None:
    """CUPS still tells it, until the device says otherwise."""
    Commands(open_for=3, alerts="media-empty").queue().send(b"sheet", [])


def test_a_sheet_that_never_comes_is_taken_back() -> None:
    commands = Commands(open_for=1000)
    with pytest.raises(NotPrinted) as refused:
        commands.queue().send(b"sheet", [])
    assert refused.value.state == "jammed"
    assert commands.run_[-1] == "cancel"


def test_no_cups_is_unplugged() -> None:
    def run(words: list[str], given: bytes) -> tuple[int, str]:
        raise FileNotFoundError(words[0])

    queue = CupsQueue("P", run=run)
    assert queue.state() == "unplugged"
    with pytest.raises(NotPrinted):
        queue.send(b"sheet", [])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with cups() as found:
        monkeypatch.setenv("CUPS_SERVER", str(found.socket))
        yield found


@needs_cups
@pytest.mark.device
def test_a_real_server_prints_the_pdf(server: Server, tmp_path: Path) -> None:
    printer = CupsPrinter(CupsQueue(NAME), "a5")
    assert printer.state() == "ready"
    printer.print(PAPER)
    (sheet,) = server.out
    assert sheet.startswith(b"%PDF-")


@needs_cups
@pytest.mark.device
def test_a_real_embosser_gets_its_bytes_as_they_are(server: Server) -> None:
    CupsEmbosser(CupsQueue(NAME)).print(b"#ABC\r\n\f")
    assert server.out == [b"#ABC\r\n\f"]


@needs_cups
@pytest.mark.device
def test_a_real_server_without_paper_says_so_and_prints_once_it_has_some(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = CupsPrinter(CupsQueue(NAME), "a5")
    server.trouble("media-empty")
    monkeypatch.setattr(room, "LASTS", 1.0)
    with pytest.raises(NotPrinted) as refused:
        printer.print(PAPER)
    assert refused.value.state == "no_paper"
    monkeypatch.setattr(room, "LASTS", 30.0)
    refilled = threading.Timer(1.0, server.trouble, ("",))
    refilled.start()
    printer.print(PAPER)
    assert len(server.out) == 1


@needs_cups
@pytest.mark.device
def test_a_printer_that_cups_does_not_know_is_unplugged(server: Server) -> None:
    assert CupsQueue("NO_SUCH").state() == "unplugged"
