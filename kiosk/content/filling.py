"""Words that somebody must still write: ``kiosk content new`` leaves them behind a mark."""

from __future__ import annotations

#: Begins a text that is still to be filled in; what follows says what to write.
MARK = "???"


def to_fill(what: str) -> str:
    """The text that stands where `what` is still to be written."""
    return f"{MARK} {what}"


def left_to_fill(text: str | None) -> str | None:
    """What is still to be written in place of a text; None for one that is written."""
    if text is None or not text.startswith(MARK):
        return None
    return text.removeprefix(MARK).strip()
