"""Booked calls in sign, kept by the queue of the same process."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from kiosk.queue.errors import QueueError, SlotTaken
from kiosk.queue.queue import Queue
from kiosk.session.numbers import Refused
from kiosk.session.ports import NotDelivered
from kiosk.sign_slots import SignSlot, slot_at


class QueueSignCalls:
    """Implements `kiosk.session.sign_calls.SignCalls`."""

    _queue: Queue
    _branch: str
    _timezone: tzinfo

    def taken_calls(self) -> tuple[SignSlot, ...]:
        try:
            found = self._queue.sign_calls.taken(self._branch)
        except QueueError as error:
            raise NotDelivered(str(error)) from error
        return tuple(self._slot(one.officer, one.at) for one in found)

    def book_call(self, request_id: str, slot: SignSlot) -> None:
        at = slot.at.astimezone(UTC)
        try:
            self._queue.sign_calls.book(self._branch, request_id, slot.officer, at)
        except SlotTaken as error:
            raise Refused(error.code) from error
        except QueueError as error:
            raise NotDelivered(str(error)) from error

    def release_call(self, request_id: str) -> None:
        try:
            self._queue.sign_calls.release(request_id)
        except QueueError as error:
            raise NotDelivered(str(error)) from error

    def _slot(self, officer: str, at: datetime) -> SignSlot:
        return slot_at(officer, at, self._timezone)
