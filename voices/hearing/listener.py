"""From a stream of sound to decided utterances: where each begins, when it is over, what it was.

Decoding starts as soon as somebody pauses and is thrown away if they go on, so that the answer is
there when the pause has become an end.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import structlog

from voices.hearing.activity import ENOUGH, FRAME_SECONDS, WINDOW, Activity, Frames, WebRtcActivity
from voices.hearing.ending import Waiting, is_whole
from voices.hearing.groups import so_far
from voices.hearing.pace import LATE
from voices.hearing.ports import NOTHING, Expected, Heard, Recognizer
from voices.hearing.utterance import Utterance
from voices.sound import Samples

log = structlog.get_logger()

#: Kept from before speech was noticed (seconds): beginnings are soft.
LEAD = 0.3
#: Nothing on a kiosk takes longer to say, pauses aside (seconds). What isn't over by then is never
#: decided: its beginning would pass for the whole.
LONGEST = 20.0
#: After the kiosk's own speech its echo is let die away (seconds).
ECHO = 0.15
#: A decision that takes longer won't come (seconds).
PATIENCE = 8.0


@dataclass(frozen=True, slots=True)
class Started:
    """Somebody speaks."""


@dataclass(frozen=True, slots=True)
class Listened:
    """An utterance is over: what it was, and how long it took to say (seconds)."""

    heard: Heard
    seconds: float
    #: What was listened for when it was said, as whoever expected it named it.
    about: object = None
    #: How it sounded, 16 kHz mono, without long pauses: for whoever may keep it.
    sound: Samples | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SoFar:
    """Digits that were said by a pause; more are waited for. They count for nothing yet."""

    digits: str
    about: object = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The recogniser gave no answer."""

    reason: str
    about: object = None


Event = Started | SoFar | Listened | Failed


@dataclass(slots=True)
class _Ear:
    """What is expected now, and what has been heard of it."""

    expected: Expected
    waiting: Waiting
    about: object = None
    lead: deque[Samples] = field(default_factory=lambda: deque(maxlen=round(LEAD / FRAME_SECONDS)))
    recent: deque[bool] = field(default_factory=lambda: deque(maxlen=WINDOW))
    utterance: Utterance | None = None
    #: Frames still to be ignored.
    deaf: int = 0
    #: Frames until what begins has nothing any more of sound of which some was lost.
    broken: int = 0


