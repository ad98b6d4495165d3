"""From a stream of sound to utterances: where they begin and end, and faults on the way."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from voices.hearing import listener as listeners
from voices.hearing.activity import FRAME, FRAME_SECONDS, Frames, WebRtcActivity
from voices.hearing.level import is_speech, levelled
from voices.hearing.listener import Event, Failed, Listened, Listener, SoFar, Started
from voices.hearing.ports import NOTHING, Expected, Heard, any_digits
from voices.hearing.utterance import KEPT
from voices.sound import HEAR_RATE, Samples

ANY = Expected("zh-CN", ("是", "不是"))


class Loud:
    """Speech is whatever isn't silence."""

    def is_speech(self, frame: Samples) -> bool:
        return bool(np.abs(frame).max() > 0.01)


@dataclass
class Script:
    """A recogniser that answers with the length of what it was given, and as slowly as told."""

    delay: float = 0.0
    error: Exception | None = None
    heard: Heard = Heard("是", 0.9)  # noqa: RUF009 (immutable)
    lengths: list[float] = field(default_factory=list)
    prepared: list[Expected] = field(default_factory=list)
    name: str = "script"
    languages: frozenset[str] = frozenset({"zh-CN"})

    def prepare(self, expected: Expected) -> None:
        self.prepared.append(expected)

    def open(self, expected: Expected) -> Script:
        return self

    def feed(self, samples: Samples) -> None:
        self.lengths.append(len(samples) / HEAR_RATE)

    def result(self) -> Heard:
        time.sleep(self.delay)
        if self.error is not None:
            raise self.error
        return self.heard

    def close(self) -> None:
        return None


@dataclass
class Ears:
    listener: Listener
    script: Script
    events: list[Event]

    def speak(self, seconds: float) -> None:
        self._feed(np.full(round(seconds * HEAR_RATE), 0.2, np.float32))

    def be_silent(self, seconds: float) -> None:
        self._feed(np.zeros(round(seconds * HEAR_RATE), np.float32))

    def _feed(self, samples: Samples) -> None:
        for start in range(0, len(samples), 700):
            self.listener.feed(samples[start : start + 700])

    def heard(self) -> list[Event]:
        return [one for one in self.events if not isinstance(one, (Started, SoFar))]


@pytest.fixture
def ears() -> Iterator[Ears]:
    script, events = Script(), list[Event]()
    made = Listener(lambda language: script, events.append, activity=Loud)
    yield Ears(made, script, events)
    made.close()


def until(come: Callable[[], bool], seconds: float = 3.0) -> None:
    end = time.monotonic() + seconds
    while not come():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.002)


def test_an_utterance_begins_with_speech_and_ends_with_silence(ears: Ears) -> None:
    ears.listener.expect(ANY, 0.3, echo=False)
    ears.be_silent(1.0)
    ears.speak(0.6)
    ears.be_silent(0.4)
    until(lambda: len(ears.events) == 2)
    assert isinstance(ears.events[0], Started)
    assert isinstance(ears.events[1], Listened)
    assert ears.events[1].heard.phrase == "是"
    # What was said, with a little before it and the pause after it.
    assert ears.script.lengths[-1] == pytest.approx(0.6 + listeners.LEAD, abs=0.35)


def test_an_utterance_comes_with_its_sound_and_nothing_else_holds_that(ears: Ears) -> None:
    ears.listener.expect(ANY, 0.3, echo=False)
    ears.speak(0.6)
    ears.be_silent(0.4)
    until(lambda: bool(ears.heard()))
    told = ears.heard()[0]
    assert isinstance(told, Listened)
    assert told.sound is not None
    assert len(told.sound) / HEAR_RATE >= ears.script.lengths[-1]
    assert float(told.sound.max()) == np.float32(0.2)
    assert "sound" not in repr(told)
    # Not even what waits for the garbage collector
    held = weakref.ref(told.sound)
    ears.events.clear()
    del told
    until(lambda: held() is None)


