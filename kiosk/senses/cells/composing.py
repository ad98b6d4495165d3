"""Writing a text in cells: what was typed, what it may be, and choosing among that. Pure.

What stands in an entry is a text, and after it the cells that were typed since. In Chinese the
syllables among these wait for their characters: they are asked about (`Row`), and what is chosen
takes the place of its syllables. Until then they stand as pinyin, so that nothing is lost where
nobody can find characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from braille.chinese.pinyin import NotPinyin, Piece, pieces, text_of
from writing.ports import Found
from writing.rows import LONGEST, Row, Sound, offered

#: What is known of the syllables that wait: nothing was asked, an answer is on its way, it is
#: here, or nothing can be found now.
State = Literal["none", "waiting", "found", "away"]


@dataclass(frozen=True, slots=True)
class Offers:
    """What the syllables that wait may be, and which of these the keys stand on (-1: none)."""

    row: Row | None = None
    state: State = "none"
    texts: tuple[str, ...] = ()
    at: int = -1


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in an entry: a text that was chosen or came from another device, and cells typed
    after it."""

    base: str = ""
    cells: str = ""
    offers: Offers = field(default_factory=Offers)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first syllables that wait: which pieces they are, and what is asked about them."""

    text_before: str
    pieces: tuple[Piece, ...]
    row: Row


def in_chinese(typed: Typed) -> tuple[Piece, ...]:
    """The pieces of the cells; none where they aren't Chinese."""
    try:
        return pieces(typed.cells, before=typed.base)
    except NotPinyin:
        return ()


def waiting(typed: Typed) -> Waiting | None:
    """The first row of syllables that has no characters yet."""
    found = in_chinese(typed)
    start = 0
    while start < len(found):
        end = start
        while end < len(found) and found[end].kind in ("syllable", "fixed", "gap"):
            end += 1
        row = found[start:end]
        if any(piece.kind == "syllable" for piece in row):
            return Waiting(text_of(found[:start]), _cut(row), _row(_cut(row)))
        start = end + 1
    return None


def _cut(found: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """As much as is asked about at once, without empty cells at its end."""
    count, end = 0, 0
    for at, piece in enumerate(found, 1):
        if piece.kind != "gap":
            count, end = count + 1, at
        if count == LONGEST:
            break
    return found[:end]


def _row(found: Sequence[Piece]) -> Row:
    sounds, words = [], [0]
    for piece in found:
        if piece.kind == "gap":
            words.append(0)
            continue
        sounds.append(
            Sound(piece.spelling, piece.tone, piece.text if piece.kind == "fixed" else "")
        )
        words[-1] += 1
    return Row(tuple(sounds), tuple(size for size in words if size))


def length(typed: Typed, text: str) -> int:
    """How long the entry will be once all is written: a syllable is one character."""
    if typed.offers.state == "away" or not typed.cells:
        return len(text)
    written = sum(
        1 if piece.kind in ("syllable", "half") else len(piece.text.strip())
        for piece in in_chinese(typed)
    )
    return len(typed.base) + written


def has_half(typed: Typed) -> bool:
    """Whether the last syllable, number or letter is only begun."""
    found = in_chinese(typed)
    return bool(found) and found[-1].kind == "half"


def asking(typed: Typed) -> Typed:
    """With the question that its syllables are; `waiting` where that is another than before."""
    found = waiting(typed)
    row = found.row if found else None
    if row == typed.offers.row:
        return typed
    # What was away stays away until an answer says otherwise.
    away = typed.offers.state == "away" and row is not None
    return replace(typed, offers=Offers(row, "away" if away else "waiting" if row else "none"))


def answered(typed: Typed, row: Row, found: Found | None) -> Typed:
    """With an answer, if it is to what is asked now."""
    if row != typed.offers.row:
        return typed
    if found is None:
        return replace(typed, offers=Offers(row, "away"))
    return replace(typed, offers=Offers(row, "found", offered(row, found)))


def moved(typed: Typed, by: int) -> Typed:
    """The keys stand on the text before or after, round and round."""
    offers = typed.offers
    start = offers.at if offers.at >= 0 else (-1 if by > 0 else 0)
    return replace(typed, offers=replace(offers, at=(start + by) % len(offers.texts)))


def chosen(typed: Typed, index: int) -> Typed:
    """One of the offers in the place of its syllables; what was typed after them still waits.
    Unchanged for an offer that isn't there."""
    found = waiting(typed)
    if found is None or not 0 <= index < len(typed.offers.texts):
        return typed
    text = typed.offers.texts[index]
    sounding = [piece for piece in found.pieces if piece.kind != "gap"]
    end = sounding[len(text) - 1].end
    return asking(Typed(typed.base + found.text_before + text, typed.cells[end:].lstrip("⠀")))
