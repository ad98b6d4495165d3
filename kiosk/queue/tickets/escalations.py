"""Escalations: the customer insisted, so the supervising department must answer (上报)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from kiosk.queue.errors import CannotUndo, Incomplete, NotAllowed, NotFound
from kiosk.queue.people.permissions import permit
from kiosk.queue.records.journal import Entry, record
from kiosk.queue.storage import personal
from kiosk.queue.storage.ids import new_id
from kiosk.queue.storage.tables import ESCALATION, TASK, TICKET
from kiosk.queue.tickets.views import Escalation, StaffRef

if TYPE_CHECKING:
    from kiosk.queue.storage.context import Context
    from kiosk.queue.storage.crypto import Sealer


class Escalations:
    """Every one is tracked until it is answered."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self, branch: str | None = None, *, open_only: bool = True) -> list[Escalation]:
        """Oldest first; withdrawn ones are left out."""
        query = _query().where(ESCALATION.c.withdrawn_at.is_(None))
        if branch is not None:
            query = query.where(TICKET.c.branch == branch)
        if open_only:
            query = query.where(ESCALATION.c.answered_at.is_(None))
        query = query.order_by(ESCALATION.c.opened_at, ESCALATION.c.id)
        return self._context.read(lambda c, _: [Escalation(*row) for row in c.execute(query)])

    def words(self, escalation_id: str, staff: StaffRef) -> tuple[str | None, str | None]:
        """The reason that was explained, and the answer; None where there is none any more."""
        permit(staff.role, "view")

        def work(connection: Connection, _: datetime) -> tuple[str | None, str | None]:
            row, sealer = _load(connection, escalation_id), self._context.sealer
            ticket_id = row["ticket_id"]
            reasons = personal.words_of(connection, sealer, ticket_id, "result")
            answers = personal.words_of(connection, sealer, ticket_id, "escalation_answer")
            reason, answer = reasons.get(row["task_id"]), answers.get(escalation_id)
            return reason.text if reason else None, answer.text if answer else None

        return self._context.read(work)

    def answer(self, escalation_id: str, staff: StaffRef, answer: str) -> Escalation:
        """Record the department's answer, once. Raises `NotAllowed` if there is one."""
        permit(staff.role, "answer_escalation")
        if not answer.strip() or len(answer) > personal.MAX_WORDS:
            raise Incomplete(
                "answer", f"{len(answer)} characters", f"write 1 to {personal.MAX_WORDS}"
            )

        def work(connection: Connection, now: datetime) -> Escalation:
            row = _load(connection, escalation_id)
            unanswered = (
                ESCALATION.c.id == escalation_id,
                ESCALATION.c.answered_at.is_(None),
                ESCALATION.c.withdrawn_at.is_(None),
            )
            answered = update(ESCALATION).where(*unanswered)
            answered = answered.values(answered_at=now, answered_by=staff.name)
            if connection.execute(answered).rowcount != 1:
                raise NotAllowed("it is answered or withdrawn", "answer")
            personal.put(
                connection,
                self._context.sealer,
                row["ticket_id"],
                "escalation_answer",
                escalation_id,
                answer.strip(),
                now,
                staff.name,
            )
            entry = Entry(now, staff.id, "escalation", escalation_id, "answered", row["branch"])
            record(connection, entry)
            return _view(connection, escalation_id)

        return self._context.write(work)


def open_one(
    connection: Connection, ticket: RowMapping, task_id: str, staff: StaffRef, now: datetime
) -> None:
    ident = new_id()
    connection.execute(
        insert(ESCALATION).values(
            id=ident,
            ticket_id=ticket["id"],
            task_id=task_id,
            opened_at=now,
            opened_by=staff.name,
        )
    )
    record(connection, Entry(now, staff.id, "escalation", ident, "opened", ticket["branch"]))


def withdraw(connection: Connection, ticket_id: str, task_id: str, now: datetime) -> None:
    """The closing is undone. Raises `CannotUndo` once it was answered."""
    current = (
        ESCALATION.c.ticket_id == ticket_id,
        ESCALATION.c.task_id == task_id,
        ESCALATION.c.withdrawn_at.is_(None),
        ESCALATION.c.answered_at.is_(None),
    )
    withdrawn = update(ESCALATION).where(*current).values(withdrawn_at=now)
    if connection.execute(withdrawn).rowcount != 1:
        raise CannotUndo("answered")


def answers(connection: Connection, sealer: Sealer, ticket_id: str) -> Mapping[str, str]:
    """What the department answered to a ticket's tasks, by their ids, while it is kept."""
    query = select(ESCALATION.c.id, ESCALATION.c.task_id).where(
        ESCALATION.c.ticket_id == ticket_id, ESCALATION.c.answered_at.is_not(None)
    )
    tasks = {row.id: row.task_id for row in connection.execute(query)}
    if not tasks:
        return {}
    words = personal.words_of(connection, sealer, ticket_id, "escalation_answer")
    return {tasks[ident]: note.text for ident, note in words.items() if ident in tasks}


def _query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            ESCALATION.c.id,
            ESCALATION.c.ticket_id,
            TICKET.c.number.label("ticket_no"),
            ESCALATION.c.task_id,
            TASK.c.service,
            TICKET.c.branch,
            ESCALATION.c.opened_at,
            ESCALATION.c.opened_by,
            ESCALATION.c.answered_at,
            ESCALATION.c.answered_by,
        )
        .join(TICKET, TICKET.c.id == ESCALATION.c.ticket_id)
        .join(
            TASK,
            (TASK.c.ticket_id == ESCALATION.c.ticket_id) & (TASK.c.id == ESCALATION.c.task_id),
        )
    )


def _load(connection: Connection, escalation_id: str) -> RowMapping:
    row = connection.execute(_query().where(ESCALATION.c.id == escalation_id)).mappings().first()
    if row is None:
        raise NotFound("escalation", escalation_id)
    return row


def _view(connection: Connection, escalation_id: str) -> Escalation:
    return Escalation(**_load(connection, escalation_id))
