"""What the queue refuses, in plain words of the colleague's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from kiosk.content.words import Locale
from kiosk.queue.errors import QueueError, Slowed

Local = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to put right: the form and field it is about (both may be none), and the words."""

    words: str
    status: int
    form: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """The answer's HTTP status, the form's field it is about, and what fills its words."""

    status: int
    field: str = ""
    fill: Callable[[Any, Locale, Local], Mapping[str, str]] = lambda error, words, local: {}


def _state(error: Any, words: Locale, local: Local) -> Mapping[str, str]:
    key = f"staff.state.{error.state}"
    return {"state": words.text(key)} if words.has(key) else {}


def _wait(error: Any, words: Locale, local: Local) -> Mapping[str, str]:
    minutes = ceil(error.seconds / 60)
    by_seconds = error.seconds < 60
    said = words.text(
        f"staff.{'seconds' if by_seconds else 'minutes'}",
        n=str(error.seconds if by_seconds else minutes),
    )
    return {"wait": said}


#: By code. Its words are under ``staff.trouble``, with the reason where there are several.
KINDS: Mapping[str, Kind] = {
    "claimed": Kind(409, fill=lambda error, words, local: {"owner": error.owner}),
    "not_allowed": Kind(409, fill=_state),
    "undo": Kind(409),
    "not_permitted": Kind(403),
    "wiped": Kind(404),
    "not_found": Kind(404),
    "incomplete": Kind(422),
    "time": Kind(422, "day"),
    "credentials": Kind(422, "username"),
    "slowed": Kind(429, "password", _wait),
    "password": Kind(422, "password"),
    "taken": Kind(422, "username", lambda error, words, local: {"username": error.username}),
    "storage": Kind(503),
    "wrong_key": Kind(503),
}
OTHER = Kind(500)


def say(error: QueueError, words: Locale, local: Local, form: str = "") -> Trouble:
    """The error as a colleague reads it; an unknown one says that nothing was changed."""
    kind, key = KINDS.get(error.code, OTHER), key_of(error, words)
    field = error.reason if error.code == "incomplete" else kind.field
    return Trouble(words.text(key, **kind.fill(error, words, local)), kind.status, form, field)


def headers(error: QueueError) -> dict[str, str]:
    """What a machine reads of it."""
    return {"Retry-After": str(error.seconds)} if isinstance(error, Slowed) else {}


def key_of(error: QueueError, words: Locale) -> str:
    """The words' key: of the case, else of the kind, else of anything that went wrong."""
    if error.code == "not_allowed" and not words.has(f"staff.state.{getattr(error, 'state', '')}"):
        return "staff.trouble.moved"
    for name in (f"{error.code}_{error.reason}", error.code):
        if words.has(f"staff.trouble.{name}") and (error.code in KINDS):
            return f"staff.trouble.{name}"
    return "staff.trouble.other"
