"""The settings as an operator meets them: what each takes, where each came from, and what is wrong
with them, in words. A kiosk doesn't start with settings that it couldn't serve with.

Two kinds of wrong: a value that the setting doesn't take (`read`), and one that something else of
this kiosk doesn't (`kiosk.misfits`).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_settings import SettingsError

from kiosk.door import legible
from kiosk.session.profiles import PROFILES
from kiosk.settings import Settings
from kiosk.sign.manifest import SignLanguage

FILE = "kiosk.toml"
PREFIX = "KIOSK_"
#: What is never shown, to nobody.
SECRET = frozenset({"brlapi_auth"})
#: Letters of a value that are shown.
_SHOWN = 60

_TEXT = "one line of at most 200 letters, without control characters"
_CARD = '"auto", "card", "page" or "off"'
_SWITCH = "true or false"
_DEVICE = f"part of a device's name, as `kiosk doctor` lists them; {_TEXT}"
_DB = "a number from -30 to 12 (dB)"

#: What each setting takes.
FITS: Mapping[str, str] = {
    "host": 'an address of this machine or its name, such as "127.0.0.1" or "0.0.0.0"',
    "port": "a number from 1 to 65535",
    "data": "a folder that this user can write in",
    "content": "a folder with a branch's own content, or leave it out",
    "branch": "1 to 64 of the letters A-Z, digits, -, _ and .",
    "branch_name": "at most 60 letters on one line",
    "timezone": 'a name of the time zone database, such as "Asia/Shanghai"',
    "kiosks": "names, each once, of 1 to 64 of the letters A-Z, digits, - and _",
    "counters": "names, each once, of at most 20 letters",
    "profile": f"one of {', '.join(PROFILES)}",
    "language": "a language of the content, such as zh-CN or en",
    "sound": _CARD,
    "hearing": _CARD,
    "loudspeaker": _DEVICE,
    "headset": _DEVICE,
    "microphone": _DEVICE,
    "jack": '"auto", a device such as "/dev/input/event8", or empty',
    "voices": "names of voices that are here, such as zm_yunjian",
    "call_aloud": _SWITCH,
    "find_seconds": "a number from 0 to 3600 (seconds), 0 for never by itself",
    "find_db": "a number from -30 to 6 (dB)",
    "find_place": "at most 40 letters on one line",
    "collect_speech": _SWITCH,
    "collect_days": "a number from 1 to 365 (days)",
    "collect_most": "a number from 1 to 100000",
    "loudspeaker_db": _DB,
    "headset_db": _DB,
    "sign_language": f"one of {', '.join(get_args(SignLanguage))}",
    "sign_trusted": "public keys, as `kiosk sign keys` prints them",
    "sign_test_clips": _SWITCH,
    "braille": '"auto", "brlapi" or "off"',
    "brlapi_host": 'where BRLTTY listens, as host:number, such as ":0"',
    "brlapi_auth": f"what BRLTTY's own brlapi.conf says; {_TEXT}",
    "keypads": "names of key maps, as `kiosk braille keymaps` lists them",
    "chords": '"all_up", "first_release" or "one_handed"',
    "double_strike_ms": "a number from 0 to 500 (milliseconds)",
    "contracted": _SWITCH,
    "printer": '"none", "cups:NAME", or "escpos:" and tcp:HOST:PORT, usb:VVVV:PPPP or file:/dev/…',
    "paper": '"a4", "a5" or "80mm"',
    "embosser": '"none", "cups:NAME" or "file:/dev/…"',
    "messenger": '"none" or the address of a gateway, with https beyond this machine',
    "pager": '"none", "serial:/dev/…" with ":115200" or another speed, or an address with https',
    "gateway_secret": "a file with at least 16 characters that only this user reads",
    "idle_warn_seconds": "a number from 120 to 300 (seconds)",
    "idle_answer_seconds": "a number from 20 to 300 (seconds)",
    "wait_here_minutes": "a number from 2 to 60 (minutes)",
    "wait_here_more": '"free", "always" or "never"',
    "hosts": "names or addresses without scheme or port, such as kiosk.branch.example",
    "passkeys": '"off", or this kiosk\'s host name in small letters, over TLS',
    "staff_networks": 'at least one network, such as "10.1.0.0/16"',
    "console_lost_minutes": "a number from 2 to 120 (minutes)",
    "tls": _SWITCH,
    "proxy": _SWITCH,
    "certificate": "the file server.pem that `kiosk tls` made, together with private_key",
    "private_key": "the file server.key that `kiosk tls` made, together with certificate",
    "threads": "a number from 8 to 256",
    "busy_timeout_ms": "a number from 0 to 60000 (milliseconds)",
    "keep_days": "a number from 1 to 3650 (days)",
    "demo": _SWITCH,
}


@dataclass(frozen=True, slots=True)
class Misfit:
    """What is wrong with a setting, and what it takes. `found` names the value and whence it is."""

    setting: str
    found: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.setting}: {self.found}; {self.remedy}"


class Refused(ValueError):
    """Settings that a kiosk can't be served with."""

    code = "settings"

    def __init__(self, misfits: Iterable[Misfit]) -> None:
        self.misfits = tuple(misfits)
        lines = "\n".join(f"  {one}" for one in self.misfits)
        super().__init__(f"these settings can't be used:\n{lines}")


