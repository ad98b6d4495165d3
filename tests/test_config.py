"""Settings that a kiosk couldn't serve with are refused, in words, before anybody is served."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app import create_app
from kiosk.config import FITS, SECRET, Misfit, Refused, read, shown, told
from kiosk.content.loader import Content
from kiosk.misfits import CHECKS, misfits, requests
from kiosk.server import bound_to
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION
from tests.support.examples import examples
from tests.support.visits import Visit, report_loss, take_ticket

DOCS = Path(__file__).parent.parent / "docs"

#: What people, editors and scripts put where something else was meant.
ANYTHING = (
    "",
    " ",
    "大厅一号",
    "tru",
    "-1",
    "0",
    "1e9",
    "nan",
    "999999999999",
    "a b",
    "../../etc",
    "K1\n",
    "half \ud800",
    "nul \x00",
    "turned \u202e",
    "x" * 300,
    "1" * 100,
    "a" + "\u0301" * 40,
    "[]",
    "http://",
)
#: Values of a setting's own kind that it doesn't take.
OWN: Mapping[str, tuple[object, ...]] = {
    "host": ("999.1.1.1", "::g", "host:80", "-host", "no.such.host.invalid"),
    "port": (0, 65536, "8000.5"),
    "data": ("/dev/null/data", "/proc/version"),
    "content": ("/nowhere/at/all",),
    "branch": ("b/1", "x" * 65),
    "branch_name": ("x" * 61, "two\nlines"),
    "timezone": ("Asia", "Asia/Nowhere", "/etc/localtime"),
    "kiosks": ("", "K1,K1", "K1,大厅", ("x" * 65,)),
    "counters": ("", "1,1", ("x" * 21,)),
    "profile": ("kiosk-99",),
    "language": ("xx", "zh_CN"),
    "voices": ("nobody",),
    "jack": ("event8", "/etc/passwd"),
    "loudspeaker_db": (-31, 12.5, "inf"),
    "headset_db": (-31, 12.5, "inf"),
    "sign_language": ("asl",),
    "sign_trusted": ("abc", "AAAA"),
    "brlapi_host": ("::", "a:b"),
    "keypads": ("none-of-ours",),
    "double_strike_ms": (-1, 501),
    "find_seconds": (-1, 3601),
    "find_db": (-31, 7),
    "find_place": ("大" * 41, "门\n口"),
    "collect_days": (0, 366),
    "collect_most": (0, 100_001),
    "hosts": ("http://a", "a:80", "a b"),
    "passkeys": ("Kiosk.Example", "a b", "kiosk.example"),
    "idle_warn_seconds": (119, 301),
    "idle_answer_seconds": (19, 301),
    "wait_here_minutes": (1, 61),
    "wait_here_more": ("sometimes",),
    "staff_networks": ("", "10.0.0.1/8", "10.0.0.0/33"),
    "certificate": ("/dev/null",),
    "private_key": ("/dev/null",),
    "printer": (
        *("cups:", "cups:a b", "cups:-d", "escpos:", "escpos:tcp:host", "escpos:tcp:host:0"),
        *("escpos:tcp:host:65536", "escpos:usb:04b8", "escpos:file:lp0", "lpt1"),
    ),
    "paper": ("A5", "letter", "58mm"),
    "embosser": ("cups:", "file:lp1", "escpos:tcp:host:9100"),
    "messenger": (
        *("http://gateway.example/", "ftp://gateway.example/", "https://", "https://a:b/"),
        *("https://user:word@gateway.example/", "https://gateway.example/#a"),
        # It would be signed, and there is no secret.
        "https://gateway.example/",
    ),
    "pager": ("serial:", "serial:ttyUSB0", "serial:/dev/ttyUSB0:300", "http://pagers.example/"),
    "gateway_secret": ("/dev/null", "/nowhere/at/all"),
    "threads": (7, 257),
    "busy_timeout_ms": (-1, 60_001),
    "keep_days": (0, 3651),
    "console_lost_minutes": (1, 121),
}
#: Where any one line is good, and why.
FREE: Mapping[str, str] = {
    "loudspeaker": "a device of that name may be plugged in later; `kiosk doctor` says what is",
    "headset": "as for loudspeaker",
    "microphone": "as for loudspeaker",
    "brlapi_auth": "only BRLTTY knows; `kiosk doctor` says what it answered",
}
#: Not lines at all: no setting takes them.
NO_LINES = ("half \ud800", "nul \x00", "turned \u202e", "x" * 300, "a" + "\u0301" * 40)


@pytest.fixture(autouse=True)
def _nothing_else_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.upper().startswith("KIOSK_"):
            monkeypatch.delenv(name)


def tried(given: Mapping[str, Any]) -> tuple[Misfit, ...]:
    try:
        return misfits(read(given))
    except Refused as error:
        return error.misfits


def test_every_setting_says_what_it_takes_and_is_in_the_documents() -> None:
    pages = "".join(page.read_text("utf-8") for page in DOCS.glob("*.md"))
    rows = {
        name
        for row in re.findall(r"^\| (`[^|]+`)[^|]*\|", pages, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    assert set(FITS) == set(Settings.model_fields)
    assert set(Settings.model_fields) - rows == set()
    assert set(FREE) | set(OWN) <= set(FITS)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_what_a_setting_does_not_take_is_refused_in_words(name: str) -> None:
    bad = [*OWN.get(name, ()), *(NO_LINES if name in FREE else ANYTHING)]
    refused = 0
    for value in bad:
        found = tried({name: value})
        refused += bool(found)
        for one in found:
            assert one.setting in (name, "together"), value
            assert one.found
            assert one.remedy
            assert "\ud800" not in str(one)
            str(one).encode()
            if name in SECRET:
                assert str(value) not in one.found
        if value in OWN.get(name, ()) or value in NO_LINES:
            assert found, f"{name} takes {value!r}"
    assert refused >= (len(NO_LINES) if name in FREE else len(ANYTHING) // 4)


def takes() -> Iterator[tuple[str, str]]:
    """Strange values that are taken all the same, of what goes into requests, pages and times."""
    for name in ("branch", "branch_name", "kiosks", "counters", "language", "keep_days", "threads"):
        for value in ANYTHING:
            if not tried({name: value}):
                yield name, value


@pytest.mark.long
def test_a_kiosk_serves_with_whatever_is_taken(tmp_path: Path, shipped: Content) -> None:
    strange = list(takes())
    assert len(strange) > 5
    for number, (name, value) in enumerate(strange):
        app = create_app(
            read({name: value, "data": tmp_path / str(number), "sound": "off", "braille": "off"}),
            content=shipped,
        )
        parts = app.extensions[EXTENSION]
        try:
            take_ticket(report_loss(Visit(app.test_client())))
            assert len(parts.queue.waiting(parts.settings.branch)) == 1, (name, value)
        finally:
            parts.close()


@given(st.text(max_size=70), st.text(max_size=70), st.text(max_size=40))
@examples(150)
def test_requests_can_say_whatever_the_settings_take(
    branch: str, kiosk: str, language: str
) -> None:
    for name, value in (("branch", branch), ("kiosks", (kiosk,)), ("language", language)):
        with suppress(Refused):
            assert list(requests(read({name: value}))) == []


def test_settings_are_held_against_each_other() -> None:
    assert "together" in str(Refused(tried({"sound": "off", "hearing": "card"})))
    assert "kiosk tls" in str(Refused(tried({"certificate": "server.pem"})))


@pytest.mark.parametrize("proxied", ["proxy", "tls"])
def test_staff_networks_are_refused_where_nobody_knows_who_asks(proxied: str) -> None:
    far = {"host": "0.0.0.0", proxied: True}  # noqa: S104
    some = {"staff_networks": "10.1.0.0/16"}
    (found,) = tried({**far, **some})
    assert found.setting == "staff_networks"
    for known in (far, {**some, proxied: True}, {"host": far["host"], **some}):
        assert tried(known) == ()


def test_a_network_of_ipv4_may_be_written_as_ipv6_has_it() -> None:
    given = read({"staff_networks": "::ffff:10.1.0.0/112, 2001:db8::/32"})
    assert [str(one) for one in given.staff_networks] == ["10.1.0.0/16", "2001:db8::/32"]


def test_a_certificate_of_another_key_is_refused(tmp_path: Path) -> None:
    files = {name: tmp_path / name for name in ("certificate", "private_key")}
    for path in files.values():
        path.write_text("-----BEGIN NOTHING-----\n")
    (found,) = tried(files)
    assert found.setting == "certificate"
    files["private_key"].unlink()
    (found,) = tried(files)
    assert found.setting == "private_key"


@pytest.mark.parametrize(
    "raw",
    [
        b"port = \n",
        b"kiosks = [\n",
        "kiosks = ['大厅']\n".encode("gbk"),
        b"\xff\xfe",
        b"porrt = 8000\n",
        b"[section]\nport = 1\n",
        b"branch = 7\n",
    ],
)
def test_a_file_with_a_mistake_is_refused_in_words(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "kiosk.toml").write_bytes(raw)
    with pytest.raises(Refused) as refused:
        read({})
    assert refused.value.misfits
    assert all(one.found and one.remedy for one in refused.value.misfits)


def test_a_file_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").mkdir()
    with pytest.raises(Refused, match=r"kiosk\.toml"):
        read({})


def test_a_misspelt_variable_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_KIOSK", "K1")
    monkeypatch.setenv("KIOSK_SOMETHING_OF_THE_BANK", "1")
    with pytest.raises(Refused, match="KIOSK_KIOSKS") as refused:
        read({})
    assert len(refused.value.misfits) == 1


def test_each_value_says_where_it_came_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kiosk.toml").write_text('port = 8001\nbranch = "b"\nbrlapi_auth = "hush"\n')
    monkeypatch.setenv("kiosk_branch", "c")
    monkeypatch.setenv("KIOSK_HOST", "::1")
    options = {"host": "127.0.0.2"}
    rows = {one.setting: one for one in told(read(options), options)}
    assert (rows["host"].value, rows["host"].origin) == ("'127.0.0.2'", "--host")
    assert (rows["branch"].value, rows["branch"].origin) == ("'c'", "KIOSK_BRANCH")
    assert (rows["port"].value, rows["port"].origin) == ("8001", "kiosk.toml")
    assert rows["demo"].origin == "default"
    assert "hush" not in str(rows)


def test_nothing_secret_is_shown() -> None:
    assert "hush" not in shown("brlapi_auth", "hush")
    assert all(shown(name, "") == '""' for name in SECRET)


def test_every_check_finds_nothing_here(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "not" / "there" / "yet")
    for check in CHECKS:
        assert list(check(settings)) == []
    assert not (tmp_path / "not").exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "0.0.0.0", "::"])  # noqa: S104
def test_an_address_that_is_taken_can_be_bound(host: str) -> None:
    from gunicorn.util import parse_address

    assert tried({"host": host}) == ()
    assert parse_address(bound_to(host, 8000)) == (host, 8000)
    assert socket.getaddrinfo(host, 8000)
