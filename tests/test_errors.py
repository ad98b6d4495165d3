"""Errors are known by their codes, never by their sentences; and every code has its words."""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from braille.keymaps import KeymapReason
from kiosk.content.loader import load
from kiosk.queue import errors
from kiosk.queue.errors import (
    CannotUndo,
    ClaimedByOther,
    Incomplete,
    NotAllowed,
    PasswordReason,
    QueueError,
    Slowed,
    StorageError,
    StorageReason,
    UndoReason,
    WeakPassword,
)
from kiosk.sign.errors import Trouble
from kiosk.web.staff import troubles

ROOT = Path(__file__).parent.parent
ROOMS = ("kiosk", "voices", "braille", "languages", "writing")
STAFF = ("zh-CN", "en")
#: These stop the start, or stay between the kiosk and the queue: no page shows them.
UNSEEN = frozenset(
    {
        *("queue", "request_conflict", "database_in_use", "slot_taken"),
        *("unsupported_database", "unknown_form", "key_file"),
    }
)


def is_error(name: str, bases: dict[str, tuple[str, ...]]) -> bool:
    known = getattr(builtins, name, None)
    if isinstance(known, type):
        return issubclass(known, Exception)
    return any(is_error(base, bases) for base in bases.get(name, ()))


def error_classes() -> dict[str, str | None]:
    """Every error class of ours by name, with the code its body gives it."""
    bases: dict[str, tuple[str, ...]] = {}
    codes: dict[str, str | None] = {}
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = tuple(b.id for b in node.bases if isinstance(b, ast.Name))
                codes[node.name] = next((c for s in node.body if (c := code_in(s))), None)
    return {name: code for name, code in codes.items() if is_error(name, bases)}


def code_in(statement: ast.stmt) -> str | None:
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if isinstance(statement, ast.AnnAssign):
        target = statement.target
    named = isinstance(target, ast.Name) and target.id == "code"
    value = getattr(statement, "value", None)
    return str(value.value) if named and isinstance(value, ast.Constant) else None


def test_every_error_has_a_code_of_its_own() -> None:
    found = error_classes()
    assert len(found) > 35
    assert not [name for name, code in found.items() if code is None]
    assert not [code for code, count in Counter(found.values()).items() if count > 1]


def family() -> list[type[QueueError]]:
    return [
        one
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, QueueError)
    ]


def test_every_code_that_reaches_a_page_is_in_the_table() -> None:
    assert {one.code for one in family()} == set(troubles.KINDS) | UNSEEN


#: One of each case that has words of its own.
CASES: tuple[QueueError, ...] = (
    *(CannotUndo(reason) for reason in get_args(UndoReason)),
    *(WeakPassword(reason, "a rule") for reason in get_args(PasswordReason)),
    *(StorageError(reason, "a disk") for reason in get_args(StorageReason)),
    *(Incomplete(field, "", "give it") for field in ("note", "reason", "day", "a new one")),
    ClaimedByOther("张敏"),
    ClaimedByOther(""),
    NotAllowed("waiting", "call"),
    NotAllowed("a new state", "call"),
    Slowed(datetime(2026, 1, 1, tzinfo=UTC), 90),
    errors.NotFound("ticket", "x"),
    errors.Wiped("request", "x"),
    errors.NotPermitted("lobby", "review"),
    errors.BadCredentials(),
    errors.UsernameTaken("zhang"),
    errors.WrongKey(),
    errors.RequestConflict("x"),
)


@pytest.mark.parametrize("language", STAFF)
def test_every_case_has_words_in_both_staff_languages(language: str) -> None:
    words = load().words(language)
    for error in CASES:
        said = troubles.say(error, words, lambda moment: moment)
        assert said.words
        assert "{" not in said.words
        assert str(error) not in said.words
        assert (said.status == 500) is (error.code in UNSEEN), error.code


@pytest.mark.parametrize("language", STAFF)
def test_every_reason_has_words_in_both_staff_languages(language: str) -> None:
    words = load().words(language)
    for error in CASES:
        if error.code in ("undo", "password", "storage") or error.reason == "nobody":
            assert words.has(f"staff.trouble.{error.code}_{error.reason}")
    for reason in get_args(Trouble):
        assert words.text(f"staff.studio.trouble.{reason}")
    for reason in get_args(KeymapReason):
        assert words.text(f"staff.keypads.trouble.{reason}", line=1, value="KeyF")


def test_no_page_knows_an_error_by_its_sentence() -> None:
    for path in (ROOT / "kiosk" / "web").rglob("*.py"):
        source = path.read_text("utf-8")
        assert "str(error).startswith" not in source, path
        if "staff" in path.parts or "studio" in path.parts:
            assert "str(error)" not in source, path
