"""The console's board: its lists, how much of each is shown, and what stands over and under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from flask import url_for

from kiosk.content.words import Locale
from kiosk.queue.people.permissions import may
from kiosk.queue.tickets.boards import Part, Sizes, TicketBoard
from kiosk.queue.tickets.views import StaffRef, TicketRow
from kiosk.web.staff.shown.rows import Row

#: Rows of each list at first, how many more each time, and at most.
SHOWN, STEP, MOST = 15, 45, 285
LISTS = tuple(one.name for one in fields(Sizes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands over a list and under it.

    `empty` is what is said where nobody is in it, `shown` how much of it is shown where that isn't
    all, `more` leads to more of it. `take`: whoever is first may be taken here.
    """

    name: str
    title: str
    hidden: bool = False
    empty: str = ""
    take: bool = False
    shown: str = ""
    more: str = ""
    more_words: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    head: Head
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The lists by name, in their order; `asked` are the sizes somebody asked for.

    `seq` is the newest event that is in it, `came` whom the events since the last look brought.
    """

    seq: int
    waiting: int
    lists: Mapping[str, Listed]
    asked: Mapping[str, int]
    came: tuple[str, ...]

    @property
    def follows(self) -> Mapping[str, int]:
        """What an open page asks to be told of."""
        return {"lists": 1, "after": self.seq, **self.asked}


def sizes(asked: Mapping[str, str]) -> Sizes:
    """How many rows of each list an address or a form asks for, within what there may be."""
    return Sizes(**{name: _size(asked.get(name, "")) for name in LISTS})


def _size(asked: str) -> int:
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else SHOWN
    return min(max(wanted, SHOWN), MOST)


def kept(found: Sizes) -> Mapping[str, Any]:
    """Sizes as an address keeps them."""
    return {name: size for name, size in asdict(found).items() if size != SHOWN}


def board(
    found: TicketBoard,
    wanted: Sizes,
    staff: StaffRef,
    words: Locale,
    model: Callable[[TicketRow], Row],
) -> Board:
    """What is shown of the queue's lists; `model` makes a row of a ticket."""
    text, first = words.text, found.first

    def listed(
        name: str, part: Part, title: str, *, hidden: bool = False, empty: str = ""
    ) -> Listed:
        rows = tuple(model(row) for row in part.rows)
        left = part.count - len(rows)
        size = min(getattr(wanted, name) + STEP, MOST)
        more = {**kept(wanted), name: size}
        grows = left > 0 and size > getattr(wanted, name)
        head = Head(
            name=name,
            title=title,
            hidden=hidden,
            empty="" if rows else empty,
            shown=text("staff.console.shown", n=part.count, m=len(rows)) if left > 0 else "",
            more=url_for("staff_console.show", **more, _anchor=f"row-{rows[-1].id}")
            if grows
            else "",
            more_words=text("staff.console.more", n=min(left, STEP)) if grows else "",
        )
        return Listed(head, rows)

    # Where all who wait are for others, nobody is next, and the list stands in its place.
    rest_title = text(
        "staff.console.rest" if first else "staff.console.waiting", n=found.rest.count
    )
    next_one = Head(
        name="first",
        title=text("staff.console.first"),
        hidden=first is None and found.rest.count > 0,
        empty="" if first else text("staff.console.empty"),
        take=first is not None and may(staff.role, "claim"),
    )
    return Board(
        found.seq,
        found.waiting,
        {
            "first": Listed(next_one, () if first is None else (model(first),)),
            "rest": listed("rest", found.rest, rest_title, hidden=not found.rest.count),
            "mine": listed(
                "mine",
                found.mine,
                text("staff.console.mine"),
                empty=text("staff.console.mine_none"),
            ),
            **{
                name: listed(name, part, text(f"staff.console.{name}"), hidden=not part.count)
                for name, part in (
                    ("held", found.held),
                    ("others", found.others),
                    ("earlier", found.earlier),
                )
            },
        },
        kept(wanted),
        found.came,
    )
