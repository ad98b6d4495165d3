"""What customers with a number ask, answered by the queue of the same process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta, tzinfo

import structlog

from kiosk.queue.errors import NotAllowed, NotFound, QueueError
from kiosk.queue.queue import Queue
from kiosk.session.numbers import CallBy, Found, Holding, Refused, Search
from kiosk.session.ports import NotDelivered
from kiosk.session.taking import is_mobile
from kiosk.web.guesses import Guesses

log = structlog.get_logger()


class QueueNumbers:
    """Implements `kiosk.session.numbers.Numbers`."""

    def __init__(
        self,
        queue: Queue,
        branch: str,
        *,
        keep_days: int,
        timezone: tzinfo,
        elapsed: Callable[[], float],
    ) -> None:
        """A request is erased `keep_days` after it was done; `elapsed` counts seconds."""
        self._queue = queue
        self._branch = branch
        self._keep_days = keep_days
        self._timezone = timezone
        self._guesses = Guesses(elapsed)

    def find(self, kiosk: str, number: int, proof: str) -> Search:
        made = self._guesses.begin(kiosk)
        if made is None:
            log.warning("numbers.guessed_often", kiosk=kiosk)
            return Search(refusal="often")
        try:
            found = self._queue.own.find(self._branch, number, proof)
        except QueueError as error:
            self._guesses.forgive(made)
            raise NotDelivered(str(error)) from error
        if not found:
            return Search(refusal="wrong")
        self._guesses.forgive(made)
        return Search(tuple(Found(one.id, one.number) for one in found))

    def holding(self, ticket_id: str) -> Holding | None:
        try:
            found = self._queue.own.holding(ticket_id)
        except QueueError:
            return None
        over = found.finished_at if found.owed is None and found.kept else None
        ends = over + timedelta(days=self._keep_days) if over else None
        until = ends.astimezone(self._timezone).date().isoformat() if ends else None
        return Holding(
            found.kept,
            found.matters,
            found.phone,
            found.phone and self._takes_texts(ticket_id),
            found.notes,
            found.papers,
            until,
            found.owed,
        )

    def _takes_texts(self, ticket_id: str) -> bool:
        try:
            phone = self._queue.reaching.phone(ticket_id)
        except QueueError:
            return False
        return phone is not None and is_mobile(phone)

    def give_up(self, ticket_id: str) -> None:
        _do(lambda: self._queue.own.give_up(ticket_id))

    def call_by(self, ticket_id: str, way: CallBy | None) -> None:
        _do(lambda: self._queue.own.call_by(ticket_id, way))

    def forget(self, ticket_id: str) -> None:
        _do(lambda: self._queue.own.forget(ticket_id))


def _do(work: Callable[[], None]) -> None:
    try:
        work()
    except (NotAllowed, NotFound) as error:
        raise Refused(error.code) from error
    except QueueError as error:
        raise NotDelivered(str(error)) from error
