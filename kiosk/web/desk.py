"""The staff's side as a kiosk sees it, over the queue of the same process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from pydantic import ValidationError

from kiosk.queue.alarm_kinds import AlarmKind
from kiosk.queue.alarms import Alarm
from kiosk.queue.errors import QueueError, RequestConflict
from kiosk.queue.tickets.request import Request
from kiosk.session.numbers import CallBy
from kiosk.session.ports import Delivered, NotDelivered, StaffCall, TaskResult, TicketStatus
from kiosk.web.desk_calls import QueueSignCalls
from kiosk.web.desk_numbers import QueueNumbers

#: How far along an alarm is, as the customer is told.
ALARM_STATES = ("coming", "seen", "raised")


class QueueDesk(QueueNumbers, QueueSignCalls):
    """Implements `kiosk.session.ports.Desk`."""

    def hand_over(self, request: Mapping[str, Any]) -> Delivered:
        try:
            document = Request.model_validate(request)
            ticket = self._queue.hand_over(document)
        except RequestConflict:
            # Handed over before a restart; the first one counts and its ticket is the ticket.
            return self._first(str(request["id"]))
        except ValidationError as error:
            raise NotDelivered(f"the request doesn't fit its schema: {_misfits(error)}") from None
        except QueueError as error:
            raise NotDelivered(str(error)) from error
        return Delivered(ticket.id, ticket.number, ticket.code)

    def _first(self, request_id: str) -> Delivered:
        known = self.known(request_id)
        if known is None:
            raise NotDelivered(f"request {request_id} conflicts with one that has no ticket")
        return known

    def known(self, request_id: str) -> Delivered | None:
        try:
            ticket = self._queue.ticket_for_request(request_id)
            code = self._queue.own.code(ticket.id) if ticket else None
        except QueueError as error:
            raise NotDelivered(str(error)) from error
        return Delivered(ticket.id, ticket.number, code) if ticket else None

    def status(self, ticket_id: str) -> TicketStatus | None:
        try:
            status = self._queue.status(ticket_id)
        except QueueError:
            return None
        results = tuple(
            TaskResult(
                task.service,
                task.state,
                task.result_note,
                task.when.date().isoformat() if task.when else None,
                task.answer,
            )
            for task in status.tasks
        )
        way = cast(CallBy | None, status.call_by)
        call = self._slot(*status.sign_call) if status.sign_call is not None else None
        return TicketStatus(
            status.state, status.ahead, status.counter, results, status.day or None, way, call
        )

    def call_help(self, kiosk: str, kind: str, ticket_id: str | None) -> None:
        try:
            self._queue.alarms.raise_(
                self._branch, kiosk, cast(AlarmKind, kind), ticket_id=ticket_id
            )
        except QueueError as error:
            raise NotDelivered(str(error)) from error

    def help_state(self, kiosk: str) -> str | None:
        try:
            states = {_state(alarm) for alarm in self._open_at(kiosk)}
        except QueueError:
            return None
        return next((state for state in ALARM_STATES if state in states), None)

    def no_help(self, kiosk: str) -> None:
        try:
            self._queue.alarms.take_back(self._branch, kiosk)
        except QueueError as error:
            raise NotDelivered(str(error)) from error

    def raise_alarm(self, call: StaffCall) -> None:
        try:
            self._queue.alarms.raise_(
                self._branch,
                call.kiosk,
                cast(AlarmKind, call.kind),
                about=call.about,
                request_id=call.request_id,
            )
        except QueueError as error:
            raise NotDelivered(str(error)) from error

    def take_back(self, call: StaffCall) -> None:
        kind = cast(AlarmKind, call.kind)
        try:
            self._queue.alarms.take_back(self._branch, call.kiosk, kind, call.request_id)
        except QueueError as error:
            raise NotDelivered(str(error)) from error

    def alarm_states(self, kiosk: str) -> Mapping[str, str]:
        try:
            opened = self._open_at(kiosk)
        except QueueError:
            return {}
        return {one.kind: _state(one) for one in opened if not one.exercise}

    def survey(self, ticket_id: str, score: int) -> None:
        try:
            self._queue.surveys.store(ticket_id, score)
        except QueueError as error:
            raise NotDelivered(str(error)) from error

    def _open_at(self, kiosk: str) -> list[Alarm]:
        return [alarm for alarm in self._queue.alarms.open(self._branch) if alarm.kiosk == kiosk]


def _misfits(error: ValidationError) -> str:
    """Which fields, and why; never what stands in them, for this goes to the log."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['type']}" for one in found)


def _state(alarm: Alarm) -> str:
    if alarm.coming_at is not None:
        return "coming"
    return "seen" if alarm.acknowledged_at is not None else "raised"
