"""Free text by the natural voice, in the background: what is kept, how long, and what never is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.voices.test_voice import Typewriter, line
from voices.sound import SPEAK_RATE, Sound
from voices.speaking.background import (
    KEEP_SECONDS,
    KEPT,
    LONGEST,
    TRIES,
    WAITING,
    BackgroundRenderer,
    NullRenderer,
    Order,
    RenderError,
)
from voices.speaking.kokoro import KokoroProcess, installed, open_renderer
from voices.speaking.line import Phrase, Value
from voices.speaking.pack import PACKS, packs
from voices.speaking.voice import Voice

NOTE = "您的存折已经补好，请到大堂来取。"


class Studio:
    """A maker that keeps what it spoke, and waits where it is told to."""

    languages = frozenset({"zh-CN"})

    def __init__(self) -> None:
        self.spoke: list[str] = []
        self.rested = 0
        self.fails = False
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.begins = threading.Event()

    def make(self, order: Order) -> Sound:
        self.begins.set()
        assert self.goes_on.wait(10)
        if self.fails:
            raise RenderError("broken")
        self.spoke.append(order.text)
        return Sound(np.full(SPEAK_RATE // 10, 0.2, np.float32))

    def rest(self) -> None:
        self.rested += 1


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def studio() -> Studio:
    return Studio()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def renderer(studio: Studio, clock: Clock) -> Iterator[BackgroundRenderer]:
    made = BackgroundRenderer(studio, clock=clock)
    yield made
    studio.goes_on.set()
    made.close()


def order(text: str = NOTE) -> Order:
    return Order(text, "zh-CN", "zf_xiaoxiao")


def test_an_order_is_there_by_and_by(renderer: BackgroundRenderer, studio: Studio) -> None:
    studio.goes_on.clear()
    renderer.order(order())
    assert studio.begins.wait(10)
    assert renderer.find(order()) is None
    studio.goes_on.set()
    assert renderer.settle(10)
    assert renderer.find(order()) is not None


def test_a_text_is_spoken_once(renderer: BackgroundRenderer, studio: Studio) -> None:
    studio.goes_on.clear()
    for _ in range(3):
        renderer.order(order())
    assert studio.begins.wait(10)
    renderer.order(order())
    studio.goes_on.set()
    assert renderer.settle(10)
    renderer.order(order())
    assert renderer.settle(10)
    assert studio.spoke == [NOTE]


def test_only_so_many_wait_and_the_newest_stay(
    renderer: BackgroundRenderer, studio: Studio
) -> None:
    studio.goes_on.clear()
    renderer.order(order("首"))
    assert studio.begins.wait(10)
    for number in range(WAITING + 3):
        renderer.order(order(f"第{number}句"))
    studio.goes_on.set()
    assert renderer.settle(10)
    assert studio.spoke == ["首", *(f"第{number}句" for number in range(3, WAITING + 3))]


def test_only_so_many_are_kept(renderer: BackgroundRenderer) -> None:
    for number in range(KEPT + 1):
        renderer.order(order(f"第{number}句"))
        assert renderer.settle(10)
    assert renderer.find(order("第0句")) is None
    assert renderer.find(order(f"第{KEPT}句")) is not None


def test_nothing_is_kept_for_long(renderer: BackgroundRenderer, clock: Clock) -> None:
    renderer.order(order())
    assert renderer.settle(10)
    clock.now = KEEP_SECONDS
    assert renderer.find(order()) is None
    assert not renderer._made


def test_the_text_itself_isnt_kept(renderer: BackgroundRenderer) -> None:
    renderer.order(order())
    assert renderer.settle(10)
    assert NOTE not in repr(vars(renderer))


def test_long_and_empty_texts_and_other_languages_are_left_to_live_speech(
    renderer: BackgroundRenderer, studio: Studio
) -> None:
    renderer.order(order("字" * (LONGEST + 1)))
    renderer.order(order(""))
    renderer.order(Order("번호", "ko", "x"))
    assert renderer.settle(10)
    assert studio.spoke == []


def test_a_maker_that_fails_is_asked_no_more(renderer: BackgroundRenderer, studio: Studio) -> None:
    studio.fails = True
    for number in range(TRIES):
        assert renderer.speaks("zh-CN")
        renderer.order(order(f"第{number}句"))
        assert renderer.settle(10)
    assert not renderer.speaks("zh-CN")


def test_a_failure_now_and_then_costs_its_text_only(
    renderer: BackgroundRenderer, studio: Studio
) -> None:
    for number in range(TRIES + 1):
        studio.fails = True
        renderer.order(order(f"坏{number}"))
        assert renderer.settle(10)
        studio.fails = False
        renderer.order(order(f"好{number}"))
        assert renderer.settle(10)
    assert renderer.speaks("zh-CN")


def test_closing_ends_the_maker_and_forgets(renderer: BackgroundRenderer, studio: Studio) -> None:
    renderer.order(order())
    assert renderer.settle(10)
    renderer.close()
    assert studio.rested == 1
    assert renderer.find(order()) is None


# -- in a voice


def voice(renderer: BackgroundRenderer, engine: Typewriter) -> Voice:
    return Voice("zh-CN", packs(PACKS)["zh-CN"][0], engine, renderer=renderer)


FREE = line(Value("free", NOTE))


def test_speech_never_waits_for_the_renderer(renderer: BackgroundRenderer, studio: Studio) -> None:
    engine = Typewriter()
    studio.goes_on.clear()
    voice(renderer, engine).sound(FREE)
    assert engine.asked == [(NOTE, "zh-CN")]


def test_a_line_that_was_prepared_is_said_by_the_natural_voice(
    renderer: BackgroundRenderer, studio: Studio
) -> None:
    engine = Typewriter()
    speaking = voice(renderer, engine)
    speaking.prepare(line(Phrase("没听清，请再说一遍。")), FREE)
    assert renderer.settle(10)
    speaking.sound(FREE)
    assert engine.asked == []
    assert studio.spoke == [NOTE]


def test_what_was_said_live_is_natural_when_it_is_repeated(renderer: BackgroundRenderer) -> None:
    engine = Typewriter()
    speaking = voice(renderer, engine)
    first = speaking.sound(FREE)
    assert renderer.settle(10)
    again = speaking.sound(FREE)
    assert len(engine.asked) == 1
    assert len(again.samples) < len(first.samples)


def test_a_line_is_made_live_once_while_the_renderer_is_busy(
    renderer: BackgroundRenderer, studio: Studio
) -> None:
    engine = Typewriter()
    speaking = voice(renderer, engine)
    studio.goes_on.clear()
    speaking.sound(FREE)
    speaking.sound(FREE)
    assert len(engine.asked) == 1


def test_a_private_line_is_never_ordered(renderer: BackgroundRenderer, studio: Studio) -> None:
    engine = Typewriter()
    speaking = voice(renderer, engine)
    secret = line(Value("free", "王建国"), private=True)
    speaking.prepare(secret)
    speaking.sound(secret)
    assert renderer.settle(10)
    assert studio.spoke == []


def test_without_the_extra_nothing_is_rendered(tmp_path: Path) -> None:
    found = open_renderer(packs(PACKS), tmp_path)
    assert isinstance(found, NullRenderer)
    assert not found.speaks("zh-CN")


# -- the process


def test_a_process_that_ends_is_a_clear_error_and_begins_anew(tmp_path: Path) -> None:
    process = KokoroProcess(frozenset({"zh-CN"}), ("false",))
    for _ in range(2):
        with pytest.raises(RenderError, match="ended"):
            process.make(order())
    process.rest()


def test_what_the_process_says_of_an_error_is_told(tmp_path: Path) -> None:
    answer = tmp_path / "answer.py"
    answer.write_text('input(); print(\'{"error": "no such voice"}\', flush=True); input()')
    process = KokoroProcess(frozenset({"zh-CN"}), ("python3", str(answer)))
    with pytest.raises(RenderError, match="no such voice"):
        process.make(order())
    process.rest()


@pytest.mark.device
@pytest.mark.skipif(
    "zh-CN" not in installed(packs(PACKS)), reason="not installed: pip install -e '.[voices]'"
)
def test_kokoro_speaks_a_note_like_a_clip() -> None:
    renderer = open_renderer(packs(PACKS))
    assert isinstance(renderer, BackgroundRenderer)
    renderer.order(order())
    assert renderer.settle(300)
    found = renderer.find(order())
    assert found is not None
    assert 2 < found.seconds < 8
    assert 0.02 < float(np.sqrt(np.mean(found.samples**2))) < 0.4
    renderer.close()
