"""A customer at one session, without pages: a desk in memory, a clock in hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any, Self
from zoneinfo import ZoneInfo

import uuid_utils

from kiosk.content.loader import Content, load
from kiosk.flow.prompt import Prompt
from kiosk.hours import Hours, Signer, Span
from kiosk.session import ages
from kiosk.session.around import Surroundings
from kiosk.session.errands import InlineErrands
from kiosk.session.events import AnyEvent, Open, Press, Ring, Submit
from kiosk.session.idle import IdlePolicy
from kiosk.session.numbers import CallBy, Found, Holding, Refused, Search
from kiosk.session.ports import Delivered, MemoryStore, NotDelivered, StaffCall, TicketStatus
from kiosk.session.screens import screen_of
from kiosk.session.session import Session
from kiosk.session.state import Lookup, State
from kiosk.session.switches import Switches
from kiosk.sign_slots import SignSlot
from tests.support.collection import MemoryCollection
from tests.support.takeaway import MemoryTakeaway

MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


class PowerCut(BaseException):
    """The process is gone: nothing may catch this."""


@cache
def content() -> Content:
    return load()


@cache
def with_signers() -> Content:
    """The content of a branch whose officer takes booked calls every morning."""
    nine = (Span(time(9), time(11)),)
    return replace(content(), hours=Hours(signers=(Signer("李敏", (nine,) * 7),)))


@dataclass
class MemoryDesk:
    """Staff in memory. `away` refuses everything; `cut` ends the process, before or after."""

    away: bool = False
    cut: str | None = None
    requests: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    alarms: list[tuple[str, str, str | None]] = field(default_factory=list)
    #: What answers called staff for and how far it is, in the order raised.
    calls: dict[StaffCall, str] = field(default_factory=dict)
    scores: list[tuple[str, int]] = field(default_factory=list)
    seen: TicketStatus = TicketStatus("waiting", 0)  # noqa: RUF009 (immutable)
    #: Numbers that customers come back with, and the digits that show whose each is.
    numbers: dict[tuple[int, str], tuple[Found, ...]] = field(
        default_factory=lambda: {(1, "1234"): (Found("ticket-1", "A001"),)}
    )
    tried: int = 0
    kept: Holding | None = Holding()  # noqa: RUF009 (immutable)
    #: Booked calls in sign, by request.
    booked: dict[str, SignSlot] = field(default_factory=dict)
    #: What customers did with their numbers.
    done: list[tuple[str | None, ...]] = field(default_factory=list)

    def hand_over(self, request: Mapping[str, Any]) -> Delivered:
        self._reach()
        if self.cut == "before":
            raise PowerCut
        self.requests.setdefault(request["id"], request)
        if self.cut == "after":
            raise PowerCut
        return self._ticket(request["id"])

    def known(self, request_id: str) -> Delivered | None:
        self._reach()
        return self._ticket(request_id) if request_id in self.requests else None

    def status(self, ticket_id: str) -> TicketStatus | None:
        if self.away:
            return None
        mine = (self.booked.get(one) for one in self.requests)
        calls = dict(zip((self._ticket(one).ticket_id for one in self.requests), mine, strict=True))
        return replace(self.seen, sign_call=calls.get(ticket_id))

    def taken_calls(self) -> tuple[SignSlot, ...]:
        # Looking isn't asking.
        if self.away:
            raise NotDelivered("nobody there")
        return tuple(self.booked.values())

    def book_call(self, request_id: str, slot: SignSlot) -> None:
        self._reach()
        if any(one == slot for who, one in self.booked.items() if who != request_id):
            raise Refused("slot_taken")
        self.booked[request_id] = slot

    def release_call(self, request_id: str) -> None:
        self._reach()
        self.booked.pop(request_id, None)

    def call_help(self, kiosk: str, kind: str, ticket_id: str | None) -> None:
        self._reach()
        self.alarms.append((kiosk, kind, ticket_id))

    def help_state(self, kiosk: str) -> str | None:
        return "raised" if self.alarms and not self.away else None

    def no_help(self, kiosk: str) -> None:
        self._reach()
        self.alarms.clear()

    def raise_alarm(self, call: StaffCall) -> None:
        self._reach()
        if not any((one.kiosk, one.kind) == (call.kiosk, call.kind) for one in self.calls):
            self.calls[call] = "raised"

    def take_back(self, call: StaffCall) -> None:
        self._reach()
        same = (call.kiosk, call.kind, call.request_id)
        kept = {c: how for c, how in self.calls.items() if (c.kiosk, c.kind, c.request_id) != same}
        self.calls = kept

    def alarm_states(self, kiosk: str) -> Mapping[str, str]:
        if self.away:
            return {}
        return {call.kind: how for call, how in self.calls.items() if call.kiosk == kiosk}

    def answer(self, kind: str, how: str) -> None:
        """A colleague saw a call ("seen") or is on the way ("coming")."""
        self.calls = {c: how if c.kind == kind else was for c, was in self.calls.items()}

    def survey(self, ticket_id: str, score: int) -> None:
        self._reach()
        self.scores.append((ticket_id, score))

    def find(self, kiosk: str, number: int, proof: str) -> Search:
        self._reach()
        self.tried += 1
        found = self.numbers.get((number, proof), ())
        return Search(found) if found else Search(refusal="wrong")

    def holding(self, ticket_id: str) -> Holding | None:
        return None if self.away else self.kept

    def give_up(self, ticket_id: str) -> None:
        self._reach()
        if self.seen.state == "serving":
            raise Refused("not_allowed")
        self.done.append(("give_up", ticket_id))
        self.seen = replace(self.seen, state="left")

    def call_by(self, ticket_id: str, way: CallBy | None) -> None:
        self._reach()
        self.done.append(("call_by", ticket_id, way))
        self.seen = replace(self.seen, call_by=way)

    def forget(self, ticket_id: str) -> None:
        self._reach()
        if self.kept is not None and self.kept.owed is not None:
            raise Refused("not_allowed")
        self.done.append(("forget", ticket_id))

    def _reach(self) -> None:
        if self.away:
            raise NotDelivered("nobody there")

    def _ticket(self, request_id: str) -> Delivered:
        number = list(self.requests).index(request_id) + 1
        return Delivered(f"ticket-{number}", f"A{number:03d}")


class Customer:
    """Presses and chooses on one session; `restart` is the kiosk's process starting anew."""

    def __init__(self, **other: Any) -> None:
        self.now = MORNING
        #: Seconds that no clock's hands move.
        self.passed = 0.0
        self.desk = MemoryDesk()
        self.visits = MemoryStore()
        self.outbox = MemoryStore()
        around = Surroundings(
            content=content(),
            desk=self.desk,
            visits=self.visits,
            outbox=self.outbox,
            clock=lambda: self.now,
            new_id=lambda: str(uuid_utils.uuid7()),
            branch="branch-1",
            timezone=ZoneInfo("Asia/Shanghai"),
            idle=IdlePolicy(),
            senses=frozenset({"screen"}),
            defaults=Switches(),
            elapsed=lambda: self.passed,
            errands=InlineErrands(),
            collection=MemoryCollection(),
            takeaway=MemoryTakeaway(),
        )
        self.around = replace(around, **other)
        self.session = Session("device", "K1", self.around)

    def restart(self) -> Self:
        self.session = Session("device", "K1", self.around)
        return self

    def put_on(self, state: State) -> Self:
        """As after a restart of the kiosk in that state."""
        ages.keep(self.around, "device", ages.Kept("visit-1", "K1", self.now, state))
        return self.restart()

    def come_to(self, state: State) -> Self:
        """Without a restart, which asks again what the desk was being asked."""
        self.session._settle(state)
        self.session._publish(None, changed=True)
        return self

    def do(self, *events: AnyEvent) -> Self:
        for event in events:
            self.session.dispatch(event)
        return self

    def press(self, *keys: str) -> Customer:
        return self.do(*(Press(key) for key in keys))

    def choose(self, *values: str) -> Customer:
        for value in values:
            self.do(Submit(self.prompt.step, value))
        return self

    def wait(self, seconds: float) -> Customer:
        """Let time pass, with a tick at its end."""
        self.passed += seconds
        self.set_clock(seconds)
        self.session.refresh()
        self.session.tick()
        return self

    def set_clock(self, seconds: float) -> Customer:
        """Somebody moves the hands of the clock."""
        self.now += timedelta(seconds=seconds)
        return self

    @property
    def state(self) -> State:
        return self.session.state

    @property
    def screen(self) -> str:
        return screen_of(self.state)

    @property
    def prompt(self) -> Prompt:
        return self.session.moment.prompt

    @property
    def ask(self) -> str:
        return content().words(self.state.switches.language).render(self.prompt.ask)

    @property
    def notice(self) -> str | None:
        notice = self.state.notice
        return content().words(self.state.switches.language).render(notice) if notice else None

    def to_review(self) -> Customer:
        """Answer whatever is asked, "I don't know" where that is an answer."""
        return self._until(lambda: self.prompt.kind == "review")

    def confirm(self) -> Customer:
        return self.choose("confirm")

    def finish(self) -> Customer:
        """No more matters, and the closing questions."""
        self.choose("no")
        return self._until(lambda: self.state.place != "visit" or self.prompt.kind == "done")

    def take_ticket(self, *services: str) -> Customer:
        """A whole visit for some services of the menu."""
        self.choose("large_text")
        for number, service in enumerate(services or ("balance",)):
            if number:
                self.choose("yes")
            self.choose(*self.way_to(service)).to_review().confirm()
        return self.finish()

    def way_to(self, service: str) -> tuple[str, str]:
        groups = content().catalog.groups
        return next(g.id for g in groups if service in g.services), service

    def _until(self, there: Callable[[], bool]) -> Customer:
        for _ in range(60):
            if there():
                return self
            prompt = self.prompt
            offered = [choice.value for choice in prompt.choices]
            # A notice is read, and gone on from.
            onward = "next" if "next" in offered else next(iter(offered), "")
            self.choose("unknown" if prompt.unknown else onward)
        raise AssertionError(f"stuck at {self.prompt.key}")


