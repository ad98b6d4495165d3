"""What a player has to say at one time, and the sound of each of its lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from voices.sound import Sound
from voices.speaking.line import Line
from voices.speaking.voice import VoiceFor

log = structlog.get_logger()

#: Called with the line that begins, by its index; and with whether all of it was said.
OnLine = Callable[[int], None]
OnEnd = Callable[[bool], None]


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """Lines to be said one after another, and how: at `rate` times the pace, `gain_db` louder."""

    lines: tuple[Line, ...]
    language: str
    tone: str
    rate: float
    gain_db: float
    on_line: OnLine
    on_end: OnEnd

    def sound(self, index: int, voice_for: VoiceFor) -> Sound | None:
        """The sound of a line; None for one that can't be made, which is passed over.

        With the first one the others are known: what has no clip is ordered meanwhile.
        """
        try:
            voice = voice_for(self.language, self.tone)
            if not index:
                voice.prepare(*self.lines[1:])
            return voice.sound(self.lines[index], self.rate)
        except Exception:
            log.exception("player.line_failed", language=self.language)
            return None
