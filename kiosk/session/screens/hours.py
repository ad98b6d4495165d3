"""Words of when the branch is open, and whom to telephone while it isn't."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from kiosk.flow.text import Said, Slot, Text
from kiosk.session.world import World

#: The police's own line against fraud (反诈专线), where a branch names no other.
FRAUD_LINE = "96110"


def opens(world: World) -> Text:
    """When it opens next."""
    at = world.opening.opens
    if at is None:
        return Text("hours.opens.unknown")
    today = date.fromisoformat(world.today)
    time = Slot("time", f"{at:%H:%M}")
    near = {today: "today", today + timedelta(days=1): "tomorrow"}.get(at.date())
    if near is not None:
        return Text(f"hours.opens.{near}", {"time": time})
    return Text("hours.opens.day", {"day": Slot("date", at.date().isoformat()), "time": time})


def calls(world: World) -> Text:
    """Whom to telephone for what can't wait."""
    numbers = dict(world.telephones)
    fraud = Slot("phone", numbers.get("fraud", FRAUD_LINE))
    if "loss" not in numbers:
        return Text("hours.calls.public", {"fraud": fraud})
    return Text("hours.calls.bank", {"loss": Slot("phone", numbers["loss"]), "fraud": fraud})


def closed(world: World) -> Mapping[str, Said]:
    """What a screen says while it is closed."""
    return {"opens": opens(world), "calls": calls(world)}
