"""One voice at a time: lines in order, cut off at once, through a device that may go and return."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voices import devices
from voices.sound import SPEAK_RATE, Sound
from voices.speaking import player as players
from voices.speaking.line import Line, Phrase
from voices.speaking.player import Player
from voices.speaking.sinks import MemorySink
from voices.speaking.voice import Voice


class Beeps:
    """An engine: every text is a tenth of a second."""

    def speak(self, text: str, language: str) -> Sound:
        return Sound(np.full(SPEAK_RATE // 10, 0.1, np.float32))

    def close(self) -> None:
        return None


@dataclass
class Told:
    """What the player reported."""

    lines: list[int] = field(default_factory=list)
    ends: list[bool] = field(default_factory=list)
    lost: list[bool] = field(default_factory=list)


@pytest.fixture
def sink() -> MemorySink:
    return MemorySink(pace=1.0)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def player(sink: MemorySink, told: Told) -> Iterator[Player]:
    voice = Voice("zh-CN", None, Beeps())
    made = Player(sink, lambda language, tone: voice, on_lost=told.lost.append)
    yield made
    made.close()


def lines(*texts: str, pause: float = 0.0) -> list[Line]:
    return [Line((Phrase(text),), text, pause) for text in texts]


def until(come: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not come():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.002)


def say(player: Player, told: Told, *texts: str, pause: float = 0.0) -> None:
    player.say(
        lines(*texts, pause=pause),
        language="zh-CN",
        on_line=told.lines.append,
        on_end=told.ends.append,
    )


def test_lines_are_said_in_order(player: Player, sink: MemorySink, told: Told) -> None:
    say(player, told, "一", "二", "三")
    until(lambda: told.ends == [True])
    assert told.lines == [0, 1, 2]
    assert len(sink.played) == 3


def test_a_new_utterance_takes_the_place_of_the_old(
    player: Player, sink: MemorySink, told: Told
) -> None:
    say(player, told, *"一二三四五")
    until(lambda: told.lines == [0])
    say(player, told, "六")
    until(lambda: len(told.ends) == 2)
    assert told.ends == [False, True]
    assert len(sink.played) <= 3


def test_stopping_is_silence_at_once(player: Player, sink: MemorySink, told: Told) -> None:
    say(player, told, *"一二三")
    until(lambda: bool(sink.played))
    player.stop()
    assert not sink.playing()
    until(lambda: told.ends == [False])


def test_a_pause_holds_the_place(player: Player, sink: MemorySink, told: Told) -> None:
    say(player, told, "一", "二", pause=0.05)
    until(lambda: told.lines == [0])
    player.pause()
    time.sleep(0.4)
    assert told.lines == [0]
    player.resume()
    until(lambda: told.ends == [True])
    assert told.lines == [0, 1]


def test_while_the_device_is_lost_lines_pass_in_silence_and_then_are_heard_again(
    player: Player, sink: MemorySink, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a device that goes while something is said
    monkeypatch.setattr(players, "RETRY", 0.05)
    monkeypatch.setattr(devices, "refresh", lambda: None)
    sink.lost = True
    say(player, told, "一", "二")
    # Then the visit goes on: the lines pass, the captions with them
    until(lambda: told.ends == [True])
    assert told.lines == [0, 1]
    assert told.lost == [True]
    # When it is back
    sink.lost = False
    until(lambda: told.lost == [True, False])
    # Then it is used again
    say(player, told, "三")
    until(lambda: told.ends == [True, True])
    assert len(sink.played) == 1


def test_many_threads_never_make_two_voices(player: Player, sink: MemorySink, told: Told) -> None:
    together: list[int] = []
    begin = sink.open

    def counting() -> None:
        together.append(int(sink.playing()))
        begin()

    sink.open = counting  # type: ignore[method-assign]

    def talk() -> None:
        for _ in range(10):
            say(player, told, "一", "二")

    threads = [threading.Thread(target=talk) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    until(lambda: told.ends[-1:] == [True] and not player.busy)
    assert told.ends[-1] is True
    assert not any(together)


@dataclass
class SlowSink(MemorySink):
    """A device that hangs in whatever is named, until it is let go."""

    hangs_in: str = ""
    free: threading.Event = field(default_factory=threading.Event)
    hangs: threading.Event = field(default_factory=threading.Event)

    def _wait(self, what: str) -> None:
        if what == self.hangs_in and not self.free.is_set():
            self.hangs.set()
            assert self.free.wait(30)

    def open(self) -> None:
        self._wait("open")
        super().open()

    def rest(self) -> None:
        self._wait("rest")

    def cut(self) -> None:
        self._wait("cut")


@pytest.mark.parametrize("where", ["open", "rest", "cut"])
def test_a_device_that_hangs_holds_up_nobody_and_is_used_again(
    where: str, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a sound card that hangs
    monkeypatch.setattr(players, "HANGS", 0.2)
    sink = SlowSink(pace=0.2, hangs_in=where)
    voice = Voice("zh-CN", None, Beeps())
    player = Player(sink, lambda language, tone: voice, on_lost=told.lost.append)
    say(player, told, *"一二三")
    if where == "cut":
        until(lambda: told.lines != [])
        player.stop()
    until(sink.hangs.is_set)
    # Then whoever speaks, stops or pauses never waits for it
    began = time.monotonic()
    player.stop()
    player.pause()
    player.resume()
    say(player, told, "四", "五")
    assert time.monotonic() - began < 0.05
    # Then it is told once, and the lines pass in silence
    until(lambda: told.ends[-1:] == [True])
    assert told.lost == [True]
    # When the device answers at last
    sink.free.set()
    until(lambda: told.lost == [True, False])
    # Then it is heard again
    before = len(sink.played)
    say(player, told, "六")
    until(lambda: len(sink.played) == before + 1)
    player.close()


def test_a_device_that_hangs_and_then_fails_is_tried_again(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(players, "HANGS", 0.2)
    monkeypatch.setattr(players, "RETRY", 0.05)
    monkeypatch.setattr(devices, "refresh", lambda: None)
    sink = SlowSink(hangs_in="open", lost=True)
    voice = Voice("zh-CN", None, Beeps())
    player = Player(sink, lambda language, tone: voice, on_lost=told.lost.append)
    say(player, told, "一")
    until(lambda: told.lost == [True])
    sink.free.set()
    sink.lost = False
    until(lambda: told.lost == [True, False])
    player.close()


FAULTS = ("voice", "open", "playing", "rest", "cut", "on_line", "on_end")


@given(st.sampled_from(FAULTS), st.integers(0, 2))
@settings(max_examples=20, deadline=None)
def test_whatever_fails_the_next_utterance_is_said(fault: str, at: int) -> None:
    """One exception in one line must not end the only thread that speaks."""
    counts: Counter[str] = Counter()
    sink, told = MemorySink(), Told()
    voice = Voice("zh-CN", None, Beeps())

    def fails(name: str, does: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            counts[name] += 1
            if name == fault and counts[name] == at + 1:
                raise ZeroDivisionError(name)
            return does(*args)

        return call

    for name in ("open", "playing", "rest", "cut"):
        setattr(sink, name, fails(name, getattr(sink, name)))
    player = Player(sink, fails("voice", lambda language, tone: voice))
    ends: list[bool] = []
    for _ in range(4):
        player.say(
            lines("一", "二"),
            language="zh-CN",
            on_line=fails("on_line", told.lines.append),
            on_end=fails("on_end", ends.append),
        )
        until(lambda: not player.busy)
    before = len(sink.played)
    say(player, told, "三")
    until(lambda: told.ends[-1:] == [True])
    assert len(sink.played) == before + 1
    # Then each utterance came to its end, so that the customer is listened to
    assert len(ends) == (3 if fault == "on_end" else 4)
    player.close()
