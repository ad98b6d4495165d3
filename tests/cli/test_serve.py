"""`kiosk serve` before it serves: one clear sentence, and nothing promised."""

from __future__ import annotations

import socket
from pathlib import Path

from click.testing import CliRunner

from kiosk.cli import main


def test_a_port_in_use_is_said_before_anything_else(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        asked = ["serve", "--port", str(port), "--data", str(tmp_path / "data")]
        done = CliRunner().invoke(main, asked)
    assert done.exit_code == 1
    assert f"port {port} is in use" in done.output
    assert "--port" in done.output
    assert "password" not in done.output
    assert "http://" not in done.output


def test_an_address_that_is_not_this_machine_s(tmp_path: Path) -> None:
    asked = ["serve", "--host", "203.0.113.7", "--port", "8123", "--data", str(tmp_path / "data")]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 1
    assert "can't serve at 203.0.113.7:8123" in done.output
    assert "--host" in done.output
