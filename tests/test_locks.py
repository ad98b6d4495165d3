"""The order of the locks, over whole visits with voice, braille and a call."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from braille.chords import Chord
from braille.displays.memory import MemoryDisplay
from braille.displays.ports import Typed
from kiosk.mailbox import Mailbox
from kiosk.senses.cells.companion import Tactile
from kiosk.senses.speech.companion import Companion
from kiosk.session.errands import ThreadErrands
from kiosk.session.events import HangUp, Ring, Start
from kiosk.session.ports import MemoryStore, TicketStatus
from kiosk.sign.presence import Colleague
from kiosk.sign.talks import Talks
from kiosk.web.call_line import TalksLine
from kiosk.web.live import Signal
from tests.senses.speech.test_companion import Ear, Mouth
from tests.support.cells import script
from tests.support.customer import MORNING, Customer, MemoryDesk, content
from tests.support.locks import Ledger
from voices.hearing.ports import Heard

PAGE = Path(__file__).parent.parent / "docs" / "architecture.md"


def documented() -> list[str]:
    """The locks in their order, as the page on the architecture has them."""
    return re.findall(r"^\| `(\w+)` \|", PAGE.read_text("utf-8").partition("## Locks")[2], re.M)


class Noted:
    """Writes down every call of whatever it stands before."""

    def __init__(self, inner: object, ledger: Ledger, *only: str) -> None:
        self._inner, self._ledger, self._only = inner, ledger, only

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name not in self._only:
            return found

        def call(*args: Any, **more: Any) -> Any:
            self._ledger.goes_outside(f"{type(self._inner).__name__}.{name}")
            return found(*args, **more)

        return call


DESK = ("hand_over", "known", "status", "call_help", "help_state", "no_help", "survey")
STORE = ("put", "get", "drop", "names", "put_off", "set_aside")
SU = Colleague("su", "苏静", "sign_officer")


class Lobby:
    """A kiosk with all its senses on threads of their own, and an officer who signs."""

    def __init__(self, ledger: Ledger) -> None:
        self.errands, self.signal = ThreadErrands(), Signal()
        self.desk = MemoryDesk()
        self.trail = Mailbox("trail")
        self.talks = Talks(
            lambda: (SU,),
            lambda *what: ledger.goes_outside("audit.note"),
            lambda: MORNING,
            lambda: self.changed(),
            trail=self.trail,
        )
        self.customer = Customer(
            desk=Noted(self.desk, ledger, *DESK),
            visits=Noted(MemoryStore(), ledger, *STORE),
            outbox=Noted(MemoryStore(), ledger, *STORE),
            errands=self.errands,
            line=TalksLine(self.talks),
            senses=frozenset({"screen", "voice", "braille", "sign"}),
        )
        self.session = self.customer.session
        self.session.subscribe(self.signal.change)
        hears: Callable[[str], bool] = lambda language: True  # noqa: E731
        self.voice = Companion(self.session, content().words, self.signal.change, hears=hears)
        self.mouth, self.ear = Mouth(), Ear()
        self.braille = Tactile(self.session, script, self.signal.change)
        self.display = MemoryDisplay()
        self._record(ledger)
        self.voice.use(Noted(self.mouth, ledger, "say", "stop", "pause"))
        self.voice.listen_with(Noted(self.ear, ledger, "expect", "mute"))
        self.display.start(self.braille.happened)
        self.braille.use(Noted(self.display, ledger, "write"))

    def _record(self, ledger: Ledger) -> None:
        self.settle()
        self.session._inputs = ledger.lock("inputs")  # type: ignore[assignment]
        self.session._lock = ledger.lock("state")  # type: ignore[assignment]
        self.session._posts._turns._giving = ledger.lock("giving")  # type: ignore[assignment]
        self.errands._lock = ledger.lock("errands")  # type: ignore[assignment]
        self.talks._lock = ledger.lock("talks")  # type: ignore[assignment]
        self.talks._out._giving = ledger.lock("giving")  # type: ignore[assignment]
        self.signal._condition = ledger.condition("signal")
        for box in (self.voice._mailbox, self.braille._mailbox, self.trail):
            lingers = box._thread
            box.close()
            if lingers is not None:
                lingers.join(20)
            box._closed, box._thread = False, None
            box._wake = ledger.condition("mailbox")

    def changed(self) -> None:
        self.session.refresh()
        self.signal.change()

    def settle(self) -> None:
        for _ in range(3):
            assert self.errands.settle(20)
            assert self.session.settle(20)


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


def visit(lobby: Lobby) -> None:
    """By chord, by voice and by touch; with a call, a person called, and a hand-over."""
    lobby.display.emit(Typed(Chord.of("1")))
    lobby.settle()
    lobby.customer.do(Start("voice"), Start("sign"))
    lobby.customer.choose(*lobby.customer.way_to("balance"))
    lobby.settle()
    lobby.mouth.finish()
    lobby.voice.heard(Heard("帮助", 0.99))
    lobby.settle()
    lobby.customer.press("back", "person", "back")
    lobby.customer.do(Ring())
    talk = lobby.talks.of(lobby.session.name, lobby.session.visit_id)
    leave = lobby.talks.attach(talk, "customer", lambda message: None)
    lobby.talks.answer(talk.id, SU)
    lobby.talks.write(talk, "staff", "苏静", "您好")
    lobby.customer.do(HangUp())
    leave()
    lobby.customer.choose("close").to_review().confirm().finish()
    lobby.settle()
    lobby.desk.seen = TicketStatus("called", 0, counter="3")
    lobby.changed()
    lobby.customer.wait(30).wait(200).wait(100)
    lobby.talks.tick(lambda device: "over")
    lobby.settle()


def test_locks_are_taken_in_the_order_of_the_page(ledger: Ledger) -> None:
    order = documented()
    lobby = Lobby(ledger)
    # While others touch, tick and refresh all the time
    over = threading.Event()

    def meanwhile() -> None:
        while not over.wait(0.005):
            lobby.session.tick()
            lobby.changed()

    noise = threading.Thread(target=meanwhile)
    noise.start()
    try:
        visit(lobby)
        visit(lobby)
    finally:
        over.set()
        noise.join()
    lobby.settle()
    assert lobby.trail.settle(20)
    assert len(lobby.desk.requests) == 2
    assert {name for pair in ledger.taken for name in pair} <= set(order)
    for held, taken in ledger.taken:
        assert order.index(held) < order.index(taken), f"{taken} is taken while {held} is held"


def test_nothing_outside_is_reached_under_a_lock(ledger: Ledger) -> None:
    lobby = Lobby(ledger)
    visit(lobby)
    assert lobby.trail.settle(20)
    # Files are written while inputs come one after another, and only then
    allowed = {("inputs", f"MemoryStore.{name}") for name in STORE}
    assert ledger.outside <= allowed
    assert ("inputs", "MemoryStore.put") in ledger.outside


def test_the_ledger_sees_an_inversion(ledger: Ledger) -> None:
    one, other = ledger.lock("state"), ledger.lock("inputs")
    with one, other:
        ledger.goes_outside("the desk")
    assert ledger.taken == {("state", "inputs")}
    assert ledger.outside == {("state", "the desk"), ("inputs", "the desk")}
