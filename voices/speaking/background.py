"""Free text spoken by the natural voice, in the background: for whatever can wait to be said.

A staff's note or a named place has no clip. Kokoro takes about a third of the time that it makes,
and seconds to begin: too long for somebody who waits. So a text is ordered as soon as it is known,
rendered at a low priority, and taken if it is there when it must be said; else live speech
says it. Nothing of it is written to a disk, what is kept has a bound and an age, and it is kept by
a digest of the text, not by the text.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import structlog

from voices.sound import Sound

log = structlog.get_logger()

#: Texts that wait; with one more the oldest is given up, for it is the likeliest to be too late.
WAITING = 8
#: Sounds that are kept, and for how long after they were made (seconds).
KEPT, KEEP_SECONDS = 16, 600.0
#: The voice is unloaded (about 330 MB) when nothing was ordered for so long (seconds).
REST_SECONDS = 120.0
#: After so many failures in a row nothing is ordered any more.
TRIES = 3
#: Longer texts aren't rendered (characters): they would be late, and hold up all others.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Order:
    """A text to be spoken by a voice of a language."""

    text: str
    language: str
    voice: str

    @property
    def key(self) -> bytes:
        return hashlib.sha256(repr((self.text, self.language, self.voice)).encode()).digest()


class RenderError(RuntimeError):
    """A text that the natural voice couldn't speak: why, and what to do. Never the text."""

    code = "render"


class Renderer(Protocol):
    """Speaks in the background. Safe to use from any thread; nothing here waits."""

    def speaks(self, language: str) -> bool:
        """Whether an order of this language has a chance."""
        ...

    def order(self, order: Order) -> None:
        """Have it spoken by and by. One that is known already is left as it is."""
        ...

    def find(self, order: Order) -> Sound | None:
        """The sound, like a clip's, or None where it isn't there yet."""
        ...

    def close(self) -> None: ...


class NullRenderer:
    """Renders nothing: the packages or the voice's files aren't installed."""

    def speaks(self, language: str) -> bool:
        return False

    def order(self, order: Order) -> None:
        return None

    def find(self, order: Order) -> Sound | None:
        return None

    def close(self) -> None:
        return None


class Maker(Protocol):
    """Speaks one text at a time; used by one thread."""

    languages: frozenset[str]

    def make(self, order: Order) -> Sound:
        """Raises `RenderError`."""
        ...

    def rest(self) -> None:
        """Let go of what it holds; the next text loads it anew."""
        ...


class BackgroundRenderer:
    """One thread, which begins with the first order and has its maker speak one after another."""

    def __init__(self, maker: Maker, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds that only grow."""
        self._maker = maker
        self._clock = clock
        self._changed = threading.Condition()
        self._waiting: OrderedDict[bytes, Order] = OrderedDict()
        self._made: OrderedDict[bytes, tuple[Sound, float]] = OrderedDict()
        self._under_way: bytes | None = None
        self._failures = 0
        self._closed = False
        self._thread: threading.Thread | None = None

    def speaks(self, language: str) -> bool:
        return self._failures < TRIES and language in self._maker.languages

    def order(self, order: Order) -> None:
        if not self.speaks(order.language) or not 0 < len(order.text) <= LONGEST:
            return
        with self._changed:
            self._forget()
            known = order.key in self._made or order.key in self._waiting
            if self._closed or known or order.key == self._under_way:
                return
            self._waiting[order.key] = order
            if len(self._waiting) > WAITING:
                self._waiting.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="renderer", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def find(self, order: Order) -> Sound | None:
        with self._changed:
            self._forget()
            found = self._made.get(order.key)
            return found[0] if found else None

    def settle(self, timeout: float) -> bool:
        """Wait until nothing is ordered any more; whether that came within `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not self._waiting and self._under_way is None, timeout
            )

    def close(self) -> None:
        """End what is under way, and forget everything."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._made.clear()
            self._changed.notify_all()
        self._maker.rest()

    def _run(self) -> None:
        while (order := self._next()) is not None:
            sound = self._speak(order)
            with self._changed:
                if sound is not None and not self._closed:
                    self._made[order.key] = sound, self._clock() + KEEP_SECONDS
                    if len(self._made) > KEPT:
                        self._made.popitem(last=False)
                self._under_way = None
                self._changed.notify_all()
            # Not held while the thread waits for the next one.
            del order, sound

    def _speak(self, order: Order) -> Sound | None:
        try:
            sound = self._maker.make(order)
        except RenderError as error:
            if self._closed:
                return None
            self._failures += 1
            log.warning("voice.not_rendered", error=str(error), failures=self._failures)
            return None
        self._failures = 0
        return sound

    def _next(self) -> Order | None:
        """The next order, as soon as there is one; None at the end."""
        with self._changed:
            rested = False
            while not self._waiting and not self._closed:
                woken = self._changed.wait(REST_SECONDS)
                self._forget()
                if not woken and not rested:
                    self._maker.rest()
                    rested = True
            if self._closed:
                return None
            key, order = self._waiting.popitem(last=False)
            self._under_way = key
            return order

    def _forget(self) -> None:
        """Let go of what is too old."""
        now = self._clock()
        for key in [key for key, (_, until) in self._made.items() if until <= now]:
            del self._made[key]
