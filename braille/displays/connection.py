"""A connection to BRLTTY: a small client over `libbrlapi.so.0.8`, for one thread.

Apart from the display that uses it, so that the guard (`braille.displays.guard`) stays small.
"""

from __future__ import annotations

import ctypes
import time
from dataclasses import dataclass

from braille.cells import BLANK, to_bytes

LIBRARY = "libbrlapi.so.0.8"
#: Seconds until BRLTTY has passed on what was written last.
BLANK_TAKES = 0.06

#: brlapi_keycodes.h: the braille command that carries the dots of a typed cell.
COMMAND, PASSDOTS = 0x20000000, 0x00220000
#: brlapi_rangeType_command: one command with whatever argument.
_RANGE_COMMAND = 2
#: brlapi_param.h: whether the device is there, its columns and rows, its driver and model.
_DEVICE_ONLINE, _DISPLAY_SIZE, _DRIVER_NAME, _DEVICE_MODEL = 9, 6, 2, 5


class BrlapiMissing(RuntimeError):
    """libbrlapi isn't on this machine. The message says what to install."""

    code = "brlapi_missing"


class ConnectionFailed(OSError):
    """BRLTTY can't be reached, or shows nothing. The message says which."""

    code = "braille_connection"


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
        self._library = library()
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
            keys = (ctypes.c_uint64 * 1)(COMMAND | PASSDOTS)
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


def library() -> ctypes.CDLL:
    """BrlAPI's client library. Raises `BrlapiMissing`."""
    try:
        found = ctypes.CDLL(LIBRARY)
    except OSError as error:
        raise BrlapiMissing(f"no {LIBRARY} here; apt-get install brltty libbrlapi0.8") from error
    found.brlapi_error_location.restype = ctypes.c_void_p
    found.brlapi_strerror.restype = ctypes.c_char_p
    found.brlapi_strerror.argtypes = [ctypes.c_void_p]
    found.brlapi__getParameter.restype = ctypes.c_ssize_t
    return found
