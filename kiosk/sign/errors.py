"""What can go wrong with clips, packs and recordings: a code for the page, words for the log."""

from __future__ import annotations

from typing import Literal

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


class Refused(SignError):
    """Something a person asked for can't be done; `code` has words under ``studio.trouble``."""

    def __init__(self, code: Trouble, detail: str) -> None:
        super().__init__(detail)
        self.code: Trouble = code


class PackRefused(SignError):
    """A pack that isn't installed, not even in part: the file and why."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}; nothing was installed")
        self.why = why


class ManifestError(SignError):
    """A pack on this disk whose manifest can't be used: the file and why."""
