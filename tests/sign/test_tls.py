"""TLS for other machines of the branch: made by command, served, and trusted."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.client import HTTPResponse
from pathlib import Path

import pytest
from click.testing import CliRunner
from websockets.sync.client import connect

from kiosk.cli import main
from kiosk.serving.loop import PING
from kiosk.settings import Settings


def make(data: Path, *names: str) -> Path:
    done = CliRunner().invoke(main, ["tls", *names, "--data", str(data)])
    assert done.exit_code == 0, done.output
    return data / "tls"


@pytest.mark.long
def test_the_kiosk_serves_with_the_branch_s_own_certificate(tmp_path: Path) -> None:
    folder = make(tmp_path, "192.0.2.7", "kiosk1.lan")
    assert (folder / "server.key").stat().st_mode & 0o077 == 0
    assert (folder / "branch-ca.key").stat().st_mode & 0o077 == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    files = {"KIOSK_CERTIFICATE": "server.pem", "KIOSK_PRIVATE_KEY": "server.key"}
    server = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "serve", "--port", port, "--data", str(tmp_path)],
        env={
            "PATH": "/usr/bin:/bin",
            "KIOSK_SOUND": "off",
            "KIOSK_HEARING": "off",
            **{name: str(folder / file) for name, file in files.items()},
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        trusted = ssl.create_default_context(cafile=str(folder / "branch-ca.pem"))
        address = f"https://127.0.0.1:{port}/"
        assert open_(address, trusted).headers["Set-Cookie"].count("Secure") == 1
        with pytest.raises(urllib.error.URLError, match="self-signed"):
            urllib.request.urlopen(address, context=ssl.create_default_context(), timeout=5)
        # A message as long as a session description is read at once, not with the next ping
        with connect(
            f"wss://127.0.0.1:{port}/call/line",
            ssl=trusted,
            additional_headers={"Origin": f"https://127.0.0.1:{port}"},
        ) as line:
            for kind in ("hello", "peer"):
                assert json.loads(str(line.recv(timeout=10)))["type"] == kind
            line.send("no JSON " * 1500)
            assert json.loads(str(line.recv(timeout=PING / 2)))["type"] == "refused"
    finally:
        server.terminate()
        server.communicate(timeout=10)


def open_(address: str, context: ssl.SSLContext) -> HTTPResponse:
    """The answer, once the server is up."""
    until = time.monotonic() + 20
    while True:
        try:
            opened = urllib.request.urlopen  # our own address
            with opened(address, context=context, timeout=5) as answer:
                return answer
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_a_new_certificate_keeps_the_authority(tmp_path: Path) -> None:
    first = (make(tmp_path, "kiosk1.lan") / "branch-ca.pem").read_bytes()
    assert (make(tmp_path, "kiosk2.lan") / "branch-ca.pem").read_bytes() == first


def test_half_a_pair_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="go together"):
        Settings(data=tmp_path, certificate=tmp_path / "server.pem")
