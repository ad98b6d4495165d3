"""A receipt printer in trouble says which, and a sheet counts only once it came out."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from kiosk.outgoing import receipts
from kiosk.outgoing.paper import Line, Paper
from kiosk.outgoing.printers import NotPrinted, PrinterState
from kiosk.outgoing.receipts import over_file, over_network, over_usb
from tests.support.escpos import Simulator, printer_at_a_socket

PAPER = Paper("zh-CN", "A023", (Line("A023", "number"),))

#: What DLE EOT n answers, and what that means.
TROUBLES: tuple[tuple[int, int, PrinterState], ...] = (
    (2, 0x16, "open"),
    (2, 0x32, "no_paper"),
    (4, 0x72, "no_paper"),
    (2, 0x52, "jammed"),
    (3, 0x1A, "jammed"),
    (3, 0x32, "jammed"),
    (1, 0x16, "ready"),
    (4, 0x1E, "ready"),
)


@pytest.mark.parametrize(("question", "answer", "state"), TROUBLES)
def test_each_state_is_told(question: int, answer: int, state: PrinterState) -> None:
    with printer_at_a_socket() as (simulator, port):
        simulator.answers[question] = answer
        assert over_network("127.0.0.1", port).state() == state


def test_a_printer_in_trouble_is_sent_nothing() -> None:
    with printer_at_a_socket() as (simulator, port):
        simulator.answers[4] = 0x72
        with pytest.raises(NotPrinted) as refused:
            over_network("127.0.0.1", port).print(PAPER)
    assert refused.value.state == "no_paper"
    assert simulator.receipts == []


def test_what_gets_stuck_in_the_middle_did_not_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """It took all the bytes, and then never says that it printed them."""
    monkeypatch.setattr(receipts, "PRINTS", 0.3)
    monkeypatch.setattr(receipts, "ANSWERS", 0.3)
    with printer_at_a_socket() as (simulator, port):
        take = simulator.take

        def stuck(data: bytes) -> bytes:
            said = take(data)
            simulator.hangs = simulator.hangs or b"\x1d" in data
            return b"" if simulator.hangs else said

        simulator.take = stuck  # type: ignore[method-assign]
        with pytest.raises(NotPrinted) as refused:
            over_network("127.0.0.1", port).print(PAPER)
    assert refused.value.state in ("jammed", "unplugged")


def test_nobody_there_is_unplugged() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    printer = over_network("127.0.0.1", port)
    assert printer.state() == "unplugged"
    with pytest.raises(NotPrinted) as refused:
        printer.print(PAPER)
    assert refused.value.state == "unplugged"


def test_what_answers_but_is_no_printer_is_unplugged() -> None:
    with printer_at_a_socket() as (simulator, port):
        simulator.answers = dict.fromkeys((1, 2, 3, 4), 0x41)
        assert over_network("127.0.0.1", port).state() == "unplugged"


def test_no_such_usb_device_is_unplugged() -> None:
    assert over_usb(0xFFFE, 0xFFFE).state() == "unplugged"


def test_a_file_takes_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "lp0"
    assert over_file(str(path)).state() == "unplugged"
    path.touch()
    printer = over_file(str(path))
    assert printer.state() == "ready"
    printer.print(PAPER)
    simulator = Simulator()
    simulator.take(path.read_bytes())
    assert len(simulator.receipts) == 1


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotPrinted):
        over_file(str(tmp_path / "no" / "lp0")).print(PAPER)
