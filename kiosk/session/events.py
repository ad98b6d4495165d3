"""Events of a session beside those of the flow: how it is served, and what lies over it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.flow.events import Event as FlowEvent
from kiosk.flow.text import Text
from kiosk.session.call_events import BookCall, CallBooked
from kiosk.session.numbers import CallBy, Search
from kiosk.session.state import AlarmPhase


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a visit in one of the four ways."""

    preset: str


@dataclass(frozen=True, slots=True)
class Open:
    """Lay a screen over the visit, by its name."""

    overlay: str


@dataclass(frozen=True, slots=True)
class Close:
    """Take away what lies over the visit."""


@dataclass(frozen=True, slots=True)
class Put:
    """Set a switch."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class KeepSpeech:
    """What this customer says may be kept to measure how well they are heard, or may not."""

    keep: bool


@dataclass(frozen=True, slots=True)
class CallHelp:
    """Call a person, the sign-language officer, or for an emergency."""

    kind: str


@dataclass(frozen=True, slots=True)
class Ring:
    """Call the officer who signs on the video line, or go back to the call that is on."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call."""


@dataclass(frozen=True, slots=True)
class OfficerAway:
    """Nobody who signs could be reached: the wish stays with the request."""


@dataclass(frozen=True, slots=True)
class Beneath:
    """Something chosen or confirmed on the screen beneath the call."""

    step: str
    value: str


@dataclass(frozen=True, slots=True)
class NoHelp:
    """Thank you, nobody needs to come."""


@dataclass(frozen=True, slots=True)
class Press:
    """An abstract key."""

    key: str


@dataclass(frozen=True, slots=True)
class Submit:
    """Something was chosen or sent on the page of `step`."""

    step: str
    value: str


@dataclass(frozen=True, slots=True)
class Stay:
    """Wait here at the kiosk, or no longer: the screen isn't wiped meanwhile."""


@dataclass(frozen=True, slots=True)
class TakeSheet:
    """Take the number along on a sheet (`way`), for the nth time (`turn`)."""

    way: str
    turn: int


@dataclass(frozen=True, slots=True)
class TakeText:
    """Send the number to a telephone, for the nth time; the telephone is in no log."""

    turn: int
    phone: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LookAfter:
    """Show how a way stands that was taken before."""

    way: str


@dataclass(frozen=True, slots=True)
class Mistyped:
    """What was typed is no telephone that takes texts."""

    text: str = field(repr=False)
    problem: Text


@dataclass(frozen=True, slots=True)
class Fetch:
    """Staff are to come for the customer when it is their turn, or needn't."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class AskSurvey:
    """On to the satisfaction survey."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How it went: 5 (very good) to 1, or None for rather not."""

    score: int | None


@dataclass(frozen=True, slots=True)
class AskNumber:
    """Somebody has a number already."""


@dataclass(frozen=True, slots=True)
class GiveNumber:
    """The digits of a number, as typed."""

    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Prove:
    """The four digits that show whose a number is, as typed: never in a log."""

    text: str


@dataclass(frozen=True, slots=True)
class Searched:
    """What the desk found of a number and its digits; None where it can't be reached."""

    search: Search | None


@dataclass(frozen=True, slots=True)
class Take:
    """It is this one of several tickets."""

    ticket_id: str


@dataclass(frozen=True, slots=True)
class GiveUp:
    """The customer doesn't wait any more."""


@dataclass(frozen=True, slots=True)
class BeCalled:
    """How the customer wants to be called."""

    way: CallBy


@dataclass(frozen=True, slots=True)
class Forget:
    """What the bank holds of this request is to be erased."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """It is erased."""


@dataclass(frozen=True, slots=True)
class StayOn:
    """The customer goes on waiting here, as long again."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again to deliver a saved request."""


@dataclass(frozen=True, slots=True)
class End:
    """The customer is done here: wipe for the next."""


@dataclass(frozen=True, slots=True)
class Headset:
    """A headset was plugged in or out."""

    plugged: bool


@dataclass(frozen=True, slots=True)
class AlarmStands:
    """How far a call is that an answer has made; None where it was taken back."""

    kind: str
    phase: AlarmPhase | None

    @property
    def words(self) -> str:
        """What the customer is told, under ``notice.alarm``: each kind says what staff know."""
        if self.phase == "raised":
            return f"raised.{self.kind}"
        return self.phase or "over"


@dataclass(frozen=True, slots=True)
class Tell:
    """Something that the customer must know, in every sense, wherever they are."""

    notice: Text


@dataclass(frozen=True, slots=True)
class Touch:
    """Somebody is there; nothing else."""


SessionEvent = (
    Start
    | Open
    | Close
    | Put
    | KeepSpeech
    | CallHelp
    | Ring
    | HangUp
    | OfficerAway
    | BookCall
    | CallBooked
    | Beneath
    | NoHelp
    | Press
    | Submit
    | Stay
    | TakeSheet
    | TakeText
    | LookAfter
    | Mistyped
    | Fetch
    | StayOn
    | AskNumber
    | GiveNumber
    | Prove
    | Searched
    | Take
    | GiveUp
    | BeCalled
    | Forget
    | Forgotten
    | AskSurvey
    | Rate
    | Retry
    | End
    | Headset
    | AlarmStands
    | Tell
    | Touch
)
AnyEvent = SessionEvent | FlowEvent
#: What isn't done by the customer, and is for one visit whatever is on its screen.
FROM_OUTSIDE = (Tell, OfficerAway, AlarmStands, Searched, Forgotten, CallBooked)
