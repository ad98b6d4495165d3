"""What the queue refuses, in plain words of the colleague's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.content.words import Locale
from kiosk.queue.errors import (
    BadCredentials,
    CannotUndo,
    ClaimedByOther,
    Incomplete,
    Locked,
    NotAllowed,
    NotFound,
    NotPermitted,
    QueueError,
    StorageError,
    UsernameTaken,
    WeakPassword,
    Wiped,
)

Local = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to put right: the form and field it is about (both may be none), and the words."""

    words: str
    status: int
    form: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Key under ``staff.trouble``, what fills it, and the field it is about."""

    key: str
    params: Mapping[str, str | int] | None = None
    field: str = ""


#: The beginnings of the reasons why an undo or a password is not accepted, and our words for them.
UNDO_REASONS = (
    ("no step", "undo_none"),
    ("somebody else", "undo_theirs"),
    ("the last step is older", "undo_late"),
    ("the customer was already told", "undo_told"),
    ("the escalation", "undo_answered"),
)
PASSWORD_RULES = (
    ("it needs", "password_length"),
    ("it contains", "password_name"),
    ("it is one of", "password_common"),
)


def _reason(given: str, known: tuple[tuple[str, str], ...], other: str) -> str:
    return next((key for beginning, key in known if given.startswith(beginning)), other)


def _claimed(error: Any, words: Locale, local: Local) -> Said:
    return Said("claimed", {"owner": error.owner}) if error.owner else Said("unclaimed")


def _not_allowed(error: Any, words: Locale, local: Local) -> Said:
    state = f"staff.state.{error.state}"
    return Said("not_allowed", {"state": words.text(state)}) if words.has(state) else Said("moved")


def _incomplete(error: Any, words: Locale, local: Local) -> Said:
    own = f"incomplete_{error.field}"
    key = own if words.has(f"staff.trouble.{own}") else "incomplete"
    return Said(key, field=error.field)


def _locked(error: Any, words: Locale, local: Local) -> Said:
    return Said("locked", {"until": f"{local(error.until):%H:%M}"}, "username")


#: By class, the nearer class first; the number is the answer's HTTP status.
KINDS: Mapping[type[QueueError], tuple[int, Callable[[Any, Locale, Local], Said]]] = {
    ClaimedByOther: (409, _claimed),
    NotAllowed: (409, _not_allowed),
    CannotUndo: (
        409,
        lambda error, words, local: Said(_reason(error.reason, UNDO_REASONS, "undo_none")),
    ),
    NotPermitted: (403, lambda error, words, local: Said("not_permitted")),
    Wiped: (404, lambda error, words, local: Said("wiped")),
    NotFound: (404, lambda error, words, local: Said("not_found")),
    Incomplete: (422, _incomplete),
    BadCredentials: (422, lambda error, words, local: Said("credentials", field="username")),
    Locked: (429, _locked),
    WeakPassword: (
        422,
        lambda error, words, local: Said(
            _reason(error.rule, PASSWORD_RULES, "password_length"), field="password"
        ),
    ),
    UsernameTaken: (
        422,
        lambda error, words, local: Said("taken", {"username": error.username}, "username"),
    ),
    StorageError: (503, lambda error, words, local: Said(f"storage_{error.reason}")),
}


def say(error: QueueError, words: Locale, local: Local, form: str = "") -> Trouble:
    """The error as a colleague reads it; an unknown one says that nothing was changed."""
    for kind in type(error).__mro__:
        if kind in KINDS:
            status, build = KINDS[kind]
            said = build(error, words, local)
            text = words.text(f"staff.trouble.{said.key}", **(said.params or {}))
            return Trouble(text, status, form, said.field)
    return Trouble(words.text("staff.trouble.other"), 500, form)
