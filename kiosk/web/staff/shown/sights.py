"""What an open page shows, and what must travel to it when that changes: only what differs.

Pure: a sight is compared with the one before it. What is drawn of it is made elsewhere.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.web.staff.shown.boards import Board
from kiosk.web.staff.shown.rows import Row

#: A row's id, its list, and the row it comes after there (None: it is the first).
Place = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Sight:
    """`lists` has the ids of the rows in order, `regions` what the other parts are made of."""

    regions: Mapping[str, Hashable] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: Mapping[str, Row] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """To be done in this order: regions are exchanged, rows that are `gone` taken out, rows put
    where they belong, and those in `rows` drawn anew."""

    regions: Sequence[str]
    gone: Sequence[str]
    put: Sequence[Place]
    rows: Sequence[str]

    def __bool__(self) -> bool:
        return bool(self.regions or self.gone or self.put or self.rows)


def sight(regions: Mapping[str, Hashable], board: Board | None) -> Sight:
    if board is None:
        return Sight(regions)
    heads = {f"head-{name}": one.head for name, one in board.lists.items()}
    return Sight(
        {**regions, **heads},
        {name: tuple(row.id for row in one.rows) for name, one in board.lists.items()},
        {row.id: row for one in board.lists.values() for row in one.rows},
    )


def changes(old: Sight, new: Sight) -> Changes:
    """How a page that shows `old` comes to show `new`."""
    return Changes(
        regions=[name for name, one in new.regions.items() if old.regions.get(name) != one],
        gone=[ident for ident in old.rows if ident not in new.rows],
        put=[place for name, ids in new.lists.items() for place in _put(name, old, ids)],
        rows=[ident for ident, row in new.rows.items() if old.rows.get(ident) != row],
    )


def _put(name: str, old: Sight, ids: Sequence[str]) -> list[Place]:
    """Rows that come into a list. Those that stay keep their order, or all are put anew."""
    had, here = old.lists.get(name, ()), set(ids)
    known = set(had)
    if [one for one in had if one in here] != [one for one in ids if one in known]:
        known = set()
    before: Sequence[str | None] = (None, *ids)
    return [(one, name, after) for after, one in zip(before, ids, strict=False) if one not in known]


def newcomers(old: Sight, new: Sight, came: Sequence[str]) -> Sequence[str]:
    """Who waits now and didn't before: handed over since, or given back. In a list that is shown
    in part some of them have no row."""
    waiting = {ident for name in ("first", "rest") for ident in new.lists.get(name, ())}
    taken = new.rows.keys() - waiting
    back = [
        ident
        for name in ("mine", "held", "others", "earlier")
        for ident in old.lists.get(name, ())
        if ident in waiting
    ]
    return [*(one for one in came if one not in taken and one not in back), *back]
