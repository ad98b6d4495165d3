"""On duty away from a desk: a page for a telephone or tablet that rings when somebody calls."""

from __future__ import annotations

from kiosk.sign.presence import Presence
from kiosk.web.staff.room import page, staff_room
from kiosk.web.wiring import wiring

room = staff_room("duty")


@room.get("/duty")
def show() -> str:
    """Whoever has this page open is on duty."""
    return page("staff/duty.html", on_duty=names(wiring().on_duty))


def names(on_duty: Presence) -> tuple[str, ...]:
    """Who is on duty now."""
    return tuple(one.name for one in on_duty.here())
