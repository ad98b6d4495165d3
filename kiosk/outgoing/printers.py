"""What prints, and what is in its way: the port, no printer, and one in memory."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

from kiosk.outgoing.paper import Paper

#: How a printer is; all but the first keep it from printing until somebody has been there.
PrinterState = Literal["ready", "no_paper", "open", "unplugged", "jammed"]


class NotPrinted(Exception):
    """It didn't come out. `state` says why, as far as the printer does."""

    code = "not_printed"

    def __init__(self, state: PrinterState, found: str = "") -> None:
        self.state = state
        super().__init__(f"{state}: {found}" if found else state)


T_contra = TypeVar("T_contra", contravariant=True)


class Printer(Protocol[T_contra]):
    """Each call takes bounded time, and is made by one thread alone. What it prints is a `Paper`,
    or BRF in bytes where it embosses."""

    def state(self) -> PrinterState:
        """How it is now. Never raises."""
        ...

    def print(self, paper: T_contra, /) -> None:
        """Return once it came out, as far as the printer tells. Raises `NotPrinted`."""
        ...


def file_state(path: str) -> PrinterState:
    """Whether a device's file is there for this user; it tells nothing more."""
    there = os.access(path, os.W_OK) and not os.path.isdir(path)
    return "ready" if there else "unplugged"


class NullPrinter:
    """There is none."""

    def state(self) -> PrinterState:
        return "unplugged"

    def print(self, paper: object, /) -> None:
        raise NotPrinted("unplugged", "no printer is set")


@dataclass
class MemoryPrinter:
    """Keeps what was printed. `now` is its state."""

    now: PrinterState = "ready"
    printed: list[Paper] = field(default_factory=list)

    def state(self) -> PrinterState:
        return self.now

    def print(self, paper: Paper) -> None:
        if self.now != "ready":
            raise NotPrinted(self.now)
        self.printed.append(paper)
