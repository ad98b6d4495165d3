"""What a colleague's role was refused is kept in the audit trail: who asked, and where."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

import structlog
from flask import Flask, Response, current_app, g, request

from kiosk.queue.errors import QueueError
from kiosk.web.wiring import wiring

log = structlog.get_logger()

#: The same refusal is written once in so long (seconds), and of one colleague so many: a script
#: that tries every address fills no trail.
QUIET, MOST = 600.0, 20
#: Refusals that are remembered, of all colleagues.
REMEMBERED = 2000
_EXTENSION = "wuai_refusals"


class Refusals:
    """Which were written lately. Safe from many threads."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._last: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._gate = threading.Lock()

    def is_news(self, who: str, where: str) -> bool:
        """Whether it is to be written; then it counts as written."""
        now = self._ticks()
        with self._gate:
            while self._last and next(iter(self._last.values())) <= now - QUIET:
                self._last.popitem(last=False)
            theirs = sum(1 for one, _ in self._last if one == who)
            if (who, where) in self._last or theirs >= MOST or len(self._last) >= REMEMBERED:
                return False
            self._last[who, where] = now
            return True


def keep(app: Flask, refusals: Refusals) -> None:
    app.extensions[_EXTENSION] = refusals


def note(response: Response) -> Response:
    """After each request behind the door."""
    member, refusals = g.get("member"), current_app.extensions[_EXTENSION]
    if response.status_code != 403 or member is None or g.get("asks_password"):
        return response
    where = f"{request.method} {request.endpoint}"
    if refusals.is_news(member.staff.id, where):
        parts, who = wiring(), member.staff
        details = {"route": str(request.endpoint), "method": request.method, "role": who.role}
        try:
            parts.queue.audit.note(who.id, "staff.refused", who.id, parts.settings.branch, details)
        except QueueError as error:
            # It is refused all the same.
            log.error("refusal.not_noted", code=error.code, reason=error.reason)
    return response
