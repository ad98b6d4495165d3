"""Displays through BRLTTY, as a client of its server: over `libbrlapi.so.0.8`.

One thread owns the connection: it connects and reconnects with back-off, writes the latest line,
reads keys. BRLTTY shows nothing of a client that dies, so a crash leaves no text on the cells.
"""

from __future__ import annotations

import ctypes
import os
import select
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import structlog

from braille.cells import BLANK, to_bytes
from braille.chords import Chord
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

LIBRARY = "libbrlapi.so.0.8"
#: Seconds between attempts to connect: the first, and the longest.
FIRST_WAIT, LONGEST_WAIT = 0.25, 5.0
#: Seconds between two looks at whether the device is still there.
LOOK_EVERY = 0.5
#: Seconds between two writes: displays need about this long to move their pins.
WRITE_EVERY = 0.02
#: Seconds until BRLTTY has passed on what was written last.
BLANK_TAKES = 0.06

#: brlapi_keycodes.h: braille commands and X keys are told apart by these bits.
_TYPE, _COMMAND = 0xE0000000, 0x20000000
_BLOCK, _ARGUMENT = 0x1FFF0000, 0xFFFF
_ROUTE, _PASSDOTS = 0x00010000, 0x00220000
#: brlapi_rangeType_command: one command with whatever argument.
_RANGE_COMMAND = 2
#: brlapi_param.h: whether the device is there, its columns and rows, its driver and model.
_DEVICE_ONLINE, _DISPLAY_SIZE, _DRIVER_NAME, _DEVICE_MODEL = 9, 6, 2, 5

#: Commands of BRLTTY's key tables that move the window.
MOVES: Mapping[int, str] = {0x17: "left", 0x18: "right", 0x01: "up", 0x02: "down", 0x1D: "home"}
#: BRLTTY turns chords with space into X keys; back to the chords that were typed.
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
    0xFF08: Chord.of("7"),
    0xFF0D: Chord.of("8"),
    0x20000031: Chord.of("125", space=True),
}


class BrlapiMissing(RuntimeError):
    """libbrlapi isn't on this machine. The message says what to install."""


class ConnectionFailed(OSError):
    """BRLTTY can't be reached, or shows nothing. The message says which."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where BRLTTY listens (``host:number``, number 0 is port 4101), and how it knows us."""

    host: str = ":0"
    auth: str = ""


class _Settings(ctypes.Structure):
    _fields_ = (("auth", ctypes.c_char_p), ("host", ctypes.c_char_p))


_Handler = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_int, ctypes.c_int32, ctypes.c_void_p, ctypes.c_size_t
)


