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
#: No call takes so long (seconds).
LONGEST = 30.0


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
        is_open: Callable[[], bool],
    ) -> None:
        self._session = session
        self._mouth = mouth
        self._words = words
        self._calling = calling
        self._elapsed = elapsed
        self._is_open = is_open
        self._since = elapsed()
        self._ids = itertools.count(1)
        self._calls_until = elapsed()

    def tick(self) -> None:
        """Once a second: silence for whoever has come, and a call when it is time for one.

        By itself it calls while the branch is open; a press of the key is answered at any hour.
        """
        if self._session.state.place != "attract":
            self._since = self._elapsed()
            self._hush()
        elif not self._is_open():
            self._since = self._elapsed()
        elif self._calling.every and self._elapsed() - self._since >= self._calling.every:
            self.sound()
            self._since = self._elapsed()

    @property
    def sounds(self) -> bool:
        """It is calling now. A card that never says that it has ended silences no later call."""
        return self._elapsed() < self._calls_until

    def sound(self) -> bool:
        """Call now, as when somebody pressed the key by the door; whether it could."""
        moment = self._session.moment
        if self._mouth is None or self.sounds or moment.state.place != "attract":
            return False
        language = moment.state.switches.language
        self._since = self._elapsed()
        self._calls_until = self._since + LONGEST
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
        self._calls_until = self._elapsed()

    def _hush(self) -> None:
        # Where the visit has a voice it has stopped the call itself, and is speaking now.
        if self.sounds and self._mouth is not None and not self._session.state.switches.voice:
            self._mouth.stop()