def _in_question(customer: Customer) -> None:
    customer.choose("large_text", "urgent", "loss_report")


def _with_ticket(customer: Customer) -> None:
    customer.take_ticket()


def _saved(customer: Customer) -> None:
    customer.desk.away = True
    customer.take_ticket()
    customer.desk.away = False


def _asked_how_it_went(customer: Customer) -> None:
    customer.take_ticket()
    customer.desk.seen = TicketStatus("finished", 0)
    customer.choose("survey")


def _booking(customer: Customer) -> None:
    _in_question(customer)
    customer.do(Ring(), Open("book_call"))


def _thanked(customer: Customer) -> None:
    _asked_how_it_went(customer)
    customer.choose("5")


def _laid_over(overlay: str) -> Callable[[Customer], None]:
    def way(customer: Customer) -> None:
        _in_question(customer)
        customer.do(Open(overlay))

    return way


def _taking(*values: str) -> Callable[[Customer], None]:
    def way(customer: Customer) -> None:
        customer.take_ticket()
        customer.choose("take", *values)

    return way


def _come_back(customer: Customer) -> None:
    customer.choose("large_text", "number", "1", "1234")


def _back_at(overlay: str) -> Callable[[Customer], None]:
    def way(customer: Customer) -> None:
        _come_back(customer)
        customer.do(Open(overlay))

    return way


