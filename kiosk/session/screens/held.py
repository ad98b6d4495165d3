"""What the bank holds of a request, by kind; and its deletion, once nothing is owed."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Said, Slot, Text
from kiosk.session.events import Close, Open
from kiosk.session.numbers import Holding
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World

#: The desk can't say; nothing is kept; it can be deleted; or why it can't.
PHASES = ("unread", "nothing", "free", "open", "appointment", "answer")


def _prompt(state: State, world: World) -> Prompt:
    phase = _phase(world.holding)
    delete = (option("held", "delete", "delete"),) if phase == "free" else ()
    params = _params(world.holding, world) if world.holding and world.holding.kept else {}
    return prompt_of(
        "held", (option("held", "close", "back"), *delete), phase=phase, params=params, icon="info"
    )


def _phase(holding: Holding | None) -> str:
    if holding is None:
        return "unread"
    if not holding.kept:
        return "nothing"
    return holding.owed or "free"


def _params(holding: Holding, world: World) -> dict[str, Said]:
    until = (
        Text("screen.held.until", {"day": Slot("date", holding.until)})
        if holding.until
        else Text("screen.held.until_done", {"days": Slot("count", world.keep_days)})
    )
    return {
        "matters": Text("screen.held.matters", {"count": Slot("count", holding.matters)}),
        "phone": Text(f"screen.held.phone.{'yes' if holding.phone else 'no'}"),
        "notes": Text(
            "screen.held.notes" if holding.notes else "screen.held.no_notes",
            {"count": Slot("count", holding.notes)} if holding.notes else {},
        ),
        "until": until,
    }


SCREEN = Screen(
    "held",
    "/ticket/held",
    _prompt,
    only({"close": Close(), "delete": Open("forget")}),
    phases=PHASES,
)