def test_a_pause_shorter_than_the_hangover_is_no_end(ears: Ears) -> None:
    """Elders pause within a phrase; what was decoded at the pause is thrown away."""
    ears.script.heard = Heard("是", 0.7)
    ears.listener.expect(ANY, 0.5, echo=False)
    ears.speak(0.4)
    ears.be_silent(0.3)
    ears.speak(0.4)
    ears.be_silent(0.6)
    until(lambda: bool(ears.heard()))
    assert len(ears.heard()) == 1
    assert ears.script.lengths[-1] > 1.0
    assert len(ears.script.lengths) == 2


def test_what_was_heard_surely_needs_no_long_silence(ears: Ears) -> None:
    ears.listener.expect(ANY, 0.6, echo=False)
    ears.speak(0.5)
    ears.be_silent(0.1)
    ears.listener._worker.submit(lambda: None).result()
    # The answer is there by now; of the hangover half has to pass.
    ears.be_silent(0.3)
    until(lambda: bool(ears.heard()))
    told = ears.heard()[0]
    assert isinstance(told, Listened)
    assert told.heard.phrase == "是"
    assert told.seconds < 0.5 + 0.6


def test_a_click_is_no_utterance(ears: Ears) -> None:
    ears.listener.expect(ANY, 0.3, echo=False)
    ears.be_silent(0.5)
    ears.speak(0.04)
    ears.be_silent(1.0)
    assert ears.events == []


def test_after_a_decision_nothing_is_heard_until_something_is_expected(ears: Ears) -> None:
    ears.listener.expect(ANY, 0.3, echo=False)
    for _ in range(2):
        ears.speak(0.5)
        ears.be_silent(0.5)
    until(lambda: bool(ears.heard()))
    assert len(ears.heard()) == 1
    ears.listener.expect(ANY, 0.3, echo=False)
    ears.speak(0.5)
    ears.be_silent(0.5)
    until(lambda: len(ears.heard()) == 2)


def test_the_kiosks_own_echo_is_let_die_away(ears: Ears) -> None:
    ears.listener.expect(ANY, 0.3, echo=True)
    ears.speak(listeners.ECHO - FRAME_SECONDS)
    ears.be_silent(1.0)
    assert ears.events == []


def test_muted_it_hears_nothing(ears: Ears) -> None:
    ears.listener.expect(ANY, 0.3, echo=False)
    ears.listener.mute()
    ears.speak(0.5)
    ears.be_silent(0.5)
    assert ears.events == []


def test_what_is_expected_is_made_ready_beforehand(ears: Ears) -> None:
    ears.listener.expect(ANY, 0.3, echo=False)
    until(lambda: ears.script.prepared == [ANY])


def test_a_recogniser_that_raises_is_a_failure_and_hearing_goes_on(ears: Ears) -> None:
    ears.script.error = RuntimeError("out of memory")
    ears.listener.expect(ANY, 0.3, echo=False)
    ears.speak(0.5)
    ears.be_silent(0.5)
    until(lambda: bool(ears.heard()))
    assert ears.heard() == [Failed("the recogniser failed: RuntimeError")]
    ears.script.error = None
    ears.listener.expect(ANY, 0.3, echo=False)
    ears.speak(0.5)
    ears.be_silent(0.5)
    until(lambda: len(ears.heard()) == 2)
    assert isinstance(ears.heard()[1], Listened)


def test_a_recogniser_that_hangs_is_left_and_hearing_goes_on(
    ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listeners, "PATIENCE", 0.2)
    ears.script.delay = 2.0
    ears.listener.expect(ANY, 0.3, echo=False)
    ears.speak(0.5)
    ears.be_silent(0.5)
    until(lambda: bool(ears.heard()))
    assert ears.heard() == [Failed("the recogniser gave no answer in 0.2 s")]
    ears.script.delay = 0.0
    ears.listener.expect(ANY, 0.3, echo=False)
    ears.speak(0.5)
    ears.be_silent(0.5)
    until(lambda: len(ears.heard()) == 2)
    assert isinstance(ears.heard()[1], Listened)


