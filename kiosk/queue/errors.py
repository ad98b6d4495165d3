"""What can go wrong in the queue: one small family, each message with the value and the remedy."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import ClassVar, Literal

StorageReason = Literal["full", "locked", "readonly", "broken"]
UndoReason = Literal["none", "theirs", "late", "told", "answered"]
PasswordReason = Literal["length", "name", "common"]

_UNDO: dict[UndoReason, str] = {
    "none": "no step was taken yet",
    "theirs": "somebody else took the last step; ask them",
    "late": "the last step is too long ago",
    "told": "the customer was already told the result",
    "answered": "the escalation was already answered",
}

_STORAGE_REMEDY: dict[StorageReason, str] = {
    "full": "free some disk space and try again; nothing of this call was stored",
    "locked": "another program holds the database; close it and try again",
    "readonly": "give this user write access to the database and its directory",
    "broken": "check the disk and the log; restore the last backup if the file is damaged",
}


class QueueError(Exception):
    """Base of everything the queue raises on purpose."""

    #: Stable, one for each class: what pages and logs know the error by.
    code: ClassVar[str] = "queue"
    #: Which case of its kind, where there are several; stable too.
    reason: str = ""


class NotFound(QueueError):
    code = "not_found"

    def __init__(self, kind: str, ident: str) -> None:
        super().__init__(f"No {kind} {ident!r} here; reload the list and choose again.")
        self.kind = kind
        self.ident = ident


class Wiped(NotFound):
    """The row is still there, its personal part was erased when its time was over."""

    code = "wiped"

    def __init__(self, kind: str, ident: str) -> None:
        super().__init__(kind, ident)
        self.args = (
            f"The {kind} of {ident!r} was erased when its retention ended; only figures remain.",
        )


class NotAllowed(QueueError):
    """The lifecycle has no such step from here."""

    code = "not_allowed"

    def __init__(self, state: str, action: str, remedy: str = "reload the ticket") -> None:
        super().__init__(f"Cannot {action} while {state}; {remedy}.")
        self.state = state
        self.action = action


class NotPermitted(QueueError):
    """The role may not do this at all."""

    code = "not_permitted"

    def __init__(self, role: str, action: str) -> None:
        super().__init__(f"The role {role!r} may not {action}; ask a manager.")
        self.role = role
        self.action = action


class ClaimedByOther(QueueError):
    """Somebody else has this ticket, or it was passed on to somebody by name."""

    code = "claimed"

    def __init__(self, owner: str) -> None:
        super().__init__(f"{owner} already has this ticket; take the next one or ask {owner}.")
        self.owner = owner
        self.reason = "" if owner else "nobody"


class CannotUndo(QueueError):
    code = "undo"

    def __init__(self, reason: UndoReason) -> None:
        super().__init__(f"Nothing was undone: {_UNDO[reason]}.")
        self.reason = reason


class Incomplete(QueueError):
    """A closing, a note or a value lacks what the rules ask for."""

    code = "incomplete"

    def __init__(self, field: str, value: object, remedy: str) -> None:
        super().__init__(f"{field} is {value!r}; {remedy}.")
        self.field = self.reason = field


class NoSuchTime(QueueError):
    """A day and time that nobody can keep: `past`, or `far` from now."""

    code = "time"

    def __init__(self, reason: Literal["past", "far"], day: str, remedy: str) -> None:
        super().__init__(f"{day} is {reason}; {remedy}.")
        self.reason = reason


class SlotTaken(QueueError):
    """A booked call that somebody else has already."""

    code = "slot_taken"

    def __init__(self, officer: str, at: datetime) -> None:
        super().__init__(f"{officer} has a call at {at.isoformat()} already; choose another time.")


class RequestConflict(QueueError):
    """One id, two different requests."""

    code = "request_conflict"

    def __init__(self, request_id: str) -> None:
        super().__init__(
            f"Request {request_id} was handed over before with another content; "
            "send a changed request under a new id."
        )
        self.request_id = request_id


class BadCredentials(QueueError):
    code = "credentials"

    def __init__(self) -> None:
        super().__init__("The name or the password is wrong; try again or ask an administrator.")


class Slowed(QueueError):
    """Too many wrong passwords from one place: wait `seconds`, `until` then (aware UTC)."""

    code = "slowed"

    def __init__(self, until: datetime, seconds: int) -> None:
        super().__init__(f"Too many wrong passwords from there; wait {seconds} s and try again.")
        self.until = until
        self.seconds = seconds


class WeakPassword(QueueError):
    code = "password"

    def __init__(self, reason: PasswordReason, detail: str) -> None:
        super().__init__(f"This password is not accepted: {detail}.")
        self.reason = reason


class UsernameTaken(QueueError):
    code = "taken"

    def __init__(self, username: str) -> None:
        super().__init__(f"There already is an account {username!r}; choose another name.")
        self.username = username


class StorageError(QueueError):
    """The disk or the database refused; nothing of the failed call was stored."""

    code = "storage"

    def __init__(self, reason: StorageReason, detail: str) -> None:
        super().__init__(f"Storage is {reason} ({detail}); {_STORAGE_REMEDY[reason]}.")
        self.reason = reason


class DatabaseInUse(QueueError):
    code = "database_in_use"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is in use by another process; stop that one, or give this one its own --data."
        )
        self.path = path


class UnknownForm(QueueError):
    """The database is in a form that this program doesn't know."""

    code = "unknown_form"

    def __init__(self, path: Path, form: str, newest: str) -> None:
        newer = form.isdigit() and form > newest
        whose = "a newer program wrote it" if newer else "another program wrote it"
        remedy = (
            "install that program again, or restore the backup from before the update"
            if newer
            else "give this one its own --data"
        )
        super().__init__(
            f"{path} has the form {form or 'of none of ours'!s}, and this program knows {newest}: "
            f"{whose}; {remedy}. Nothing was changed."
        )
        self.path = path
        self.form = form
        self.reason = "newer" if newer else "foreign"


class UnsupportedDatabase(QueueError):
    code = "unsupported_database"

    def __init__(self, url: str) -> None:
        super().__init__(
            f"The database {url!r} is not supported; give a file path or sqlite:///path/to/file."
        )


class KeyFileError(QueueError):
    code = "key_file"

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        super().__init__(f"The key file {path} {problem}; {remedy}.")
        self.path = path
        self.problem = problem


class WrongKey(QueueError):
    code = "wrong_key"

    def __init__(self) -> None:
        super().__init__(
            "The database was sealed with another key; restore the key file that belongs to it."
        )
