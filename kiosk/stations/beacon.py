"""A soft call by which somebody who can't see finds the kiosk, while nobody stands at it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.content.words import Locale
from kiosk.flow.text import Text
from kiosk.senses.speech.mouths import CardMouth, Utterance
from kiosk.senses.speech.render import Audience, told
from kiosk.session.session import Session

CALL = Text("ear.found")


@dataclass(frozen=True, slots=True)
class Calling:
    """`every` so many seconds, 0 for never by itself; how loud (dB, 0 as the voice usually is)."""

    every: float = 0.0
    gain_db: float = -12.0


class Beacon:
    """Of one station with a sound card of its own; used by the ticker, and by whoever presses."""

    def __init__(
        self,
        session: Session,
        mouth: CardMouth | None,
        words: Callable[[str], Locale],
        calling: Calling,
        elapsed: Callable[[], float],
        is_open: Callable[[], bool] = lambda: True,
    ) -> None:
        """`is_open`: whether there is anything to find the kiosk for."""
        self._session = session
        self._mouth = mouth
        self._words = words
        self._calling = calling
        self._elapsed = elapsed
        self._is_open = is_open
        self._since = elapsed()
        self._ids = itertools.count(1)
        #: It is calling now.
        self.sounds = False

    def tick(self) -> None:
        """Once a second: silence for whoever has come, and a call when it is time for one."""
        if self._session.state.place != "attract":
            self._since = self._elapsed()
            self._hush()
        elif self._calling.every and self._elapsed() - self._since >= self._calling.every:
            if self._is_open():
                self.sound()
            self._since = self._elapsed()

    def sound(self) -> bool:
        """Call now, as when somebody pressed the key by the door; whether it could."""
        moment = self._session.moment
        if self._mouth is None or self.sounds or moment.state.place != "attract":
            return False
        language = moment.state.switches.language
        self._since, self.sounds = self._elapsed(), True
        self._mouth.say(
            Utterance(
                f"beacon-{self._session.kiosk}-{next(self._ids)}",
                told("remark", CALL, self._words(language), Audience()),
                language,
                gain_db=self._calling.gain_db,
            ),
            on_line=lambda line: None,
            on_end=self._ended,
        )
        return True

    def _ended(self, completed: bool) -> None:
        self.sounds = False

    def _hush(self) -> None:
        # Where the visit has a voice it has stopped the call itself, and is speaking now.
        if self.sounds and self._mouth is not None and not self._session.state.switches.voice:
            self._mouth.stop()
