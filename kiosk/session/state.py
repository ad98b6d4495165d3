"""All that one visit to the kiosk is, as one immutable value that survives a restart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kiosk.flow.text import Text
from kiosk.flow.visit import Visit
from kiosk.session.switches import Switches

#: What the screen is about. `visit` is the menu or a task; `saved` a request not yet with staff.
Place = Literal["attract", "visit", "saved", "ticket", "survey", "thanks"]

#: How far a call for staff is: not told yet, told, answered, somebody on the way.
AlarmPhase = Literal["failed", "raised", "seen", "coming"]


@dataclass(frozen=True, slots=True)
class State:
    place: Place = "attract"
    visit: Visit = field(default_factory=Visit)
    switches: Switches = field(default_factory=Switches)
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
    #: Nobody who signs could be reached: staff are told with the request.
    officer_wanted: bool = False
    #: What the answers called staff for, by kind, and how far each call is.
    alarms: tuple[tuple[str, AlarmPhase], ...] = ()
    #: Whether what is said may be kept to measure hearing; None until that was asked.
    keeps_speech: bool | None = None
    #: The random mark it is kept under, of this visit alone; nothing else of the visit is.
    speaker: str | None = None
    #: The customer waits here at the kiosk, so the screen is not wiped.
    staying: bool = False
