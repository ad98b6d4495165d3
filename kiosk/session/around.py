"""What surrounds a session: the parts of its process, and what they say at a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

import structlog

from kiosk.content.loader import Advice, Content
from kiosk.flow.prompt import Prompt
from kiosk.hours import calendar
from kiosk.session.errands import Errands, ThreadErrands
from kiosk.session.idle import IdlePolicy
from kiosk.session.numbers import CallBy, Holding
from kiosk.session.ports import (
    CallWait,
    Clock,
    Collection,
    Desk,
    NoCollection,
    NotDelivered,
    NullVideoLine,
    Store,
    TicketStatus,
    VideoLine,
)
from kiosk.session.screens import World
from kiosk.session.state import State
from kiosk.session.switches import TONES, Switches
from kiosk.session.taking import NoTakeaway, Takeaway, Taking
from kiosk.sign_slots import SignSlot, free_slots

log = structlog.get_logger()

#: Every so many seconds of waiting comes another piece of advice.
ADVICE_SECONDS = 30


def elapsed() -> float:
    """Seconds since the machine was started, its sleep included; no clock that is set moves it."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every session of one process shares."""

    content: Content
    desk: Desk
    #: Where visits survive a restart, and where requests wait until staff have them.
    visits: Store
    outbox: Store
    clock: Clock
    new_id: Callable[[], str]
    branch: str
    timezone: tzinfo
    idle: IdlePolicy
    senses: frozenset[str]
    defaults: Switches
    demo: bool = False
    line: VideoLine = NullVideoLine()  # noqa: RUF009 (stateless)
    #: What customers say and let the branch keep.
    collection: Collection = NoCollection()  # noqa: RUF009 (stateless)
    #: How a number goes along with its customer.
    takeaway: Takeaway = NoTakeaway()  # noqa: RUF009 (stateless)
    sign_language: str = "csl"
    #: Whether a screen is signed, for "read back in sign" to be true.
    signs: Callable[[Prompt], bool] = lambda prompt: False
    #: How the voice of a language can sound.
    tones: Callable[[str], tuple[str, ...]] = lambda language: TONES
    #: Senses whose device isn't here now: whoever chooses one is told so.
    missing: Callable[[], frozenset[str]] = frozenset
    #: Days until what is personal is erased.
    keep_days: int = 30
    #: How customers can be called here.
    calls: tuple[CallBy, ...] = ("voice", "screen", "fetch")
    #: Whether others may need the kiosk of that name, so that nobody waits at it for long.
    needed: Callable[[str], bool] = lambda kiosk: False
    #: Seconds by which durations are measured.
    elapsed: Callable[[], float] = elapsed
    #: Whether anybody would hear a call for help.
    attended: Callable[[], bool] = lambda: True
    errands: Errands = field(default_factory=ThreadErrands)

    @property
    def fresh(self) -> State:
        """How every customer finds the kiosk."""
        return State(switches=self.defaults)

    def today(self) -> datetime:
        return self.clock().astimezone(self.timezone)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the desk said when it was last asked: of a ticket and what is kept of it, and of the
    kiosk's call for help."""

    ticket_id: str | None = None
    ticket: TicketStatus | None = None
    help_state: str | None = None
    holding: Holding | None = None
    #: The booked calls of others; None while that isn't known.
    taken: tuple[SignSlot, ...] | None = None


#: Screens with the times of booked calls.
_TIMES = frozenset({"call", "book_call"})


def asks(state: State) -> bool:
    """Whether a state shows something that only the desk knows."""
    return state.ticket_id is not None or state.overlay in _TIMES | {"person"}


def read(around: Surroundings, kiosk: str, state: State) -> Reading:
    """Ask the desk for what the state shows. This may take as long as the desk does."""
    return Reading(
        state.ticket_id,
        around.desk.status(state.ticket_id) if state.ticket_id else None,
        around.desk.help_state(kiosk) if state.overlay == "person" else None,
        around.desk.holding(state.ticket_id) if state.ticket_id and state.returned else None,
        _taken(around) if state.overlay in _TIMES else None,
    )


def _taken(around: Surroundings) -> tuple[SignSlot, ...] | None:
    if not around.content.hours.signers:
        return ()
    try:
        return around.desk.taken_calls()
    except NotDelivered as error:
        log.warning("session.desk_away", error=str(error))
        return None


def world_of(
    around: Surroundings,
    state: State,
    reading: Reading,
    call: str | None,
    kiosk: str = "",
    wait: CallWait | None = None,
) -> World:
    """The world of a state. `call` is how its call to an officer stands, `wait` how long that is
    while all are busy."""
    has_ticket = state.ticket_id is not None
    now, hours = around.today(), around.content.hours
    opening = hours.at(now, around.timezone)
    open_days, visit_days = calendar(hours, now.date())
    is_read = has_ticket and reading.ticket_id == state.ticket_id
    return World(
        catalog=around.content.catalog,
        today=now.date().isoformat(),
        opening=opening,
        closed=not opening.open and (state.outside or state.place == "attract"),
        attended=around.attended(),
        telephones=hours.telephones,
        open_days=open_days,
        visit_days=visit_days,
        languages=tuple(around.content.locales),
        covers=around.content.covers,
        senses=around.senses - around.missing(),
        tones=around.tones,
        defaults=around.defaults,
        collects=around.collection.asks,
        collect_days=around.collection.days,
        ticket=reading.ticket if is_read else None,
        taking=_taking(around, state.ticket_id),
        holding=reading.holding if is_read else None,
        keep_days=around.keep_days,
        calls=around.calls,
        may_stay=state.place == "moved" and not around.needed(kiosk),
        help_state=reading.help_state if state.overlay == "person" else None,
        call_state=call,
        call_wait=wait,
        slots=_slots(around, state, reading, now),
        advice=_advice(around) if has_ticket else None,
        answer_seconds=around.idle.answer_within,
    )


def _slots(
    around: Surroundings, state: State, reading: Reading, now: datetime
) -> tuple[SignSlot, ...] | None:
    if state.overlay not in _TIMES or reading.taken is None:
        return None
    return free_slots(around.content.hours, reading.taken, now, around.timezone)


def _taking(around: Surroundings, ticket_id: str | None) -> Taking:
    if ticket_id is None:
        return Taking()
    return Taking(around.takeaway.ways, around.takeaway.standing(ticket_id))


def _advice(around: Surroundings) -> Advice | None:
    """Another piece every so often, for those who wait."""
    advice = around.content.advice
    turn = int(around.clock().timestamp() // ADVICE_SECONDS)
    return advice[turn % len(advice)] if advice else None
