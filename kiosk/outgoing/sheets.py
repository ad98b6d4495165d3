"""Sheets under way: each once, in order, on a thread of its own for each device.

What waits for somebody (no paper, an open cover) is tried again until its time is over; then it is
given up, so that no sheet comes out beside a customer it isn't for.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import structlog

from kiosk.mailbox import Mailbox
from kiosk.outgoing.printers import NotPrinted, Printer, PrinterState
from kiosk.session.taking import Slip, Standing

log = structlog.get_logger()

T = TypeVar("T")

#: A sheet is given up after so long (seconds).
PATIENCE = 90.0
#: Between two looks at a printer that waits for somebody (seconds).
PAUSE = 1.0
#: A sheet that may have begun to come out is tried so often.
JAMS = 3
#: Sheets that are remembered; who asked for one before has long gone.
REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Device:
    """A printer with what makes its sheets."""

    state: Callable[[], PrinterState]
    print: Callable[[Slip], None]


def device(printer: Printer[T], make: Callable[[Slip], T]) -> Device:
    return Device(printer.state, lambda slip: printer.print(make(slip)))


@dataclass(frozen=True, slots=True)
class _Job:
    standing: Standing
    #: Until when it is tried, by the monotonic clock.
    until: float


class Sheets:
    """Safe to use from any thread; nothing but its own threads waits for a device."""

    def __init__(
        self,
        devices: Mapping[str, Device],
        on_change: Callable[[], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        inline: bool = False,
    ) -> None:
        self._devices = devices
        self._on_change = on_change
        self._clock = clock
        self._lock = threading.Lock()
        self._jobs: dict[tuple[str, str], _Job] = {}
        self._states: dict[str, PrinterState] = {}
        self._stop = threading.Event()
        self._boxes = {way: Mailbox(f"sheets-{way}", inline=inline) for way in devices}
        self._asked: set[str] = set()

    @property
    def ways(self) -> frozenset[str]:
        return frozenset(self._devices)

    @property
    def states(self) -> Mapping[str, PrinterState]:
        """How each device was when it was last looked at."""
        with self._lock:
            return dict(self._states)

    def standing(self, ticket_id: str) -> tuple[tuple[str, Standing], ...]:
        """How the sheets of a ticket stand; what a device hangs on is given up all the same."""
        now = self._clock()
        with self._lock:
            return tuple(
                (name, job.standing if job.standing == "done" or now < job.until else "failed")
                for (ticket, name), job in self._jobs.items()
                if ticket == ticket_id
            )

    def put(self, name: str, way: str, slip: Slip) -> None:
        """Print a sheet, once; what a name of a ticket was put for before is under way or done."""
        key = (slip.ticket_id, name)
        with self._lock:
            if key in self._jobs or way not in self._devices:
                return
            self._jobs[key] = _Job("going", self._clock() + PATIENCE)
            while len(self._jobs) > REMEMBERED:
                del self._jobs[next(iter(self._jobs))]
        self._boxes[way].post(partial(self._work, key, way, slip))

    def look(self) -> None:
        """Ask each device how it is, unless it has been asked and hasn't answered. Never waits."""
        for way, box in self._boxes.items():
            box.check()
            with self._lock:
                if way in self._asked:
                    continue
                self._asked.add(way)
            box.post(partial(self._ask, way))

    def settle(self, timeout: float) -> bool:
        """Wait until nothing is under way; False if something still is."""
        return all(box.settle(timeout) for box in self._boxes.values())

    def close(self) -> None:
        self._stop.set()
        for box in self._boxes.values():
            box.close()

    def _work(self, key: tuple[str, str], way: str, slip: Slip) -> None:
        """Try until it is out or its time is over."""
        until = self._jobs[key].until if key in self._jobs else 0.0
        jams, printer = 0, self._devices[way]
        while self._clock() < until and jams < JAMS and not self._stop.is_set():
            state = self._try(printer, slip)
            jams += state == "jammed"
            self._found(way, state)
            self._note(key, "done" if state == "ready" else state)
            if state == "ready":
                return
            self._stop.wait(PAUSE)
        log.warning("sheet.given_up", way=way)
        self._note(key, "failed")

    def _try(self, printer: Device, slip: Slip) -> PrinterState:
        try:
            printer.print(slip)
        except NotPrinted as error:
            log.warning("sheet.not_printed", state=error.state, why=str(error))
            return error.state
        except Exception as error:
            # A paper that can't be made is no customer's fault, and trying again changes nothing.
            log.exception("sheet.failed", error=type(error).__name__)
            return "jammed"
        return "ready"

    def _ask(self, way: str) -> None:
        state = self._devices[way].state()
        with self._lock:
            self._asked.discard(way)
        self._found(way, state)

    def _found(self, way: str, state: PrinterState) -> None:
        with self._lock:
            changed = self._states.get(way) != state
            self._states[way] = state
        if changed:
            log.info("printer.state", way=way, state=state)
            self._on_change()

    def _note(self, key: tuple[str, str], standing: Standing) -> None:
        with self._lock:
            job = self._jobs.get(key)
            if job is None or job.standing == standing:
                return
            until = 0.0 if standing == "failed" else job.until
            self._jobs[key] = replace(job, standing=standing, until=until)
        self._on_change()
