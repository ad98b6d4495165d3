"""A row of cells as a window on something longer: pieces that fit, broken between words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from braille.cells import BLANK


@dataclass(frozen=True, slots=True)
class Piece:
    """Some cells of an item: which item, from which of its cells, and where they stand."""

    item: int
    start: int
    at: int
    cells: str


Window = tuple[Piece, ...]
#: Empty cells between two items in one window.
GAP = 2


def broken(cells: str, width: int) -> list[tuple[int, str]]:
    """Cells in pieces of at most `width`, each with its start: between words, or within one that
    is wider than the window. Raises `ValueError` for no width."""
    if width < 1:
        raise ValueError(f"a window has at least 1 cell, not {width}")
    found, at = [], 0
    while at < len(cells):
        if cells[at] == BLANK:
            at += 1
            continue
        end = min(len(cells), at + width)
        if end < len(cells) and cells[end] != BLANK:
            gap = cells.rfind(BLANK, at, end)
            end = gap if gap > at else end
        found.append((at, cells[at:end].rstrip(BLANK)))
        at = end
    return found


def windows(items: Sequence[str], joins: Iterable[int], width: int) -> tuple[Window, ...]:
    """All windows of some items. An item in `joins` stands beside the one before where it fits."""
    joining = frozenset(joins)
    found: list[Window] = []
    for index, cells in enumerate(items):
        pieces = broken(cells, width)
        if len(pieces) == 1 and index in joining and found:
            last = found[-1][-1]
            at = last.at + len(last.cells) + GAP
            if at + len(cells) <= width:
                found[-1] = (*found[-1], Piece(index, pieces[0][0], at, pieces[0][1]))
                continue
        found.extend((Piece(index, start, 0, piece),) for start, piece in pieces)
    return tuple(found)


def item_at(window: Window, cell: int) -> int | None:
    """The item under a cell; None for an empty cell beside the items."""
    for piece in window:
        if piece.at <= cell < piece.at + len(piece.cells):
            return piece.item
    return None