class Listener:
    """Safe to use from any thread; `on_event` is called from this object's own."""

    def __init__(
        self,
        recognizer_for: Callable[[str], Recognizer | None],
        on_event: Callable[[Event], None],
        *,
        activity: Callable[[], Activity] = WebRtcActivity,
    ) -> None:
        self._recognizer_for = recognizer_for
        self._on_event = on_event
        self._activity = activity()
        self._frames = Frames()
        self._lock = threading.RLock()
        self._ear: _Ear | None = None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="listener")
        # Getting ready may take longer than an answer, which must not wait for it.
        self._preparer = ThreadPoolExecutor(1, thread_name_prefix="prepares")
        self._events = ThreadPoolExecutor(1, thread_name_prefix="heard")

    def expect(
        self,
        expected: Expected,
        hangover: float,
        *,
        patience: float = 0.0,
        echo: bool = True,
        about: object = None,
    ) -> None:
        """Hear one of these from now on; whatever was being said to something else is dropped.

        `hangover` is the silence that ends an utterance, half of it where that was heard surely;
        with `patience` only one that is whole, and any after so much silence (seconds). Digits are
        said in groups, with pauses to read on.
        `about` comes back with what is heard: an answer may be decoded when another question is
        asked already.
        """
        with self._lock:
            self._frames.clear()
            deaf = round(ECHO / FRAME_SECONDS) if echo else 0
            self._ear = _Ear(expected, Waiting(hangover, patience), about, deaf=deaf)
        self._preparer.submit(self._prepare, expected)

    def mute(self) -> None:
        """Hear nothing until something is expected."""
        with self._lock:
            self._ear = None

    def feed(self, samples: Samples) -> None:
        """Sound as it comes: 16 kHz mono float32, any length. Never waits for a decision."""
        with self._lock:
            for frame in self._frames.cut(samples):
                if self._ear is not None:
                    self._take(self._ear, frame)

    def gap(self) -> None:
        """Some sound was lost on its way: what is being said is never decided, but asked again."""
        with self._lock:
            if self._ear is None:
                return
            self._ear.broken = round((LEAD + LATE) / FRAME_SECONDS)
            if self._ear.utterance is not None:
                self._ear.utterance.broken = True
        log.warning("listener.sound_lost")

    def close(self) -> None:
        self.mute()
        for pool in (self._worker, self._preparer, self._events):
            pool.shutdown(wait=False, cancel_futures=True)

    def _take(self, ear: _Ear, frame: Samples) -> None:
        if ear.deaf:
            ear.deaf -= 1
            return
        speech = self._activity.is_speech(frame)
        ear.broken = max(0, ear.broken - 1)
        if ear.utterance is None:
            ear.lead.append(frame)
            ear.recent.append(speech)
            if sum(ear.recent) >= ENOUGH:
                self._begin(ear)
            return
        utterance = ear.utterance
        utterance.add(frame, speech=speech)
        silence = utterance.silent * FRAME_SECONDS
        if utterance.decoded is None and silence >= ear.waiting.pause(ear.expected):
            self._decode(ear)
        if utterance.kept >= LONGEST:
            self._drop(ear, utterance)
        elif ear.waiting.is_over(silence, utterance.answer, ear.expected):
            self._end(ear)

    def _begin(self, ear: _Ear) -> None:
        ear.utterance = Utterance(list(ear.lead), len(ear.lead), broken=ear.broken > 0)
        self._tell(Started())

    def _drop(self, ear: _Ear, utterance: Utterance) -> None:
        """It takes too long, or some of it is missing: nothing was understood."""
        self._ear = None
        self._tell(Listened(NOTHING, utterance.seconds, ear.about))

    def _decode(self, ear: _Ear) -> None:
        if ear.utterance is not None:
            samples = ear.utterance.samples
            decoded = self._worker.submit(self._recognise, ear.expected, samples)
            ear.utterance.decoded = decoded
            if ear.expected.digits:
                self._worker.submit(self._pause, ear, decoded, samples)

    def _pause(self, ear: _Ear, decoded: Future[Heard], samples: Samples) -> None:
        """A pause between digits: tell those that were said by now."""
        if decoded.cancelled() or decoded.exception() is not None:
            return
        if self._ear is not ear or is_whole(decoded.result(), ear.expected):
            return
        found = self._recognise(so_far(ear.expected), samples)
        broken = ear.utterance is not None and ear.utterance.broken
        if found.phrase is not None and self._ear is ear and not broken:
            self._tell(SoFar(found.phrase, ear.about))

    def _end(self, ear: _Ear) -> None:
        """The utterance is over: its decoding decides, as soon as it is there."""
        utterance, ear.utterance = ear.utterance, None
        ear.lead.clear()
        ear.recent.clear()
        if utterance is None or utterance.decoded is None:
            return
        if utterance.broken:
            self._drop(ear, utterance)
            return
        # What was expected is decided; the next is expected by whoever is told.
        self._ear = None
        self._decided(utterance, utterance.decoded, ear.about)

    def _decided(self, utterance: Utterance, decoded: Future[Heard], about: object) -> None:
        late = threading.Timer(PATIENCE, self._late, (decoded, about))
        late.daemon = True
        # Taken out once it is told: what waits for the decision may outlive it in memory.
        sounds = [utterance.samples]
        seconds = utterance.seconds

        def done(found: Future[Heard]) -> None:
            late.cancel()
            sound = sounds.pop()
            if found.cancelled():
                return
            error = found.exception()
            if error is None:
                self._tell(Listened(found.result(), seconds, about, sound))
            else:
                log.error("listener.recogniser_failed", error=repr(error))
                self._tell(Failed(f"the recogniser failed: {type(error).__name__}", about))

        late.start()
        decoded.add_done_callback(done)

    def _late(self, decoded: Future[Heard], about: object) -> None:
        """The recogniser hangs: leave it, and go on with another thread."""
        with self._lock:
            if decoded.done():
                return
            hanging, self._worker = self._worker, ThreadPoolExecutor(1)
            hanging.shutdown(wait=False, cancel_futures=True)
        log.error("listener.recogniser_hangs", seconds=PATIENCE)
        self._tell(Failed(f"the recogniser gave no answer in {PATIENCE:g} s", about))

    def _prepare(self, expected: Expected) -> None:
        recognizer = self._recognizer_for(expected.language)
        # By the time its turn comes something else may be expected.
        if recognizer is not None and self._ear is not None and self._ear.expected == expected:
            recognizer.prepare(expected)

    def _recognise(self, expected: Expected, samples: Samples) -> Heard:
        recognizer = self._recognizer_for(expected.language)
        if recognizer is None:
            raise LookupError(f"nothing here hears {expected.language}")
        recognition = recognizer.open(expected)
        recognition.feed(samples)
        return recognition.result()

    def _tell(self, event: Event) -> None:
        try:
            self._events.submit(self._safely, event)
        except RuntimeError:
            # Closed meanwhile: nobody is there to be told.
            log.debug("listener.closed", event_type=type(event).__name__)

    def _safely(self, event: Event) -> None:
        try:
            self._on_event(event)
        except Exception:
            # Hearing must go on whatever the listener's owner does with what was heard.
            log.exception("listener.event_failed", event_type=type(event).__name__)
