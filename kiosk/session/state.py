"""All that one visit to the kiosk is, as one immutable value that survives a restart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kiosk.flow.text import Text
from kiosk.flow.visit import Visit
from kiosk.session.numbers import Found
from kiosk.session.switches import Switches
from kiosk.sign_slots import SignSlot

#: What the screen is about. `visit` is the menu or a task; `number` somebody who has one already;
#: `saved` a request not yet with staff; `moved` a wait that goes on in the lobby.
Place = Literal["attract", "visit", "number", "saved", "ticket", "moved", "survey", "thanks"]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A number that somebody says is theirs. The digits that show it are kept nowhere."""

    #: What stands in the entry, half-typed.
    draft: str = ""
    #: The number, once it was given; then the digits are asked.
    number: str | None = None
    #: What was wrong with the last entry, a code under ``screen.number.problem.``.
    problem: str | None = None
    #: How often a number didn't go with its digits.
    wrong: int = 0
    #: Nothing more can be tried here now.
    closed: bool = False
    #: The desk is being asked.
    asking: bool = False
    #: The tickets it may be, where there are several.
    found: tuple[Found, ...] = ()


#: How far a call for staff is: nobody there to hear it, not told yet, told, answered, somebody on
#: the way.
AlarmPhase = Literal["closed", "failed", "raised", "seen", "coming"]
#: The phases in which staff know nothing of it.
UNTOLD: frozenset[AlarmPhase] = frozenset({"closed", "failed"})


@dataclass(frozen=True, slots=True)
class State:
    place: Place = "attract"
    visit: Visit = field(default_factory=Visit)
    switches: Switches = field(default_factory=Switches)
    #: Begun while the branch was closed: only what is urgent is taken.
    outside: bool = False
    #: How each confirmed matter was read back: the customer's switches at that moment, in the order
    #: of `visit.confirmed`. What staff get says it in the same language.
    read_back: tuple[Switches, ...] = ()
    #: How the customer asked to be served, in order.
    presets: tuple[str, ...] = ()
    #: The screen laid over the place, by name: closing it loses nothing.
    overlay: str | None = None
    #: Something to tell once, in every sense, on whatever comes next.
    notice: Text | None = None
    #: Which thing to press the keys stand on; -1 for none.
    cursor: int = -1
    #: The last key pressed in the key tutor.
    tutor_key: str | None = None
    #: The request's id, from the moment it was confirmed.
    request_id: str | None = None
    ticket_id: str | None = None
    ticket_no: str | None = None
    #: Four digits given with the number where no telephone was left.
    code: str | None = None
    #: Somebody came back with a number, and what they say of it meanwhile.
    lookup: Lookup | None = None
    #: The ticket is of somebody who came back with it.
    returned: bool = False
    #: The question on whose page it is said what is asked, why, and who sees it: once a visit.
    informed: str | None = None
    #: Nobody who signs could be reached: staff are told with the request.
    officer_wanted: bool = False
    #: The call in sign that is booked for later.
    sign_call: SignSlot | None = None
    #: What the answers called staff for, by kind, and how far each call is.
    alarms: tuple[tuple[str, AlarmPhase], ...] = ()
    #: Whether what is said may be kept to measure hearing; None until that was asked.
    keeps_speech: bool | None = None
    #: The random mark it is kept under, of this visit alone; nothing else of the visit is.
    speaker: str | None = None
    #: The customer waits here at the kiosk, so the screen is not wiped.
    staying: bool = False
    #: What was taken along of the number, by name (`kiosk.session.taking.asked_as`).
    taken: tuple[str, ...] = ()
    #: The way whose standing is shown.
    taking: str | None = None
    #: The telephone the last text went to; what is typed of the next, and what is wrong with that.
    text_to: str | None = None
    text_draft: str = ""
    text_problem: Text | None = None
    #: Staff are to come for the customer.
    fetch: bool = False
