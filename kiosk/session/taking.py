"""A customer's number that goes along with them: what goes, which ways there are, how each stands.

The real thing is `kiosk.outgoing`; a session only knows this.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

from kiosk.flow.model import Catalog
from kiosk.session.state import State
from kiosk.sign_slots import SignSlot

#: Ways that need something of the branch: a printer, an embosser, a gateway for texts.
Way = Literal["paper", "braille", "phone"]
#: How one of them stands. "going" is under way; the next four are a printer that waits for
#: somebody; "failed" was given up; "refused" is a telephone that takes no texts.
Standing = Literal["going", "done", "no_paper", "open", "unplugged", "jammed", "failed", "refused"]
#: A printer waits for somebody: what was asked for is printed once that is done.
WAITING: frozenset[Standing] = frozenset({"no_paper", "open", "unplugged", "jammed"})
#: So many texts a visit: a kiosk is no way to write to strangers.
MOST_TEXTS = 3
#: So many sheets of a kind a visit.
MOST_SHEETS = 3


@dataclass(frozen=True, slots=True)
class Slip:
    """All of a visit that goes along: nothing personal."""

    ticket_id: str
    number: str
    #: Services and the papers to fetch, by id.
    services: tuple[str, ...]
    papers: tuple[str, ...]
    language: str
    #: The branch's day, ISO.
    day: str
    #: Staff come for the customer.
    fetch: bool = False
    #: What proves whose number it is, where no telephone was given.
    code: str | None = None
    #: The call in sign that is booked for later.
    sign_call: SignSlot | None = None


@dataclass(frozen=True, slots=True)
class Taking:
    """What a state's world says of the ways: which there are, and how this ticket's stand."""

    ways: frozenset[str] = frozenset()
    #: By the name of what was asked for (`asked_as`).
    standing: tuple[tuple[str, Standing], ...] = ()

    def of(self, name: str) -> Standing | None:
        return dict(self.standing).get(name)


class Takeaway(Protocol):
    """Lets a number go along. No call waits for a device or a gateway."""

    @property
    def ways(self) -> frozenset[str]: ...

    def standing(self, ticket_id: str) -> tuple[tuple[str, Standing], ...]:
        """How everything stands that was asked for with this ticket, by its name."""
        ...

    def sheet(self, name: str, way: str, slip: Slip) -> None:
        """Print or emboss it. The same name of the same ticket is done once."""
        ...

    def text(self, name: str, phone: str, slip: Slip) -> None:
        """Send it to a telephone, once a name; kept until it is delivered or given up."""
        ...


@dataclass(frozen=True, slots=True)
class NoTakeaway:
    """No device and no gateway."""

    ways: frozenset[str] = field(default=frozenset())

    def standing(self, ticket_id: str) -> tuple[tuple[str, Standing], ...]:
        return ()

    def sheet(self, name: str, way: str, slip: Slip) -> None: ...

    def text(self, name: str, phone: str, slip: Slip) -> None: ...


def asked_as(way: str, turn: int) -> str:
    """What the nth sheet or text of a visit is called."""
    return f"{way}:{turn}"


def turns(state: State, way: str) -> int:
    """How often a way was taken in this visit."""
    return sum(one.partition(":")[0] == way for one in state.taken)


def phone_of(state: State) -> str | None:
    """The telephone that the customer gave in this visit and that takes texts; the last counts."""
    given = [m.contact.phone for m in state.visit.matters if m.contact.phone is not None]
    return given[-1] if given and is_mobile(given[-1]) else None


def is_mobile(phone: str) -> bool:
    return len(phone) == 11 and phone.startswith("1")


def slip_of(state: State, catalog: Catalog, day: str) -> Slip:
    """What goes along of a state that has its ticket."""
    missing = {
        one.document: None
        for matter in state.visit.confirmed
        for one in matter.papers
        if one.have != "yes" and one.document in catalog.documents
    }
    return Slip(
        ticket_id=state.ticket_id or "",
        number=state.ticket_no or "",
        services=tuple(dict.fromkeys(matter.service for matter in state.visit.confirmed)),
        papers=tuple(one for one in missing if one is not None),
        language=state.switches.language,
        day=day,
        fetch=state.fetch,
        code=state.code,
        sign_call=state.sign_call,
    )