class Connection:
    """One connection to BRLTTY. For one thread."""

    def __init__(self, server: Server) -> None:
        """Connect and take the whole display. Raises `BrlapiMissing`, `ConnectionFailed`."""
        self._library = _library()
        self._handle = ctypes.create_string_buffer(self._library.brlapi_getHandleSize())
        settings = _Settings(server.auth.encode() or None, server.host.encode() or None)
        opened = self._library.brlapi__openConnection(self._handle, ctypes.byref(settings), None)
        if opened < 0:
            raise ConnectionFailed(f"no BRLTTY at {server.host}: {self._error()}")
        # Its own handler of late errors ends the process.
        self._handler = _Handler(self._failed_late)
        self._library.brlapi__setExceptionHandler(self._handle, self._handler)
        self._late = ""
        try:
            self.columns = self._columns()
            self._call(
                "brlapi__enterTtyModeWithPath", None, 0, None, what="the display can't be taken"
            )
            keys = (ctypes.c_uint64 * 1)(_COMMAND | _PASSDOTS)
            self._call("brlapi__acceptKeys", _RANGE_COMMAND, keys, 1, what="no braille keys")
        except ConnectionFailed:
            self.close()
            raise

    @property
    def file(self) -> int:
        """To wait on until keys may have come."""
        return int(self._library.brlapi__getFileDescriptor(self._handle))

    @property
    def driver(self) -> str:
        """What BRLTTY calls the display: its driver and model."""
        parts = (self._parameter(number) for number in (_DRIVER_NAME, _DEVICE_MODEL))
        return " ".join(part.decode("utf-8", "replace") for part in parts if part)

    def write(self, line: str) -> None:
        """Show cells; the rest is blank. Raises `ConnectionFailed`."""
        raw = to_bytes(line[: self.columns].ljust(self.columns, BLANK))
        self._call("brlapi__writeDots", raw, what="writing failed")

    def blank(self) -> None:
        """Blank the cells and wait until they are: what BRLTTY is left with stays on them."""
        self.write("")
        self._parameter(_DEVICE_ONLINE)
        time.sleep(BLANK_TAKES)

    def key(self) -> int | None:
        """The next key, or None while there is none. Raises `ConnectionFailed`."""
        found = ctypes.c_uint64()
        got = self._call("brlapi__readKey", 0, ctypes.byref(found), what="reading keys failed")
        return found.value if got else None

    def is_online(self) -> bool:
        """Whether BRLTTY has its device, with the cells it had. Raises `ConnectionFailed`."""
        return self._parameter(_DEVICE_ONLINE)[:1] == b"\x01" and self._columns() == self.columns

    def close(self) -> None:
        self._library.brlapi__leaveTtyMode(self._handle)
        self._library.brlapi__closeConnection(self._handle)

    def _columns(self) -> int:
        raw = self._parameter(_DISPLAY_SIZE)
        columns = int.from_bytes(raw[:4], "little")
        if not columns:
            raise ConnectionFailed("BRLTTY runs, but no display is plugged in")
        return columns

    def _parameter(self, number: int) -> bytes:
        out = ctypes.create_string_buffer(64)
        length = self._library.brlapi__getParameter(
            self._handle, number, ctypes.c_uint64(0), 1, out, ctypes.c_size_t(len(out))
        )
        if length < 0:
            raise ConnectionFailed(f"BRLTTY is gone: {self._error()}")
        return out.raw[:length]

    def _call(self, name: str, *arguments: object, what: str) -> int:
        done = int(getattr(self._library, name)(self._handle, *arguments))
        if done < 0 or self._late:
            raise ConnectionFailed(f"{what}: {self._late or self._error()}")
        return done

    def _error(self) -> str:
        said = self._library.brlapi_strerror(self._library.brlapi_error_location())
        return str(bytes(said).decode("utf-8", "replace"))

    def _failed_late(
        self, handle: object, error: int, kind: int, packet: object, size: int
    ) -> None:
        self._late = f"BRLTTY refused a packet (error {error})"


def _library() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError as error:
        raise BrlapiMissing(f"no {LIBRARY} here; apt-get install libbrlapi0.8") from error
    library.brlapi_error_location.restype = ctypes.c_void_p
    library.brlapi_strerror.restype = ctypes.c_char_p
    library.brlapi_strerror.argtypes = [ctypes.c_void_p]
    library.brlapi__getParameter.restype = ctypes.c_ssize_t
    return library


def event_of(key: int) -> DisplayEvent | None:
    """What a key code of BrlAPI means here, if anything."""
    code = key & 0xFFFFFFFF
    if code in CHORDS:
        return Typed(CHORDS[code])
    if code & _TYPE != _COMMAND:
        return None
    if code & _BLOCK == _PASSDOTS:
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
            self._serve(connection)

    def _serve(self, connection: Connection) -> None:
        self._columns, self._why = connection.columns, ""
        log.info("braille.display", cells=connection.columns)
        reason = "closed"
        self._fresh = False
        try:
            self._listener(Attached(self.cells))
            self._loop(connection)
            connection.blank()
        except ConnectionFailed as error:
            reason = str(error)
            log.warning("braille.display_lost", reason=reason)
        finally:
            self._columns = 0
            connection.close()
        self._listener(Detached(reason))

    def _loop(self, connection: Connection) -> None:
        looked = time.monotonic()
        while not self._closing:
            until = max(0.0, looked + LOOK_EVERY - time.monotonic())
            select.select([connection.file, self._wake_read], [], [], until)
            self._drain()
            while (key := connection.key()) is not None:
                found = event_of(key)
                if found is not None:
                    self._listener(found)
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
