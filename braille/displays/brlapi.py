"""Displays through BRLTTY, as a client of its server.

One thread owns the connection: it connects and reconnects with back-off, writes the latest line,
reads keys. A guard of its own process blanks the cells if ours ends without doing so.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress

import structlog

from braille.chords import Chord
from braille.displays.connection import (
    COMMAND,
    PASSDOTS,
    BrlapiMissing,
    Connection,
    ConnectionFailed,
    Server,
)
from braille.displays.ports import (
    MAX_CELLS,
    Attached,
    Detached,
    DisplayEvent,
    Listener,
    Moved,
    Routed,
    Typed,
)

log = structlog.get_logger()

#: Seconds between attempts to connect: the first, and the longest.
FIRST_WAIT, LONGEST_WAIT = 0.25, 5.0
#: Seconds between two looks at whether the device is still there.
LOOK_EVERY = 0.5
#: Seconds between two writes: displays need about this long to move their pins.
WRITE_EVERY = 0.02

#: brlapi_keycodes.h: braille commands and X keys are told apart by these bits.
_TYPE, _BLOCK, _ARGUMENT = 0xE0000000, 0x1FFF0000, 0xFFFF
_ROUTE = 0x00010000

#: Commands of BRLTTY's key tables that move the window.
MOVES: Mapping[int, str] = {0x17: "left", 0x18: "right", 0x01: "up", 0x02: "down", 0x1D: "home"}
#: BRLTTY turns chords with space into X keys or its own commands; back to the chords that were
#: typed. While the kiosk has the display it is given the commands instead of BRLTTY itself.
CHORDS: Mapping[int, Chord] = {
    0xFF52: Chord.of("1", space=True),
    0xFF54: Chord.of("4", space=True),
    0xFF51: Chord.of("3", space=True),
    0xFF53: Chord.of("6", space=True),
    0xFF1B: Chord.of("26", space=True),
    0xFF09: Chord.of("45", space=True),
    0xFF55: Chord.of("23", space=True),
    0xFF56: Chord.of("56", space=True),
    0xFF50: Chord.of("2", space=True),
    0xFF57: Chord.of("5", space=True),
    0xFFFF: Chord.of("256", space=True),
    0xFF63: Chord.of("35", space=True),
    0xFF08: Chord.of("7"),
    0xFF0D: Chord.of("8"),
    0x20000020: Chord.of("124", space=True),
    0x20000021: Chord.of("145", space=True),
    0x20000023: Chord.of("2456", space=True),
    0x20000024: Chord.of("24", space=True),
    0x20000026: Chord.of("14", space=True),
    0x20000028: Chord.of("2345", space=True),
    0x2000002B: Chord.of("136", space=True),
    0x2000002F: Chord.of("1235", space=True),
    0x20000031: Chord.of("125", space=True),
    0x20000032: Chord.of("234", space=True),
    0x20000033: Chord.of("123", space=True),
    0x20000034: Chord.of("1234", space=True),
    0x20000048: Chord.of("1236", space=True),
    0x20000049: Chord.of("1346", space=True),
    0x20000099: Chord.of("1245", space=True),
}
#: Two chords of one command, told apart by a flag: six dots on, and off.
_COMPUTER_BRAILLE, _TOGGLED_ON = 0x2000009A, 0x0100_0000_0000
_SIX, _EIGHT = Chord.of("235", space=True), Chord.of("236", space=True)


def event_of(key: int) -> DisplayEvent | None:
    """What a key code of BrlAPI means here, if anything."""
    code = key & 0xFFFFFFFF
    if code == _COMPUTER_BRAILLE:
        return Typed(_SIX if key & _TOGGLED_ON else _EIGHT)
    if code in CHORDS:
        return Typed(CHORDS[code])
    if code & _TYPE != COMMAND:
        return None
    if code & _BLOCK == PASSDOTS:
        dots = code & 0xFF
        return Typed(Chord(dots, space=not dots))
    if code & _BLOCK == _ROUTE:
        return Routed(code & _ARGUMENT)
    way = MOVES.get(code & ~_TYPE)
    return Moved(way) if way else None


class BrlapiDisplay:
    """BRLTTY's display, whatever becomes of it: unplugged, plugged in, its server gone and back."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._lock = threading.Lock()
        self._line = ""
        self._fresh = False
        self._closing = False
        self._listener: Listener = lambda event: None
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)
        self._thread = threading.Thread(target=self._run, name="brlapi", daemon=True)
        self._columns = 0
        self._why = ""
        self._guard: subprocess.Popen[bytes] | None = None

    @property
    def cells(self) -> int:
        return min(self._columns, MAX_CELLS)

    def start(self, listener: Listener) -> None:
        self._listener = listener
        self._thread.start()

    def write(self, line: str) -> None:
        with self._lock:
            self._line, self._fresh = line, True
        if not self._closing:
            self._wake()

    def close(self) -> None:
        if self._closing:
            return
        self._closing = True
        self._wake()
        if self._thread.is_alive():
            self._thread.join(timeout=5)
        if not self._thread.is_alive():
            os.close(self._wake_read)
            os.close(self._wake_write)
        if self._guard is not None:
            self._guard.communicate(b"done", timeout=5)

    def _wake(self) -> None:
        # A full pipe wakes as well.
        with suppress(BlockingIOError):
            os.write(self._wake_write, b"!")

    def _run(self) -> None:
        wait = FIRST_WAIT
        while not self._closing:
            try:
                connection = Connection(self._server)
            except (BrlapiMissing, ConnectionFailed) as error:
                self._tell_why(str(error))
                self._sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
                continue
            wait = FIRST_WAIT
            try:
                self._serve(connection)
            except Exception as error:
                # The display is looked for again whatever became of it.
                log.exception("braille.failed", error=type(error).__name__)
                self._sleep(LONGEST_WAIT)

    def _serve(self, connection: Connection) -> None:
        self._be_guarded()
        self._columns, self._why = connection.columns, ""
        log.info("braille.display", cells=connection.columns)
        reason = "closed"
        self._fresh = False
        try:
            self._happened(Attached(self.cells))
            self._loop(connection)
            connection.blank()
        except ConnectionFailed as error:
            reason = str(error)
            log.warning("braille.display_lost", reason=reason)
        finally:
            self._columns = 0
            connection.close()
        self._happened(Detached(reason))

    def _happened(self, event: DisplayEvent) -> None:
        try:
            self._listener(event)
        except Exception as error:
            # The next key counts whatever became of this one.
            log.exception("braille.listener_failed", error=type(error).__name__)

    def _be_guarded(self) -> None:
        """Start the guard, once there is something to blank."""
        if self._guard is not None and self._guard.poll() is None:
            return
        command = [sys.executable, "-m", "braille.displays.guard"]
        command += [self._server.host, self._server.auth]
        # A session of its own: what ends the kiosk from a terminal must not end its guard.
        self._guard = subprocess.Popen(  # noqa: S603 (our own module, our own settings)
            command, stdin=subprocess.PIPE, start_new_session=True
        )

    def _loop(self, connection: Connection) -> None:
        looked = time.monotonic()
        while not self._closing:
            until = max(0.0, looked + LOOK_EVERY - time.monotonic())
            select.select([connection.file, self._wake_read], [], [], until)
            self._drain()
            while (key := connection.key()) is not None:
                found = event_of(key)
                if found is not None:
                    self._happened(found)
            if self._write_latest(connection):
                time.sleep(WRITE_EVERY)
            if time.monotonic() - looked >= LOOK_EVERY:
                looked = time.monotonic()
                if not connection.is_online():
                    raise ConnectionFailed("the display was unplugged")

    def _write_latest(self, connection: Connection) -> bool:
        with self._lock:
            line, fresh = self._line, self._fresh
            self._fresh = False
        if fresh:
            connection.write(line)
        return fresh

    def _drain(self) -> None:
        while select.select([self._wake_read], [], [], 0)[0]:
            os.read(self._wake_read, 4096)

    def _sleep(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while not self._closing and time.monotonic() < ends:
            select.select([self._wake_read], [], [], max(0.0, ends - time.monotonic()))
            self._drain()

    def _tell_why(self, why: str) -> None:
        if why != self._why:
            self._why = why
            log.info("braille.no_display", reason=why)