@dataclass(frozen=True, slots=True)
class Told:
    """One setting as it is, and where it came from: an option, a variable, the file, or nobody."""

    setting: str
    value: str
    origin: str


def read(given: Mapping[str, Any]) -> Settings:
    """Settings from what was given, variables and the file. Raises `Refused` with all there is."""
    try:
        in_file = _in_file()
        found = [*_misspelt()]
        made = Settings(**given)
    except ValidationError as error:
        found += [_misfit(dict(one), given, in_file) for one in error.errors()]
        # A value that fits none of several kinds is one that doesn't fit.
        raise Refused({(one.setting, one.remedy): one for one in found}.values()) from error
    except SettingsError as error:
        raise Refused([Misfit("variables", str(error), "write them as plain text")]) from error
    if found:
        raise Refused(found)
    return made


def told(settings: Settings, given: Mapping[str, Any]) -> tuple[Told, ...]:
    """All settings in the order of docs/operating.md's own list."""
    in_file = _in_file()
    return tuple(
        Told(name, shown(name, getattr(settings, name)), origin(name, given, in_file))
        for name in Settings.model_fields
    )


def shown(name: str, value: object) -> str:
    """A value as it may be shown."""
    if name in SECRET:
        return "set, and not shown" if value else '""'
    if isinstance(value, tuple):
        return f"[{', '.join(shown(name, one) for one in value)}]"
    if isinstance(value, bool | int | float | None):
        return str(value)
    text = legible(str(value))
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def origin(name: str, given: Mapping[str, Any], in_file: Mapping[str, Any]) -> str:
    """Where a setting's value comes from, the strongest first."""
    if name in given:
        return f"--{name}"
    if (variable := f"{PREFIX}{name.upper()}") in {one.upper() for one in os.environ}:
        return variable
    return FILE if name in in_file else "default"


def _in_file() -> Mapping[str, Any]:
    """What the file says. Raises `Refused` for one that can't be read."""
    path = Path(FILE)
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        found, remedy = f"can't be read ({error.strerror})", "make it a file that this user reads"
    except UnicodeDecodeError:
        found, remedy = "isn't in UTF-8", "save it in UTF-8"
    except tomllib.TOMLDecodeError as error:
        found, remedy = f"isn't TOML: {error}", 'write lines such as port = 8000 or host = "::"'
    raise Refused([Misfit(str(path.resolve()), found, remedy)])


def _misspelt() -> Iterator[Misfit]:
    """Variables that are nearly a setting, and so do nothing of what somebody meant."""
    for name in sorted(os.environ):
        if not name.upper().startswith(PREFIX):
            continue
        meant = name.upper().removeprefix(PREFIX).lower()
        if meant not in Settings.model_fields and (near := _near(meant)):
            yield Misfit(name, "there is no such setting", f"you may mean {PREFIX}{near.upper()}")


def _near(name: str) -> str | None:
    return next(iter(get_close_matches(name, Settings.model_fields, n=1, cutoff=0.75)), None)


def _misfit(
    error: Mapping[str, Any], given: Mapping[str, Any], in_file: Mapping[str, Any]
) -> Misfit:
    name = str(error["loc"][0]) if error["loc"] else ""
    if not name:
        return Misfit("together", _reason(error), "change one of them")
    whence = origin(name, given, in_file)
    if error["type"] == "extra_forbidden":
        near = _near(name)
        remedy = f"you may mean {near}" if near else "take it out; docs/operating.md lists them all"
        return Misfit(legible(name), f"there is no such setting (from {whence})", remedy)
    value = shown(name, error["input"])
    return Misfit(name, f"{value} (from {whence}): {_reason(error)}", f"give {FITS[name]}")


def _reason(error: Mapping[str, Any]) -> str:
    """Why, in the words of our own checks where there are some."""
    return legible(str(error.get("ctx", {}).get("error", error["msg"])))
