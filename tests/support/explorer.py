"""Everywhere a customer can come: from a fresh kiosk, by everything that can be pressed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from kiosk.flow.prompt import Prompt
from kiosk.session.errands import InlineErrands, Work
from kiosk.session.events import Press, Submit
from kiosk.session.numbers import Found, Holding, Owed
from kiosk.session.ports import CallWait, TicketStatus
from kiosk.session.press import events_of, targets, values
from kiosk.session.state import State
from tests.support.collection import MemoryCollection
from tests.support.customer import MORNING, Customer, MemoryDesk, content, with_signers

#: What is typed where something is entered, by kind of entry.
TYPED = {
    "phone": "13800138000",
    "last4": "1234",
    "number": "1",
    "count": "2",
    "amount": "500",
    "text": "你好",
}
#: What staff may say of a ticket.
STATUSES = tuple(TicketStatus(state, 2) for state in ("waiting", "called", "finished"))
#: What may be held of a request.
HOLDINGS = (Holding(kept=False), *(Holding(owed=owed) for owed in get_args(Owed)))
#: The same digits in two lanes.
SEVERAL = (Found("ticket-1", "A001"), Found("ticket-2", "B001"))
#: Keys that lead where nothing on the screen does.
KEYS = ("help", "cancel", "person", "officer", "language")


Move = Callable[[Customer], object]


@dataclass
class MemoryLine:
    """The line to an officer in memory; counts what it is asked to do."""

    now: str | None = None
    there: bool = True
    asked: int = 0

    def ring(self, device: str, visit_id: str, kiosk: str) -> bool:
        self.asked += 1
        self.now = "ringing" if self.there else "away"
        return self.there

    def state(self, device: str, visit_id: str) -> str | None:
        return self.now

    def wait(self, device: str, visit_id: str) -> CallWait | None:
        return CallWait(2, 5) if self.now == "busy" else None

    def hang_up(self, device: str, visit_id: str) -> None:
        self.asked += 1
        self.now = "over"


@dataclass
class CountingDesk(MemoryDesk):
    asked: int = 0

    def _reach(self) -> None:
        self.asked += 1
        super()._reach()


@dataclass
class SlowErrands(InlineErrands):
    """While it is slow, nothing comes of what is asked outside."""

    slow: bool = False

    def run(self, name: str, work: Work, patience: float = 0.0, *, again: bool = False) -> bool:
        return False if self.slow else super().run(name, work, patience, again=again)


@dataclass(frozen=True)
class Spot:
    """A state, and what staff and the line were at that time."""

    state: State = State()  # noqa: RUF009 (immutable)
    staff: Mapping[str, Any] = field(default_factory=dict)
    line: Mapping[str, Any] = field(default_factory=dict)


class Explorer:
    """One customer, put on any spot and asked what pressing something there leads to."""

    def __init__(self, services: frozenset[str]) -> None:
        """`services` are gone through; the others are only offered."""
        self.services = services
        self.desk = CountingDesk()
        self.line = MemoryLine()
        self.errands = SlowErrands()
        self.customer = Customer(
            desk=self.desk,
            line=self.line,
            errands=self.errands,
            content=with_signers(),
            collection=MemoryCollection(frozenset(content().locales)),
        )
        self.customer.desk = self.desk

    def at(self, spot: Spot) -> Customer:
        """The customer on a spot, as after a restart of the kiosk."""
        for name, value in {**vars(CountingDesk()), **spot.staff}.items():
            setattr(self.desk, name, value.copy() if isinstance(value, (dict, list)) else value)
        for name, value in {**vars(MemoryLine()), **spot.line}.items():
            setattr(self.line, name, value)
        # At one time on every spot: what is offered for later goes by the clock.
        self.customer.now = MORNING
        customer = self.customer.put_on(spot.state)
        lookup = spot.state.lookup
        return customer.come_to(spot.state) if lookup and lookup.asking else customer

    def here(self) -> Spot:
        return Spot(self.customer.state, _copied(self.desk), _copied(self.line))

    def moves(self, prompt: Prompt) -> Iterator[Move]:
        """Everything that a customer can do here, and what may happen meanwhile."""
        presses = [*map(_press_on, targets(prompt)), *map(_press_key, KEYS)]
        if prompt.entry is not None:
            presses.append(lambda one: one.do(Submit(prompt.step, typed(one.prompt))))
        if prompt.service == "screen" and prompt.entry is not None and prompt.entry.private:
            presses.append(lambda one: one.do(Submit(prompt.step, "9999")))
            yield self._slowly(presses[-1])
            yield self._several(presses[-2])
        yield from presses
        yield lambda one: one.wait(181)
        yield lambda one: one.wait(one.around.idle.waits_here)
        yield from (self._alone(press) for press in presses)
        if prompt.service == "screen":
            yield from (self._told(status) for status in STATUSES)
            yield from (self._held(holding) for holding in HOLDINGS)
            yield lambda one: setattr(self.line, "now", "connected" if self.line.now else None)
            if self.line.now == "away":
                yield from (self._stands(now) for now in ("busy", "free"))

    def _alone(self, press: Move) -> Move:
        """The same while nobody is there."""

        def move(customer: Customer) -> None:
            self.desk.away, self.line.there = True, False
            press(customer)
            self.desk.away, self.line.there = False, True

        return move

    def _slowly(self, press: Move) -> Move:
        """The same while the desk takes long."""

        def move(customer: Customer) -> None:
            self.errands.slow = True
            press(customer)
            self.errands.slow = False

        return move

    def _several(self, press: Move) -> Move:
        """The same where the number stands in two lanes."""

        def move(customer: Customer) -> None:
            self.desk.numbers[1, "1234"] = SEVERAL
            press(customer)

        return move

    def _held(self, holding: Holding) -> Move:
        return lambda one: setattr(self.desk, "kept", holding)

    def _stands(self, now: str) -> Move:
        return lambda one: setattr(self.line, "now", now)

    def _told(self, status: TicketStatus) -> Move:
        return lambda one: setattr(self.desk, "seen", status)

    def spots(self) -> Iterator[tuple[Spot, Prompt]]:
        """Every spot that differs in what is on the screen, each once."""
        waiting, known = [Spot()], set[object]()
        while waiting:
            spot = waiting.pop()
            customer = self.at(spot)
            prompt, look = customer.prompt, looks(customer)
            task = customer.state.visit.task
            if look in known or (task is not None and task.service not in self.services):
                continue
            known.add(look)
            yield spot, prompt
            self.at(spot)
            for move in tuple(self.moves(prompt)):
                move(self.at(spot))
                waiting.append(self.here())


def looks(customer: Customer) -> object:
    """What tells one spot from another: everything to press, and what lies beneath."""
    state, prompt = customer.state, customer.prompt
    offered = tuple(choice.value for choice in prompt.choices)
    if prompt.service != "screen":
        return prompt.key, prompt.service, offered
    stage = state.visit.stage, bool(state.visit.confirmed), state.returned
    # What lies over a page is the same however often digits were wrong, and whoever waits here.
    wrong = state.lookup.wrong if state.lookup and state.overlay is None else 0
    stays = state.staying and state.overlay is None
    return state.place, stage, wrong, stays, prompt.key, offered


def _copied(one: object) -> Mapping[str, Any]:
    return {
        name: value.copy() if isinstance(value, (dict, list)) else value
        for name, value in vars(one).items()
    }


def _press_on(target: str) -> Move:
    return lambda one: one.do(*events_of(target, one.state, one.prompt))


def _press_key(key: str) -> Move:
    return lambda one: one.do(Press(key))


def typed(prompt: Prompt) -> str:
    """Something that fits where the customer types."""
    if prompt.entry is None:
        raise ValueError(f"{prompt.key} has no entry")
    return TYPED.get(prompt.entry.kind) or prompt.choices[0].value


def idle_values(explorer: Explorer, spot: Spot, prompt: Prompt) -> list[str]:
    """What can be chosen on a spot and does nothing: no change, nobody asked."""
    found = []
    for value in values(prompt):
        customer = explorer.at(spot)
        before = customer.state, explorer.desk.asked, explorer.line.asked
        customer.choose(value)
        if (customer.state, explorer.desk.asked, explorer.line.asked) == before:
            found.append(value)
    return found
