"""Blanks the display when the kiosk ended without doing so: ``python -m`` this, HOST AUTH.

BRLTTY leaves the cells of a client that died as they are until somebody presses a key. The kiosk
starts this with a pipe: when the pipe ends without a word, the kiosk is no more.
"""

from __future__ import annotations

import sys
import time

from braille.displays.connection import BrlapiMissing, Connection, ConnectionFailed, Server

#: Seconds between attempts, and how many: BRLTTY may still be busy with who died.
_WAIT, _TIMES = 0.2, 25


def main() -> None:
    host, auth = sys.argv[1:3]
    if sys.stdin.buffer.read(1):
        return
    for _ in range(_TIMES):
        try:
            connection = Connection(Server(host, auth))
            connection.blank()
            connection.close()
        except BrlapiMissing:
            return
        except ConnectionFailed:
            time.sleep(_WAIT)
        else:
            return


if __name__ == "__main__":
    main()
