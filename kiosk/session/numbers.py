"""What a customer who comes back with their number asks of staff's side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, get_args

#: How a customer may be called: aloud, on the display, by somebody who comes, or by a text message.
CallBy = Literal["voice", "screen", "fetch", "message"]
CALL_BY: tuple[CallBy, ...] = get_args(CallBy)
#: Why a number wasn't found: it doesn't go with the digits, or too many were tried here.
Refusal = Literal["wrong", "often"]
#: What of a request isn't done: the ticket is open, a day is agreed, an answer is to come.
Owed = Literal["open", "appointment", "answer"]


@dataclass(frozen=True, slots=True)
class Found:
    """A ticket that somebody showed to be theirs."""

    ticket_id: str
    ticket_no: str


@dataclass(frozen=True, slots=True)
class Search:
    """What became of a number and its four digits. Several: the same in different lanes."""

    tickets: tuple[Found, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """What the bank holds of a request, by kind and never by value.

    `papers` are the documents that weren't there. `until` is the ISO day on which it is erased by
    itself; None while that isn't known, or nothing is kept.
    """

    kept: bool = True
    matters: int = 1
    phone: bool = False
    #: It is one that takes texts.
    texts: bool = False
    notes: int = 0
    papers: tuple[str, ...] = ()
    until: str | None = None
    owed: Owed | None = None


class Refused(Exception):
    """It can't be done with this ticket as it stands now."""

    code = "refused"


class Numbers(Protocol):
    """Staff's side for whoever has a number. All raise `NotDelivered` where nobody answers."""

    def find(self, kiosk: str, number: int, proof: str) -> Search:
        """The tickets of a number that four digits belong to. A wrong number and wrong digits
        look alike, and so does a search that isn't made because too many were wrong."""
        ...

    def holding(self, ticket_id: str) -> Holding | None: ...

    def give_up(self, ticket_id: str) -> None:
        """The customer doesn't wait any more. Raises `Refused` while they are served."""
        ...

    def call_by(self, ticket_id: str, way: CallBy | None) -> None:
        """None: as everybody is."""
        ...

    def forget(self, ticket_id: str) -> None:
        """Erase what is personal. Raises `Refused` while something is owed."""
        ...


class NoNumbers:
    """No number is known here."""

    def find(self, kiosk: str, number: int, proof: str) -> Search:
        return Search(refusal="wrong")

    def holding(self, ticket_id: str) -> Holding | None:
        return None

    def give_up(self, ticket_id: str) -> None: ...

    def call_by(self, ticket_id: str, way: CallBy | None) -> None: ...

    def forget(self, ticket_id: str) -> None: ...
