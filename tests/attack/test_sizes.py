"""More than anybody needs is not taken in, whoever sends it and however."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from tests.attack.conftest import Customer, Target, poured

pytestmark = pytest.mark.long
MB = 1024 * 1024
#: Whatever is announced, no more than this is taken before the server hangs up (bytes): what
#: lies in the buffers of both ends of a connection.
TAKEN = 24 * MB


def spooled(folder: Path) -> int:
    """Bytes of files in the data folder that aren't the database."""
    files = (one for one in folder.rglob("*") if one.is_file())
    return sum(one.stat().st_size for one in files if "sqlite3" not in one.name)


def test_400_mb_through_the_line_of_a_call(target: Target, customer: Customer) -> None:
    with target.connect(customer.opening("/call/line")) as line:
        assert line.recv(4096).startswith(b"HTTP/1.1 101")
        # A frame of text of 400 MB, masked as a browser's is
        line.sendall(b"\x81\xff" + struct.pack(">Q", 400 * MB) + os.urandom(4))
        assert poured(line, 400 * MB) < TAKEN
    customer.goes_on()


@pytest.mark.parametrize(
    "path", ["/studio/prompts/screen.menu/footage", "/staff/sign-in", "/do/choose"]
)
def test_300_mb_from_a_stranger(target: Target, customer: Customer, path: str) -> None:
    before = spooled(target.data)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {300 * MB}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    )
    with target.connect(head.encode()) as stranger:
        assert poured(stranger, 300 * MB) < TAKEN
    # And nothing of it is on the disk
    assert spooled(target.data) - before < MB
    customer.goes_on()


def test_an_endless_body(target: Target, customer: Customer) -> None:
    head = b"POST /do/choose HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with target.connect(head) as stranger:
        sent = 0
        try:
            while sent < TAKEN:
                stranger.sendall(chunk)
                sent += len(chunk)
        except OSError:
            pass
        assert sent < TAKEN
    customer.goes_on()
