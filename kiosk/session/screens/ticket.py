"""The customer's number, while they wait and after they were served."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow.prompt import Prompt, PromptChoice
from kiosk.flow.text import Said, Slot
from kiosk.session.events import AskSurvey, End, Open, Stay
from kiosk.session.ports import OVER, TicketStatus
from kiosk.session.screens import hours, outcome
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.takes import WAITS
from kiosk.session.world import World

#: The desk can't say now: nothing is claimed but that the number stays.
UNREAD = TicketStatus("unread", 0)
PHASES = (
    *("unread", "waiting", "first", "seen", "coming", "called", "called_counter", "called_fetch"),
    *("serving", "task_done", "held", "carried", "closed", "left"),
    *outcome.PHASES,
)
#: States in which somebody would have to be here for what is said of them.
_AWAITED = frozenset({"unread", "waiting", "seen"})


def _prompt(state: State, world: World) -> Prompt:
    status = world.ticket or UNREAD
    params: dict[str, Said] = {
        "ticket": Slot("ticket", state.ticket_no or ""),
        "ahead": Slot("count", status.ahead),
        "counter": Slot("free", status.counter or ""),
        "day": Slot("date", status.day or world.today),
        **hours.closed(world),
    }
    return prompt_of(
        "ticket",
        (*_choices(state, status), option("ticket", "end", "logout")),
        phase=_phase(status, world),
        params=params,
        icon="ticket",
        can_back=False,
    )


def _choices(state: State, status: TicketStatus) -> Iterator[PromptChoice]:
    """Whoever just got the number waits and takes it along; whoever came back may do more."""
    if status.state in OVER:
        yield option("ticket", "survey", "star")
    else:
        yield option("ticket", "stay", "chair", selected=state.staying)
    if not state.returned:
        if status.state in WAITS:
            yield option("ticket", "take", "confirmation-number")
        return
    if status.state not in OVER:
        yield option("ticket", "how", "campaign")
    if status.state not in (*OVER, "serving", "task_done"):
        yield option("ticket", "give_up", "close")
    yield option("ticket", "held", "info")


def _phase(status: TicketStatus, world: World) -> str:
    """Which words the waiting page shows: they say no more than is true."""
    if status.state in _AWAITED and not world.attended:
        return "closed"
    if status.state == "called" and status.call_by == "fetch":
        return "called_fetch"
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
    only(
        {
            "stay": Stay(),
            "survey": AskSurvey(),
            "take": Open("take"),
            "how": Open("called_by"),
            "give_up": Open("give_up"),
            "held": Open("held"),
            "end": End(),
        }
    ),
    place="ticket",
    phases=PHASES,
    template="ticket",
)
