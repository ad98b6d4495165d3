"""Printing on a receipt printer by ESC/POS: over USB, a socket, or a device's file."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from kiosk.outgoing.paper import Paper
from kiosk.outgoing.printers import NotPrinted, PrinterState, file_state
from kiosk.outgoing.raster import picture
from kiosk.senses.cells.pdf import FontMissing

#: Of python-escpos: a printer of 80 mm paper with 576 dots and a cutter.
PROFILE = "TM-T20II"
#: So long a printer has to answer, and to print what it was sent (seconds).
ANSWERS, PRINTS = 3.0, 20.0
#: DLE EOT n, the state at this moment; GS r 1, which is answered after all that came before it.
_ASK = b"\x10\x04"
_IS_DONE = b"\x1dr\x01"
#: What every answer to DLE EOT has, and where.
_FIXED, _MASK = 0x12, 0x93
#: By the n of the question: a bit of the answer, and what it means. The first that is set counts.
BITS: tuple[tuple[int, int, PrinterState], ...] = (
    (2, 0x04, "open"),
    (4, 0x60, "no_paper"),
    (2, 0x20, "no_paper"),
    (3, 0x2C, "jammed"),
    (2, 0x40, "jammed"),
)
#: Opens the device. Raises whatever its library does.
Open = Callable[[], Any]


class EscposPrinter:
    """A printer that answers, so that it is known what became of a sheet."""

    def __init__(self, open_device: Open, *, set_timeout: Callable[[Any, float], None]) -> None:
        self._open = open_device
        self._set_timeout = set_timeout

    def state(self) -> PrinterState:
        try:
            found: PrinterState = self._with_device(self._state)
        except Exception:
            # Each way to a printer has errors of its own; of all of them it can't be reached.
            return "unplugged"
        return found

    def print(self, paper: Paper) -> None:
        drawn = _picture(paper)
        try:
            self._with_device(lambda device: self._print(device, drawn))
        except NotPrinted:
            raise
        except Exception as error:
            raise NotPrinted("unplugged", type(error).__name__) from error

    def _print(self, device: Any, drawn: Any) -> None:
        if (state := self._state(device)) != "ready":
            raise NotPrinted(state)
        send(device, drawn)
        self._set_timeout(device, PRINTS)
        try:
            answered = device.query_status(_IS_DONE)
        except Exception as error:
            answered, why = b"", type(error).__name__
        else:
            why = "it went away"
        if not answered:
            self._set_timeout(device, ANSWERS)
            state = self._state(device)
            raise NotPrinted("jammed" if state == "ready" else state, why)

    def _state(self, device: Any) -> PrinterState:
        self._set_timeout(device, ANSWERS)
        answers: dict[int, int] = {}
        for question, bits, state in BITS:
            if question not in answers:
                answers[question] = _asked(device, question)
            if answers[question] & bits:
                return state
        return "ready"

    def _with_device(self, work: Callable[[Any], Any]) -> Any:
        device = self._open()
        try:
            return work(device)
        finally:
            with suppress(Exception):
                device.close()


class FilePrinter:
    """A device's file, such as /dev/usb/lp0: it tells nothing but that it is there."""

    def __init__(self, path: str, open_device: Open) -> None:
        self._path = path
        self._open = open_device

    def state(self) -> PrinterState:
        return file_state(self._path)

    def print(self, paper: Paper) -> None:
        if self.state() != "ready":
            # Opened to be written, a file that isn't there would be made.
            raise NotPrinted("unplugged", "it isn't there")
        drawn = _picture(paper)
        try:
            device = self._open()
            try:
                send(device, drawn)
            finally:
                device.close()
        except Exception as error:
            raise NotPrinted("unplugged", type(error).__name__) from error


def send(device: Any, drawn: Any) -> None:
    """Begin anew, print a picture, cut."""
    device.hw("INIT")
    device.image(drawn)
    device.cut(mode="PART")


def _picture(paper: Paper) -> Any:
    try:
        return picture(paper)
    except FontMissing as error:
        raise NotPrinted("unplugged", str(error)) from error


def _asked(device: Any, question: int) -> int:
    """One byte of state. Raises `NotPrinted` for an answer that is none."""
    answer = bytes(device.query_status(_ASK + bytes([question])))
    if not answer or answer[-1] & _MASK != _FIXED:
        raise NotPrinted("unplugged", "no answer that a printer gives")
    return answer[-1]


def over_network(host: str, port: int) -> EscposPrinter:
    def opened() -> Any:
        from escpos.printer import Network

        device = Network(host, port, timeout=ANSWERS, profile=PROFILE)
        # Its own way to open leaves a socket behind where nobody answers.
        device.device = socket.create_connection((host, port), timeout=ANSWERS)
        return device

    def timed(device: Any, seconds: float) -> None:
        device.device.settimeout(seconds)

    return EscposPrinter(opened, set_timeout=timed)


def over_usb(vendor: int, product: int) -> EscposPrinter:
    def opened() -> Any:
        from escpos.printer import Usb

        device = Usb(vendor, product, timeout=round(PRINTS * 1000), profile=PROFILE)
        device.open()
        return device

    def timed(device: Any, seconds: float) -> None:
        device.device.default_timeout = round(seconds * 1000)

    return EscposPrinter(opened, set_timeout=timed)


def over_file(path: str) -> FilePrinter:
    def opened() -> Any:
        from escpos.printer import File

        device = File(path, profile=PROFILE)
        device.open()
        return device

    return FilePrinter(path, opened)