def _writes_to(customer: Customer) -> None:
    """Whoever gave no telephone types one."""
    customer.take_ticket()
    customer.do(Open("take_text"))


def _looking(customer: Customer) -> None:
    """The desk is asked and doesn't answer."""
    customer.choose("large_text", "number")
    customer.come_to(replace(customer.state, lookup=Lookup(number="1", asking=True)))


def _which(customer: Customer) -> None:
    several = (Found("ticket-1", "A001"), Found("ticket-2", "B001"))
    customer.desk.numbers[1, "1234"] = several
    _come_back(customer)


def _wrong_thrice(customer: Customer) -> None:
    customer.choose("large_text", "number", "1")
    for _ in range(3):
        customer.choose("9999", "1")


def _moved(customer: Customer) -> None:
    customer.take_ticket()
    customer.choose("stay").wait(300)


def _nobody_moves(customer: Customer) -> None:
    _in_question(customer)
    customer.wait(181)


#: How to come to each screen from a fresh kiosk.
WAYS: Mapping[str, Callable[[Customer], object]] = {
    "attract": lambda customer: None,
    "menu": lambda customer: customer.choose("large_text"),
    "group": lambda customer: customer.choose("large_text", "urgent"),
    "task": _in_question,
    "saved": _saved,
    "book_call": _booking,
    "ticket": _with_ticket,
    "survey": _asked_how_it_went,
    "thanks": _thanked,
    "idle": _nobody_moves,
    "take": _taking(),
    "taking": _taking("paper"),
    "take_card": _taking("card"),
    "take_fetch": _taking("fetch"),
    "take_text": _writes_to,
    "number": lambda customer: customer.choose("large_text", "number"),
    "proof": lambda customer: customer.choose("large_text", "number", "1"),
    "looking": _looking,
    "which_number": _which,
    "unproved": _wrong_thrice,
    "moved": _moved,
    **{overlay: _back_at(overlay) for overlay in ("give_up", "called_by", "held", "forget")},
    **{
        overlay: _laid_over(overlay)
        for overlay in (
            *("help", "keys", "person", "call", "board", "leave"),
            *("settings", "settings_text_size"),
            *("settings_theme", "settings_language"),
            *("settings_voice", "settings_modes", "collect"),
        )
    },
}


def customer_at(screen: str) -> Customer:
    customer = Customer(content=with_signers())
    WAYS[screen](customer)
    assert customer.screen == screen, f"came to {customer.screen}, not {screen}"
    return customer
