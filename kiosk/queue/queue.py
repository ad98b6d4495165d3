"""The queue as the web room uses it.

Every method opens its own transaction; a writing method returns only after COMMIT. Times are
aware UTC. All raise `StorageError` when the disk or the database refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from kiosk.queue.alarms import Alarms
from kiosk.queue.people.permissions import permit
from kiosk.queue.people.staff import StaffBook
from kiosk.queue.records import outbox
from kiosk.queue.records.audit import AuditTrail
from kiosk.queue.records.contacted import ContactLog
from kiosk.queue.records.figures import LiveFigures
from kiosk.queue.records.numbers import last_event
from kiosk.queue.records.reports import Reports
from kiosk.queue.records.retention import Retention
from kiosk.queue.records.surveys import Surveys
from kiosk.queue.storage.context import Context, system_clock
from kiosk.queue.storage.crypto import Sealer, check_key
from kiosk.queue.storage.engine import Database
from kiosk.queue.tickets import actions, boards, claims, handover, lists, undo
from kiosk.queue.tickets.boards import Sizes, TicketBoard
from kiosk.queue.tickets.carrying import DayEnd
from kiosk.queue.tickets.escalations import Escalations
from kiosk.queue.tickets.giving import Giving
from kiosk.queue.tickets.outcomes import Outcome
from kiosk.queue.tickets.own import OwnTickets
from kiosk.queue.tickets.priority import Rules, load_rules
from kiosk.queue.tickets.reaching import Reaching
from kiosk.queue.tickets.request import Request
from kiosk.queue.tickets.sign_calls import SignCalls
from kiosk.queue.tickets.views import (
    Calling,
    CustomerStatus,
    Event,
    Note,
    StaffRef,
    Ticket,
    TicketRow,
    TicketView,
)

T = TypeVar("T")


class Queue:
    """Requests in, tickets through, results out. One per process and database."""

    def __init__(
        self,
        database: Database,
        sealer: Sealer,
        clock: Callable[[], datetime] = system_clock,
        priority_rules: Rules | None = None,
        timezone: str = "Asia/Shanghai",
        ticks: Callable[[], float] | None = None,
    ) -> None:
        """`ticks`: seconds whatever the clock is set to. Raises `WrongKey` for other keys' data."""
        check_key(database, sealer)
        rules = priority_rules or load_rules()
        self._context = context = Context(database, sealer, clock, rules, ZoneInfo(timezone))
        self.alarms = Alarms(context)
        self.day_end = DayEnd(context)
        self.audit = AuditTrail(context)
        self.contacts = ContactLog(context)
        self.escalations = Escalations(context)
        self.figures = LiveFigures(context)
        self.giving = Giving(context)
        self.own = OwnTickets(context)
        self.reaching = Reaching(context)
        self.reports = Reports(context)
        self.retention = Retention(context)
        self.sign_calls = SignCalls(context)
        self.staff = StaffBook(context, ticks=ticks)
        self.surveys = Surveys(context)

    # -- the customer's side

    def hand_over(self, request: Request) -> Ticket:
        """Store a request and give it its ticket. One id gives one ticket, however often sent.

        Raises `RequestConflict` for a known id with another content.
        """
        return handover.hand_over(self._context, request)

    def status(self, ticket_id: str) -> CustomerStatus:
        """What the customer's waiting page says. Raises `NotFound`."""
        return lists.status(self._context, ticket_id)

    def result_told(self, ticket_id: str, task_id: str) -> None:
        """The customer was told this task's result: closing it can't be undone any more."""
        self._write(lambda c, now: actions.result_told(c, ticket_id, task_id, now))

    # -- lists

    def ticket(self, ticket_id: str) -> TicketView | None:
        return self._read(lambda c, now: lists.ticket(c, self._context, ticket_id, now))

    def ticket_for_request(self, request_id: str) -> TicketView | None:
        asked = lists.ticket_for_request
        return self._read(lambda c, now: asked(c, self._context, request_id, now))

    def waiting(self, branch: str) -> list[TicketRow]:
        """Waiting tickets, the next one first."""
        return self._read(lambda c, now: lists.waiting(c, self._context, branch, now))

    def open_tickets(self, branch: str) -> list[TicketRow]:
        """Everything not finished, with its owner, in the order of priority."""
        return self._read(lambda c, now: lists.open_tickets(c, self._context, branch, now))

    def board(
        self, branch: str, staff: StaffRef, sizes: Sizes, since: int | None = None
    ) -> TicketBoard:
        """What this colleague's console shows. `since` is the event it has seen last."""
        return self._read(
            lambda c, now: boards.board(c, self._context, branch, staff, sizes, since, now)
        )

    def states(self, branch: str) -> Mapping[str, int]:
        """How many open tickets there are in each state."""
        return self._read(lambda c, _: boards.states(c, branch))

    def now_calling(self, branch: str) -> list[Calling]:
        """Called tickets, the latest call first."""
        return self._read(lambda c, now: lists.now_calling(c, self._context, branch, now))

    def next_up(self, branch: str, n: int) -> list[TicketRow]:
        """The first `n` who wait."""
        return self._read(lambda c, now: lists.waiting(c, self._context, branch, now, n))

    def events_after(self, branch: str, seq: int, limit: int = 500) -> list[Event]:
        """The branch's events after its number `seq`, oldest first."""
        return self._read(lambda c, _: outbox.events_after(c, branch, seq, limit))

    def last_seq(self, branch: str) -> int:
        """The number of the branch's newest event; 0 while there is none."""
        return self._read(lambda c, _: last_event(c, branch))

    # -- staff: reading

    def document(self, ticket_id: str, staff: StaffRef) -> Request:
        """The whole request, opened for one colleague; who opened it is kept in the audit trail.

        Raises `NotFound`, or `Wiped` after its retention ended.
        """
        permit(staff.role, "view")
        return handover.document(self._context, ticket_id, staff)

    def notes(self, ticket_id: str, staff: StaffRef) -> list[Note]:
        """Notes of colleagues, oldest first."""
        permit(staff.role, "view")
        return self._read(lambda c, _: actions.notes(c, self._context.sealer, ticket_id))

    # -- staff: taking

    def claim(self, ticket_id: str, staff: StaffRef, counter: str | None = None) -> TicketView:
        """Take a waiting ticket. The loser of a race gets `ClaimedByOther` with the owner."""
        permit(staff.role, "claim")
        return self._change(
            ticket_id, lambda c, now: claims.claim(c, ticket_id, staff, counter, now)
        )

    def claim_next(
        self,
        staff: StaffRef,
        counter: str | None = None,
        lanes: Collection[str] | None = None,
        branch: str | None = None,
    ) -> TicketView | None:
        """Take the first waiting ticket this colleague may take; None if there is none."""
        permit(staff.role, "claim")

        def work(connection: Connection, now: datetime) -> TicketView | None:
            ticket_id = claims.claim_next(connection, staff, counter, now, lanes, branch)
            found = lists.existing
            return found(connection, self._context, ticket_id, now) if ticket_id else None

        return self._write(work)

    def heartbeat(self, ticket_id: str, staff: StaffRef) -> None:
        """Keep a claim alive. Raises `ClaimedByOther` or `NotAllowed` once it is lost."""
        self._write(lambda c, now: claims.heartbeat(c, ticket_id, staff, now))

    def keep_claims(self, branch: str, staff: StaffRef) -> None:
        """Keep alive all that this colleague has claimed."""
        self._write(lambda c, now: claims.keep_all(c, branch, staff, now))

    def sweep(self) -> list[str]:
        """Return claims whose lease ran out; the ids of the returned tickets."""
        return self._write(claims.sweep)

    # -- staff: one step each

    def coming(self, ticket_id: str, staff: StaffRef) -> TicketView:
        """ "I am on my way to the customer"."""
        return self._act("coming", ticket_id, staff)

    def call(self, ticket_id: str, staff: StaffRef) -> TicketView:
        return self._act("call", ticket_id, staff)

    def recall(self, ticket_id: str, staff: StaffRef) -> TicketView:
        """Call once more."""
        return self._act("recall", ticket_id, staff)

    def no_show(self, ticket_id: str, staff: StaffRef) -> TicketView:
        """Nobody came: held without an owner, so that anyone can resume it when they turn up."""
        return self._act("no_show", ticket_id, staff)

    def hold(self, ticket_id: str, staff: StaffRef, note: str = "") -> TicketView:
        """Set aside, for example while the customer fetches a paper."""
        return self._act("hold", ticket_id, staff, note)

    def resume(self, ticket_id: str, staff: StaffRef, counter: str | None = None) -> TicketView:
        """Take a held ticket; anyone may."""
        permit(staff.role, "claim")
        return self._change(
            ticket_id, lambda c, now: claims.resume(c, ticket_id, staff, counter, now)
        )

    def return_(self, ticket_id: str, staff: StaffRef, note: str = "") -> TicketView:
        """Back to waiting, at the place its first time gives it."""
        return self._act("return", ticket_id, staff, note)

    def transfer(
        self,
        ticket_id: str,
        staff: StaffRef,
        *,
        lane: str | None = None,
        to_staff: StaffRef | None = None,
        to_role: str | None = None,
        note: str = "",
    ) -> TicketView:
        """Pass on to a lane, a person or a role, waiting at its old place."""
        permit(staff.role, "transfer")
        goal, sealer = actions.Goal(lane, to_staff, to_role), self._context.sealer
        return self._change(
            ticket_id,
            lambda c, now: actions.transfer(c, sealer, ticket_id, staff, goal, note, now),
        )

    def left(self, ticket_id: str, staff: StaffRef) -> TicketView:
        """The customer went away; open tasks are closed as left."""
        permit(staff.role, "left")
        return self._change(ticket_id, lambda c, now: actions.left(c, ticket_id, staff, now))

    def start_task(self, ticket_id: str, task_id: str, staff: StaffRef) -> TicketView:
        """Begin one task; only one is open at a time (一笔一清)."""
        permit(staff.role, "start_task")
        return self._change(
            ticket_id, lambda c, now: actions.start_task(c, ticket_id, task_id, staff, now)
        )

    def close_task(
        self, ticket_id: str, task_id: str, staff: StaffRef, outcome: Outcome
    ) -> TicketView:
        """End the open task. The ticket is done when its last task is closed."""
        permit(staff.role, "close_task")
        sealer = self._context.sealer
        return self._change(
            ticket_id,
            lambda c, now: actions.close_task(c, sealer, ticket_id, task_id, staff, outcome, now),
        )

    def undo(self, ticket_id: str, staff: StaffRef) -> TicketView:
        """Take back one's own last step. Raises `CannotUndo` with why not."""
        permit(staff.role, "undo")
        return self._change(ticket_id, lambda c, now: undo.undo(c, ticket_id, staff, now))

    # -- inside

    def _act(self, action: str, ticket_id: str, staff: StaffRef, note: str = "") -> TicketView:
        permit(staff.role, action)
        sealer = self._context.sealer
        return self._change(
            ticket_id,
            lambda c, now: actions.step(c, sealer, action, ticket_id, staff, note, now),
        )

    def _change(self, ticket_id: str, work: Callable[[Connection, datetime], None]) -> TicketView:
        def all_of_it(connection: Connection, now: datetime) -> TicketView:
            work(connection, now)
            return lists.existing(connection, self._context, ticket_id, now)

        return self._write(all_of_it)

    def _write(self, work: Callable[[Connection, datetime], T]) -> T:
        return self._context.write(work)

    def _read(self, work: Callable[[Connection, datetime], T]) -> T:
        return self._context.read(work)
