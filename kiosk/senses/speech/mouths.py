"""Where a session speaks: on this machine's sound card, on the customer's own page, or nowhere."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.senses.speech.render import Spoken
from kiosk.session.switches import Tone
from voices.speaking.player import Player


@dataclass(frozen=True, slots=True)
class Utterance:
    """Lines said one after another, and how: a rate of 1 is normal, 0 dB the default loudness."""

    id: str
    spoken: tuple[Spoken, ...]
    language: str
    rate: float = 1.0
    gain_db: float = 0.0
    tone: Tone = "usual"
    #: For the headset only.
    headset: bool = False


#: Called with the line that begins, by its index; and with whether all of it was said.
OnLine = Callable[[int], None]
OnEnd = Callable[[bool], None]


class Mouth(Protocol):
    """Says one utterance at a time; a new one takes the place of the one before."""

    #: The page plays it itself.
    on_page: bool

    def say(self, utterance: Utterance, on_line: OnLine, on_end: OnEnd) -> None: ...

    def stop(self) -> None: ...

    def pause(self, paused: bool) -> None: ...


class NullMouth:
    """Says nothing, in no time."""

    on_page = False

    def say(self, utterance: Utterance, on_line: OnLine, on_end: OnEnd) -> None:
        on_end(True)

    def stop(self) -> None:
        return None

    def pause(self, paused: bool) -> None:
        return None


class CardMouth:
    """This machine's sound card."""

    on_page = False

    def __init__(self, loudspeaker: Player, headset: Player | None = None) -> None:
        self._loudspeaker = loudspeaker
        self._headset = headset or loudspeaker

    def close(self) -> None:
        for player in {self._loudspeaker, self._headset}:
            player.close()

    def say(self, utterance: Utterance, on_line: OnLine, on_end: OnEnd) -> None:
        self.stop()
        player = self._headset if utterance.headset else self._loudspeaker
        player.say(
            [one.line for one in utterance.spoken],
            language=utterance.language,
            tone=utterance.tone,
            rate=utterance.rate,
            gain_db=utterance.gain_db,
            on_line=on_line,
            on_end=on_end,
        )

    def stop(self) -> None:
        self._loudspeaker.stop()
        self._headset.stop()

    def pause(self, paused: bool) -> None:
        for player in (self._loudspeaker, self._headset):
            if paused:
                player.pause()
            else:
                player.resume()


class PageMouth:
    """The customer's page: it fetches the lines, plays them, and reports how far it is."""

    on_page = True

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now: tuple[Utterance, OnLine, OnEnd] | None = None
        self.paused = False

    @property
    def now(self) -> Utterance | None:
        """What the page has to say, until it reports the end."""
        with self._lock:
            return self._now[0] if self._now else None

    def say(self, utterance: Utterance, on_line: OnLine, on_end: OnEnd) -> None:
        with self._lock:
            self._now, self.paused = (utterance, on_line, on_end), False

    def stop(self) -> None:
        with self._lock:
            self._now, self.paused = None, False

    def pause(self, paused: bool) -> None:
        self.paused = paused

    def at(self, utterance_id: str, line: int) -> None:
        """The page says that a line begins; stale reports change nothing."""
        with self._lock:
            now = self._now
        if now is not None and now[0].id == utterance_id and 0 <= line < len(now[0].spoken):
            now[1](line)

    def ended(self, utterance_id: str) -> None:
        """The page has said all of it."""
        with self._lock:
            now = self._now
            if now is None or now[0].id != utterance_id:
                return
            self._now = None
        now[2](True)
