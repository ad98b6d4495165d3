"""What can go wrong with clips, packs and recordings: a code for the page, words for the log."""

from __future__ import annotations

from typing import ClassVar, Literal

Trouble = Literal[
    "empty",
    "not_video",
    "too_long",
    "too_short",
    "too_large",
    "disk_full",
    "no_ffmpeg",
    "unreadable",
    "unknown_prompt",
    "no_clip",
    "own_review",
    "no_consent",
    "stale",
    "not_in_review",
    "not_draft",
    "needs_note",
    "bad_trim",
]


class SignError(Exception):
    """Base of everything this room raises on purpose."""

    #: Stable, one for each class: what pages and logs know the error by.
    code: ClassVar[str] = "sign"


class Refused(SignError):
    """Something a person asked for can't be done; `reason` has words under ``studio.trouble``."""

    code = "sign_refused"

    def __init__(self, reason: Trouble, detail: str) -> None:
        super().__init__(detail)
        self.reason: Trouble = reason


class PackRefused(SignError):
    """A pack that isn't installed, not even in part: the file and why."""

    code = "pack_refused"

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}; nothing was installed")
        self.why = why


class ManifestError(SignError):
    """A pack on this disk whose manifest can't be used: the file and why."""

    code = "manifest"
