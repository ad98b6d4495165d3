"""Printing a PDF by CUPS: Debian's `lp`, `lpstat` and `cancel`, which speak IPP with its server."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Mapping

import structlog

from kiosk.outgoing.paper import Paper
from kiosk.outgoing.pdf import Size, draw
from kiosk.outgoing.printers import NotPrinted, PrinterState
from kiosk.senses.cells.pdf import FontMissing

log = structlog.get_logger()

#: A command of CUPS answers within this, or its server doesn't (seconds).
ANSWERS = 5.0
#: A sheet is out within this, or is taken back so that it doesn't come for the next customer.
PRINTS = 60.0
#: What is in the way is believed once it lasts: CUPS goes on telling what it saw at the sheet
#: before, until the device says otherwise (seconds).
LASTS = 4.0
#: Between two looks at a job (seconds).
LOOKS = 0.5
MEDIA: Mapping[Size, str] = {"a4": "A4", "a5": "A5", "80mm": "Custom.80x200mm"}
#: What the reasons of a printer mean (RFC 8011, 5.4.12), by how they begin; the first that fits.
REASONS: tuple[tuple[str, PrinterState], ...] = (
    ("media-jam", "jammed"),
    ("media-empty", "no_paper"),
    ("media-needed", "no_paper"),
    ("input-tray-missing", "no_paper"),
    ("cover-open", "open"),
    ("door-open", "open"),
    ("interlock-open", "open"),
    ("offline", "unplugged"),
    ("shutdown", "unplugged"),
    ("connecting-to-device", "unplugged"),
    ("timed-out", "unplugged"),
)
_ALERTS = re.compile(r"^\s*Alerts: (.*)$", re.MULTILINE)
_JOB = re.compile(r"request id is (\S+-\d+)")
#: Runs a command with its input, gives its exit status and what it said. Raises `OSError`.
Run = Callable[[list[str], bytes], tuple[int, str]]


def run(words: list[str], given: bytes) -> tuple[int, str]:
    """A command of CUPS, in the language that we read."""
    try:
        # The program's name is ours, and the printer's was checked by the settings.
        done = subprocess.run(  # noqa: S603
            words,
            input=given,
            capture_output=True,
            timeout=ANSWERS,
            env={**os.environ, "LC_ALL": "C", "SOFTWARE": ""},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -1, "no answer"
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


class CupsQueue:
    """A queue of this machine's CUPS, by its name there."""

    def __init__(
        self,
        name: str,
        *,
        run: Run = run,
        pause: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._run = run
        self._pause = pause
        self._clock = clock

    def state(self) -> PrinterState:
        try:
            code, said = self._run(["lpstat", "-l", "-p", self._name], b"")
        except OSError:
            return "unplugged"
        return state_of(said) if code == 0 else "unplugged"

    def send(self, data: bytes, options: list[str]) -> None:
        """Print it, and wait until it is out. Raises `NotPrinted`."""
        words = ["lp", "-d", self._name, "-t", "wuai", *options, "--", "-"]
        try:
            code, said = self._run(words, data)
        except OSError as error:
            raise NotPrinted("unplugged", str(error)) from error
        found = _JOB.search(said)
        if code != 0 or found is None:
            raise NotPrinted("unplugged", said.strip()[:200])
        self._wait_for(found.group(1))

    def _wait_for(self, job: str) -> None:
        """Until the sheet is out. One that doesn't come is taken back, so that it never comes late
        or twice."""
        began = fine = self._clock()
        state: PrinterState = "ready"
        while (now := self._clock()) - began < PRINTS and now - fine < LASTS:
            if not self._is_open(job):
                return
            state = self.state()
            fine = now if state == "ready" else fine
            self._pause(LOOKS)
        self._take_back(job)
        raise NotPrinted("jammed" if state == "ready" else state)

    def _is_open(self, job: str) -> bool:
        code, said = self._run(["lpstat", "-W", "not-completed", "-o", self._name], b"")
        return code != 0 or any(line.split()[:1] == [job] for line in said.splitlines())

    def _take_back(self, job: str) -> None:
        code, said = self._run(["cancel", job], b"")
        if code != 0:
            log.warning("printer.not_taken_back", said=said.strip()[:200])


class CupsPrinter:
    """Prints in ink: a PDF of one size."""

    def __init__(self, queue: CupsQueue, size: Size) -> None:
        self._queue = queue
        self._size = size

    def state(self) -> PrinterState:
        return self._queue.state()

    def print(self, paper: Paper) -> None:
        try:
            sheet = draw(paper, self._size)
        except FontMissing as error:
            raise NotPrinted("unplugged", str(error)) from error
        self._queue.send(sheet, ["-o", f"media={MEDIA[self._size]}"])


def state_of(said: str) -> PrinterState:
    """The state in what `lpstat -l -p` says."""
    alerts = _ALERTS.search(said)
    reasons = re.split(r"[\s,]+", alerts.group(1)) if alerts else []
    for begins, state in REASONS:
        if any(one.startswith(begins) for one in reasons):
            return state
    head = said.splitlines()[0] if said else ""
    return "unplugged" if " disabled since " in head else "ready"
