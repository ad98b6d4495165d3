"""The server answers to its own names, and to no other."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from pydantic import ValidationError

from kiosk.cli.tls import tls
from kiosk.settings import Settings
from kiosk.web.hosts import hosts_of
from kiosk.web.wiring import Wiring
from tests.support.pages import check_page

NETWORK = "0.0.0.0"  # noqa: S104 (no server is started)
LOOPBACK = ("localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:8000", "[::1]:8000", "[::1]")
#: Names of nobody's, and what is no name.
WRONG = (
    *("kiosk.example", "127.0.0.1.example", "localhost.example:8000", "localhost.", "", " "),
    *("localhost@evil.example", "localhost:99999999", "localhost:x", "[::1", "::1", "a b", "中行"),
    *("localhost\\evil", "localhost/evil", "localhost,evil.example", "2130706433.example"),
)


@pytest.mark.parametrize(
    ("changed", "also", "not_so"),
    [
        ({}, (), ("192.168.1.5", "kiosk.lan")),
        ({"host": "192.168.1.5"}, ("192.168.1.5:8000",), ("192.168.1.6", "kiosk.lan")),
        ({"host": "kiosk.lan"}, ("kiosk.lan", "KIOSK.lan:8000"), ("other.lan",)),
        ({"hosts": ("kiosk.lan", "10.0.0.7")}, ("kiosk.lan:8000", "10.0.0.7"), ("10.0.0.8",)),
        ({"host": NETWORK}, ("192.168.1.5:8000", "[fe80::1]:8000"), ("kiosk.lan",)),
        ({"host": NETWORK}, (socket.gethostname(), f"{socket.gethostname()}.local:8000"), ()),
        ({"tls": True, "hosts": ("kiosk.lan",)}, ("kiosk.lan",), ("192.168.1.5",)),
    ],
)
def test_which_names_are_its_own(
    changed: dict[str, Any], also: tuple[str, ...], not_so: tuple[str, ...]
) -> None:
    hosts = hosts_of(Settings(**changed))
    for name in (*LOOPBACK, *also):
        assert hosts.answers_to(name), name
    for name in (*WRONG, *not_so):
        assert not hosts.answers_to(name), name


def test_the_names_of_its_certificate_are_its_own(tmp_path: Path) -> None:
    made = CliRunner().invoke(tls, ["kiosk.lan", "192.168.1.5", "--data", str(tmp_path)])
    assert made.exit_code == 0, made.output
    folder = tmp_path / "tls"
    settings = Settings(certificate=folder / "server.pem", private_key=folder / "server.key")
    hosts = hosts_of(settings)
    assert hosts.answers_to("kiosk.lan:8000")
    assert hosts.answers_to("192.168.1.5")
    assert not hosts.answers_to("other.lan")


@pytest.mark.parametrize("host", WRONG[:-1])
@pytest.mark.parametrize("path", ["/", "/do/choose", "/staff", "/healthz", "/static/icon.svg"])
def test_any_other_name_is_refused_in_words(app: Flask, host: str, path: str) -> None:
    client = app.test_client()
    headers = {"Host": host.encode().decode("latin-1")}
    answer = client.open(path, method="POST" if "/do/" in path else "GET", headers=headers)
    assert answer.status_code == 421, (host, path)
    assert "这个网址不是这台机器的。" in answer.text
    assert not host.strip() or host not in str(answer.headers)
    assert "Set-Cookie" not in answer.headers
    page = check_page(answer)
    # All it is made of stands in it: whatever it asked for would be refused as well.
    assert [one.tag for one in page.iter() if one.get("href") or one.get("src")] == []


def test_a_script_and_a_machine_are_told_shortly(app: Flask, parts: Wiring) -> None:
    before = parts.stations.first.session.version
    for path in ("/do/key", "/api/openapi.json"):
        answer = app.test_client().open(
            path,
            method="POST" if "/do/" in path else "GET",
            json={"key": "help", "step": "x"},
            headers={"Host": "kiosk.example"},
        )
        assert answer.status_code == 421
        assert answer.get_json()["error"] == "wrong_host"
    assert parts.stations.first.session.version == before


@pytest.mark.parametrize("name", ["https://kiosk.lan", "kiosk.lan:8000", "kiosk lan", "*", "行.cn"])
def test_a_setting_that_is_no_name_is_refused_at_once(name: str) -> None:
    with pytest.raises(ValidationError, match="without scheme or port"):
        Settings(hosts=(name,))