def test_a_language_nobody_hears_is_a_failure() -> None:
    events: list[Event] = []
    deaf = Listener(lambda language: None, events.append, activity=Loud)
    ears = Ears(deaf, Script(), events)
    deaf.expect(ANY, 0.3, echo=False)
    ears.speak(0.5)
    ears.be_silent(0.5)
    until(lambda: len(events) == 2)
    assert isinstance(events[1], Failed)
    deaf.close()


def test_whoever_is_told_may_raise(ears: Ears) -> None:
    told = threading.Event()

    def raising(event: Event) -> None:
        told.set()
        raise ValueError("a mistake of the owner's")

    ears.listener._on_event = raising
    ears.listener.expect(ANY, 0.3, echo=False)
    ears.speak(0.5)
    assert told.wait(2)
    ears.listener._on_event = ears.events.append
    ears.be_silent(0.5)
    until(lambda: bool(ears.events))


def test_an_utterance_without_end_is_never_decided(
    ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its beginning would pass for the whole: eleven digits for the eleven that were meant."""
    monkeypatch.setattr(listeners, "LONGEST", 1.0)
    ears.listener.expect(ANY, 0.3, echo=False)
    ears.speak(1.6)
    until(lambda: bool(ears.heard()))
    told = ears.heard()[0]
    assert isinstance(told, Listened)
    assert told.heard == NOTHING
    assert ears.script.lengths == []


#: A mobile number, where four digits are as long as the test is patient.
DIGITS = Expected("zh-CN", ("不留电话",), (any_digits(4),))


def groups(ears: Ears, pause: float, *heard: Heard) -> None:
    """Speak once for each answer of the recogniser, which has it before the next group."""
    for one in heard:
        ears.script.heard = one
        ears.speak(0.5)
        ears.be_silent(0.2)
        ears.listener._worker.submit(lambda: None).result()
        ears.be_silent(pause)


def test_digits_are_waited_for_until_there_are_enough(ears: Ears) -> None:
    ears.listener.expect(DIGITS, 0.3, patience=3.0, echo=False)
    groups(ears, 2.5, NOTHING, NOTHING, Heard("1234", 0.9))
    until(lambda: bool(ears.heard()))
    assert [one.heard.phrase for one in ears.heard() if isinstance(one, Listened)] == ["1234"]


def test_a_string_that_may_go_on_is_waited_for(ears: Ears) -> None:
    longer = Expected("zh-CN", (), (any_digits(4), any_digits(6)))
    ears.listener.expect(longer, 0.3, patience=3.0, echo=False)
    groups(ears, 2.5, Heard("1234", 0.9), Heard("123456", 0.9))
    until(lambda: bool(ears.heard()))
    assert [one.heard.phrase for one in ears.heard() if isinstance(one, Listened)] == ["123456"]


def test_digits_are_told_in_groups_as_they_are_said_and_count_for_nothing_yet(ears: Ears) -> None:
    longer = Expected("zh-CN", (), (any_digits(4), any_digits(6)))
    ears.listener.expect(longer, 0.3, patience=3.0, echo=False, about="a question")
    groups(ears, 2.5, Heard("12", 0.6), Heard("1234", 0.9), Heard("123456", 0.9))
    until(lambda: bool(ears.heard()))
    told = [one for one in ears.events if isinstance(one, SoFar)]
    assert told == [SoFar("12", "a question"), SoFar("1234", "a question")]


def test_what_nobody_made_out_by_a_pause_is_not_told(ears: Ears) -> None:
    ears.listener.expect(DIGITS, 0.3, patience=3.0, echo=False)
    groups(ears, 2.5, NOTHING, Heard("1234", 0.9))
    until(lambda: bool(ears.heard()))
    assert not any(isinstance(one, SoFar) for one in ears.events)


def test_too_few_digits_are_given_up_after_a_while(ears: Ears) -> None:
    ears.listener.expect(DIGITS, 0.3, patience=3.0, echo=False)
    groups(ears, 3.2, NOTHING)
    until(lambda: bool(ears.heard()))
    told = ears.heard()[0]
    assert isinstance(told, Listened)
    assert told.heard == NOTHING


def test_long_pauses_are_left_out_of_what_is_decoded(ears: Ears) -> None:
    """Eleven digits with three seconds between their groups fit, whole."""
    ears.listener.expect(DIGITS, 0.3, patience=3.0, echo=False)
    groups(ears, 2.6, *[NOTHING] * 9, Heard("1234", 0.9))
    until(lambda: bool(ears.heard()))
    told = ears.heard()[0]
    assert isinstance(told, Listened)
    assert told.seconds > listeners.LONGEST
    assert ears.script.lengths[-1] == pytest.approx(10 * (0.5 + 2 * KEPT), abs=0.8)


def test_sound_of_any_length_is_cut_into_frames() -> None:
    frames = Frames()
    cut = [one for size in (100, 500, 7, 1000) for one in frames.cut(np.zeros(size, np.float32))]
    assert {len(one) for one in cut} == {FRAME}
    assert len(cut) == 1607 // FRAME


def test_webrtc_tells_speech_from_silence() -> None:
    activity = WebRtcActivity()
    assert not activity.is_speech(np.zeros(FRAME, np.float32))


def test_levels_are_one_and_a_hum_is_no_speech() -> None:
    times = np.arange(HEAR_RATE) / HEAR_RATE
    hum = (0.05 * np.sin(2 * np.pi * 50 * times)).astype(np.float32)
    assert not is_speech(hum)
    assert not is_speech(hum * 1e-4)
    burst = np.where((times > 0.4) & (times < 0.6), hum * 10, hum * 0.01).astype(np.float32)
    assert is_speech(burst)
    assert float(np.abs(levelled(burst)).max()) == pytest.approx(0.5)
    assert not levelled(np.zeros(10, np.float32)).any()


def test_what_has_lost_some_of_its_sound_is_asked_again(ears: Ears) -> None:
    """Eleven digits of which a second went missing pass for eleven others."""
    ears.script.heard = Heard("1234", 0.99)
    ears.listener.expect(DIGITS, 0.3, patience=3.0, echo=False)
    ears.speak(0.5)
    ears.listener.gap()
    ears.speak(0.5)
    ears.be_silent(3.2)
    until(lambda: bool(ears.heard()))
    told = ears.heard()[0]
    assert isinstance(told, Listened)
    assert told.heard == NOTHING
    # What is said next is whole.
    ears.listener.expect(DIGITS, 0.3, patience=3.0, echo=False)
    ears.speak(0.5)
    ears.be_silent(3.2)
    until(lambda: len(ears.heard()) == 2)
    assert [one.heard.phrase for one in ears.heard() if isinstance(one, Listened)] == [None, "1234"]


def test_digits_of_which_some_were_lost_are_not_told_so_far(ears: Ears) -> None:
    longer = Expected("zh-CN", (), (any_digits(4), any_digits(6)))
    ears.listener.expect(longer, 0.3, patience=3.0, echo=False)
    ears.listener.gap()
    groups(ears, 2.5, Heard("12", 0.6))
    ears.listener._worker.submit(lambda: None).result()
    assert not any(isinstance(one, SoFar) for one in ears.events)


@pytest.mark.parametrize("before", [0.0, 5.0])
def test_sound_lost_before_somebody_speaks_matters_only_close_to_it(
    ears: Ears, before: float
) -> None:
    ears.listener.expect(ANY, 0.3, echo=False)
    ears.be_silent(1.0)
    ears.listener.gap()
    ears.be_silent(before)
    ears.speak(0.5)
    ears.be_silent(0.5)
    until(lambda: bool(ears.heard()))
    told = ears.heard()[0]
    assert isinstance(told, Listened)
    assert told.heard.phrase == ("是" if before else None)
