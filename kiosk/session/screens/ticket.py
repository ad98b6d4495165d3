"""The customer's number, while they wait and after they were served."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Said, Slot
from kiosk.session.events import AskSurvey, End, Stay
from kiosk.session.ports import OVER, TicketStatus
from kiosk.session.screens import hours, outcome
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World

#: The desk can't say now: nothing is claimed but that the number stays.
UNREAD = TicketStatus("unread", 0)
PHASES = (
    *("unread", "waiting", "first", "seen", "coming", "called", "called_counter"),
    *("serving", "task_done", "held", "carried", "closed", "left"),
    *outcome.PHASES,
)
#: States in which somebody would have to be here for what is said of them.
_AWAITED = frozenset({"unread", "waiting", "seen"})


def _prompt(state: State, world: World) -> Prompt:
    status = world.ticket or UNREAD
    stay = option("ticket", "stay", "chair", selected=state.staying)
    first = option("ticket", "survey", "star") if status.state in OVER else stay
    params: dict[str, Said] = {
        "ticket": Slot("ticket", state.ticket_no or ""),
        "ahead": Slot("count", status.ahead),
        "counter": Slot("free", status.counter or ""),
        "day": Slot("date", status.day or world.today),
        **hours.closed(world),
    }
    return prompt_of(
        "ticket",
        (first, option("ticket", "end", "logout")),
        phase=_phase(status, world),
        params=params,
        icon="ticket",
        can_back=False,
    )


def _phase(status: TicketStatus, world: World) -> str:
    """Which words the waiting page shows: they say no more than is true."""
    if status.state in _AWAITED and not world.attended:
        return "closed"
    if status.state == "called":
        return "called_counter" if status.counter else "called"
    if status.state == "waiting":
        return "waiting" if status.ahead else "first"
    if status.state in ("finished", "task_done"):
        return outcome.phase_of(status)
    return status.state


SCREEN = Screen(
    "ticket",
    "/ticket",
    _prompt,
    only({"stay": Stay(), "survey": AskSurvey(), "end": End()}),
    place="ticket",
    phases=PHASES,
    template="ticket",
)
