"""The paper in braille, for an embosser or a braille label printer."""

from __future__ import annotations

from collections.abc import Iterator

from braille.brf import USUAL, Sheet, folded, pages
from kiosk.outgoing.cups import CupsQueue
from kiosk.outgoing.paper import contents
from kiosk.outgoing.printers import NotPrinted, PrinterState, file_state
from kiosk.senses.cells.render import Script
from kiosk.session.taking import Slip


def brf_of(slip: Slip, branch: str, script: Script, sheet: Sheet = USUAL) -> bytes:
    """The paper's lines as BRF. Raises `braille.cells.NoCell`."""
    return pages(_lines(slip, branch, script, sheet), sheet).encode("ascii")


def _lines(slip: Slip, branch: str, script: Script, sheet: Sheet) -> Iterator[str]:
    for said, look in contents(slip, branch):
        if look == "heading":
            yield ""
        yield from folded(script.cells(said), sheet.cells)


class CupsEmbosser:
    """An embosser that CUPS knows: it is given BRF as it is."""

    def __init__(self, queue: CupsQueue) -> None:
        self._queue = queue

    def state(self) -> PrinterState:
        return self._queue.state()

    def print(self, sheet: bytes) -> None:
        self._queue.send(sheet, ["-o", "raw"])


class FileEmbosser:
    """The file of an embosser's device, such as /dev/usb/lp1: it tells only that it is there."""

    def __init__(self, path: str) -> None:
        self._path = path

    def state(self) -> PrinterState:
        return file_state(self._path)

    def print(self, sheet: bytes) -> None:
        if self.state() != "ready":
            raise NotPrinted("unplugged", "it isn't there")
        try:
            with open(self._path, "wb") as device:
                device.write(sheet)
        except OSError as error:
            raise NotPrinted("unplugged", error.strerror or type(error).__name__) from error
