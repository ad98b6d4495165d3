"""Colleagues who are gone: what they had in hand goes back to the queue."""

from __future__ import annotations

from datetime import timedelta

import structlog

from kiosk.queue.tickets.giving import Why
from kiosk.web.wiring import Wiring

log = structlog.get_logger()


def give_back(parts: Wiring) -> None:
    """Whoever has something in hand must be signed in, and have had a page open lately."""
    branch = parts.settings.branch
    for owner in parts.queue.giving.owners(branch):
        why = _gone(parts, owner)
        if why is not None:
            given = parts.queue.giving.give_back(branch, owner, why)
            log.info("console.gave_back", why=why, tickets=len(given))


def _gone(parts: Wiring, owner: str) -> Why | None:
    """Why a colleague can't be there any more; None for all that is known."""
    now = parts.clock()
    where = parts.sign_ins.of(owner, now)
    if not where:
        return "sign_in_over"
    # A page without scripts shows only by what is done on it.
    seen = max(parts.signs.presence.last_seen(owner), *(one.last_at for one in where))
    lost = now - seen > timedelta(minutes=parts.settings.console_lost_minutes)
    return "console_lost" if lost else None
