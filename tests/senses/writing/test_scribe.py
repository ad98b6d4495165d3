"""Asking for characters: nobody waits, and each asker's last question counts."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from kiosk.senses.writing.scribe import Scribe
from writing.ports import Found, ListedEngine, NoEngine


class HungEngine:
    """Answers only when it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.there = threading.Event()
        self.asked: list[tuple[str, ...]] = []

    def offer(self, spelled: Sequence[str]) -> Found:
        self.asked.append(tuple(spelled))
        self.there.set()
        assert self.go.wait(30)
        return (("中",),)

    def close(self) -> None:
        self.go.set()


def test_an_answer_comes_to_who_asked() -> None:
    told: list[Found | None] = []
    scribe = Scribe(ListedEngine({"zhong": ("中", "种")}), inline=True)
    scribe.ask("K1", ("zhong",), told.append)
    assert told == [(("中", "种"),)]


def test_where_nothing_can_be_found_that_is_said() -> None:
    told: list[Found | None] = []
    Scribe(NoEngine(), inline=True).ask("K1", ("zhong",), told.append)
    assert told == [None]


def test_nobody_waits_for_an_engine_that_hangs_and_only_last_questions_are_asked() -> None:
    engine = HungEngine()
    scribe = Scribe(engine)
    told: list[str] = []
    scribe.ask("K1", ("bei",), lambda found: told.append("K1 bei"))
    assert engine.there.wait(30)
    # While it hangs, everybody asks on and is back at once
    for letters in ("z", "zh", "zho", "zhong"):
        scribe.ask("K1", (letters,), lambda found, letters=letters: told.append(f"K1 {letters}"))
    scribe.ask("K2", ("guo",), lambda found: told.append("K2 guo"))
    assert told == []
    engine.go.set()
    assert scribe.settle(30)
    assert told == ["K1 bei", "K1 zhong", "K2 guo"]
    assert engine.asked == [("bei",), ("zhong",), ("guo",)]
    scribe.close()


def test_preparing_asks_nothing() -> None:
    engine = ListedEngine({})
    Scribe(engine, inline=True).prepare()
    assert engine.asked == [()]
