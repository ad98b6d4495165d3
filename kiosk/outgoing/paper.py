"""The paper a customer takes along, as lines: pure, and nothing personal on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kiosk.flow.text import Said, Slot, Text, Words
from kiosk.session.booked import later
from kiosk.session.taking import Slip

#: How large a line is; what stands on the paper is found by it from arm's length.
Look = Literal["small", "heading", "number", "code", "body"]


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class Paper:
    """Lines from top to bottom in one language."""

    language: str
    number: str
    lines: tuple[Line, ...]


def paper_of(slip: Slip, branch: str, words: Words) -> Paper:
    """The paper of a number, in print. `branch` is its name, or empty."""
    lines = tuple(Line(words.render(said), look) for said, look in contents(slip, branch))
    return Paper(slip.language, slip.number, lines)


def contents(slip: Slip, branch: str) -> Iterator[tuple[Said, Look]]:
    """All that stands on it, for print and for braille."""
    if branch:
        yield Slot("free", branch), "small"
    yield Slot("date", slip.day), "small"
    yield Text("screen.ticket.your"), "heading"
    yield Slot("ticket", slip.number), "number"
    if slip.code is not None:
        yield Text("paper.ticket.code"), "heading"
        yield Slot("last4", slip.code), "code"
    if slip.sign_call is not None:
        yield Text("paper.ticket.sign_call"), "heading"
        yield later(slip.sign_call), "body"
    if slip.services:
        yield Text("paper.ticket.service"), "heading"
        yield from ((Text(f"{one}.title"), "body") for one in slip.services)
    if slip.papers:
        yield Text("screen.ticket.papers"), "heading"
        yield from ((Text(f"documents.{one}.name"), "body") for one in slip.papers)
    yield Text("paper.ticket.next"), "heading"
    yield Text(f"paper.ticket.{'fetch' if slip.fetch else 'seat'}"), "body"
    yield Text("paper.leaflet.never"), "small"
