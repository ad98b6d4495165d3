"""The door for text: whatever comes in from outside is clean, normalised and bounded, or refused.

Clean is what can be shown, said, written in braille and stored everywhere: no half characters, no
control characters but line ends and tabs, nothing that turns the direction of what stands around
it, no towers of marks (UAX #15 bounds them too). Texts are in NFC.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Literal, NoReturn

Reason = Literal["half", "hidden", "marks", "too_long", "too_deep", "number", "no_json"]

#: Letters of one text: twice the longest note that anybody may write.
LONGEST = 4000
#: Marks on one letter, beyond its own: no language here has more.
MOST_MARKS = 8
#: Digits in a row; no number that anybody needs is longer.
MOST_DIGITS = 64
#: Lists and objects inside each other, and values in all, of one JSON document.
DEEPEST, MOST_VALUES = 16, 2000

_HALF = re.compile("[\ud800-\udfff]")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction
    "\u2028\u2029\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    "\U000e0000-\U000e0fff]"  # tags and selectors that nobody sees
)
_DIGITS = re.compile(rf"\d{{{MOST_DIGITS + 1}}}")


class Unclean(ValueError):
    """A text that isn't let in. `reason` is stable; the text itself is never in the message."""

    code = "unclean"

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"this text is not accepted ({reason})")
        self.reason: Reason = reason


def clean(text: str, longest: int = LONGEST) -> str:
    """The text in NFC. Raises `Unclean`."""
    if len(text) > longest:
        raise Unclean("too_long")
    if _DIGITS.search(text):
        raise Unclean("number")
    if text.isascii() and text.isprintable():
        return text
    if _HALF.search(text):
        raise Unclean("half")
    if _HIDDEN.search(text) or _ends_a_plane(text):
        raise Unclean("hidden")
    whole = unicodedata.normalize("NFC", text)
    if _most_marks(whole) > MOST_MARKS:
        raise Unclean("marks")
    return whole


def clean_json(raw: bytes | str, longest: int = LONGEST) -> Any:
    """What a JSON document says, its texts clean at any depth. Raises `Unclean`."""
    try:
        found = json.loads(raw, parse_int=_int, parse_float=_float, parse_constant=_no_number)
    except Unclean:
        raise
    except (ValueError, RecursionError) as error:
        deep = isinstance(error, RecursionError)
        raise Unclean("too_deep" if deep else "no_json") from None
    return _Cleaner(longest).value(found, 0)


def legible(text: str) -> str:
    """A text as it can go out, whatever was stored once: half characters become ``?``."""
    return text.encode("utf-8", "replace").decode("utf-8") if _HALF.search(text) else text


class _Cleaner:
    """Cleans one document and counts what is in it."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._count = 0

    def value(self, found: Any, depth: int) -> Any:
        self._count += 1
        if depth > DEEPEST or self._count > MOST_VALUES:
            raise Unclean("too_deep")
        if isinstance(found, str):
            return clean(found, self._longest)
        if isinstance(found, list):
            return [self.value(one, depth + 1) for one in found]
        if isinstance(found, Mapping):
            return {clean(name): self.value(one, depth + 1) for name, one in found.items()}
        return found


def _int(text: str) -> int:
    if len(text) > MOST_DIGITS // 4:
        raise Unclean("number")
    return int(text)


def _float(text: str) -> float:
    found = float(text)
    if len(text) > MOST_DIGITS or found in (float("inf"), float("-inf")):
        raise Unclean("number")
    return found


def _no_number(_: str) -> NoReturn:
    raise Unclean("number")


def _ends_a_plane(text: str) -> bool:
    """The last two places of each plane are no characters."""
    return any(ord(one) > 0xFFFF and ord(one) & 0xFFFE == 0xFFFE for one in text)


def _most_marks(text: str) -> int:
    most = row = 0
    for one in text:
        row = row + 1 if unicodedata.category(one) in ("Mn", "Me") else 0
        most = max(most, row)
    return most
