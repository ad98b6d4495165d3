"""Of the pages of one kiosk one speaks and hears: the one acted on or opened last."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kiosk.stations.pages import AWAY, Pages

TABS = ("a", "b", "c")


class Kiosk:
    def __init__(self) -> None:
        self.now = 100.0
        self.heard: list[Any] = []
        self.turns = 0
        self.pages = Pages(self.heard.append, self._turn, lambda: self.now)

    def _turn(self) -> None:
        self.turns += 1

    def speaks(self) -> set[str]:
        return {tab for tab in TABS if self.pages.speaks(tab)}


def test_one_page_speaks_and_the_one_opened_last() -> None:
    kiosk = Kiosk()
    kiosk.pages.opened("a")
    assert kiosk.speaks() == {"a"}
    kiosk.pages.opened("b")
    assert kiosk.speaks() == {"b"}
    assert kiosk.turns == 2, "and both are told"


def test_the_page_acted_on_takes_the_turn() -> None:
    kiosk = Kiosk()
    kiosk.pages.opened("a")
    kiosk.pages.opened("b")
    kiosk.pages.acted("a")
    assert kiosk.speaks() == {"a"}
    kiosk.pages.acted("nobody")
    assert kiosk.speaks() == {"a"}


def test_going_to_the_next_screen_keeps_the_turn_where_it_was() -> None:
    kiosk = Kiosk()
    closing = {tab: kiosk.pages.opened(tab) for tab in ("a", "b")}
    kiosk.pages.acted("a")
    # When both pages go on, the mirror a little later
    for tab in ("a", "b"):
        closing[tab]()
        kiosk.now += AWAY / 4
        kiosk.pages.opened(tab)
        assert kiosk.speaks() == {"a"}


def test_the_other_takes_over_when_the_speaking_one_goes() -> None:
    kiosk = Kiosk()
    kiosk.pages.opened("a")
    gone = kiosk.pages.opened("b")
    gone()
    kiosk.now += AWAY
    kiosk.pages.tick()
    assert kiosk.speaks() == {"a"}
    assert kiosk.turns == 3


def test_the_speaking_page_is_the_one_that_hears() -> None:
    kiosk = Kiosk()
    kiosk.pages.opened("a")
    kiosk.pages.hears("a", "ear of a")  # type: ignore[arg-type]
    kiosk.pages.opened("b")
    done = kiosk.pages.hears("b", "ear of b")  # type: ignore[arg-type]
    assert kiosk.heard[-1] == "ear of b"
    kiosk.pages.acted("a")
    assert kiosk.heard[-1] == "ear of a"
    kiosk.pages.acted("b")
    done()
    assert kiosk.heard[-1] is None


class Any3(RuleBasedStateMachine):
    """Whatever three pages do, at most one speaks, and one does while any is open."""

    def __init__(self) -> None:
        super().__init__()
        self.kiosk = Kiosk()
        self.open: list[tuple[str, Any]] = []

    @rule(tab=st.sampled_from(TABS))
    def opens(self, tab: str) -> None:
        self.open.append((tab, self.kiosk.pages.opened(tab)))

    @rule(which=st.integers(0, 9))
    def closes(self, which: int) -> None:
        if self.open:
            _, closed = self.open.pop(which % len(self.open))
            closed()

    @rule(tab=st.sampled_from(TABS))
    def acts(self, tab: str) -> None:
        self.kiosk.pages.acted(tab)

    @rule(seconds=st.floats(0, 2 * AWAY))
    def waits(self, seconds: float) -> None:
        self.kiosk.now += seconds
        self.kiosk.pages.tick()

    @invariant()
    def one_speaks(self) -> None:
        speaking = self.kiosk.speaks()
        assert len(speaking) <= 1
        if self.open:
            assert speaking, "somebody speaks"


TestAnyPages = Any3.TestCase
