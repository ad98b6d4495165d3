"""When an utterance is over: after how much silence, by what was decoded of it so far. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from voices.hearing.ports import Expected, Heard, may_go_on

#: Silence after which decoding starts, whether or not it turns out to be the end (seconds).
#: WebRTC's detector has called up to a tenth of a second of silence speech by then.
PAUSE = 0.08
#: What was heard so surely needn't be waited on as long: whoever means to go on is rarely at the
#: end of a phrase, and what was broken off is rarely sure.
CERTAIN = 0.85
#: So much of the hangover has to pass all the same.
SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long to wait for more (seconds): `hangover` ends an utterance that is whole, `patience`
    one that isn't, such as eight digits of eleven; without it the hangover ends any."""

    hangover: float
    patience: float = 0.0

    def pause(self, expected: Expected) -> float:
        """Silence worth decoding what was said so far. Between digits there is a pause each: only
        one that may be the last is worth it."""
        return max(PAUSE, self.hangover / 2) if expected.digits else PAUSE

    def is_over(self, silence: float, heard: Heard | None, expected: Expected) -> bool:
        """Whether so much silence is the end of what was decoded as `heard` (None: not yet)."""
        if silence >= max(self.hangover, self.patience, PAUSE):
            return True
        if silence >= max(self.hangover, PAUSE):
            return self.patience <= self.hangover or is_whole(heard, expected)
        return silence >= max(self.hangover * SHARE, PAUSE) and is_certain(heard, expected)


def is_whole(heard: Heard | None, expected: Expected) -> bool:
    """Whether nothing needs to be said after it. One who is still reading out digits has said
    none of what is expected, or a string that may go on; 一千 may go on to 一千五百."""
    if heard is None or heard.phrase is None:
        return False
    phrase = heard.phrase
    longer = any(len(one) > len(phrase) and one.startswith(phrase) for one in expected.phrases)
    return not longer and not may_go_on(phrase, expected.digits)


def is_certain(heard: Heard | None, expected: Expected) -> bool:
    """Whether it is whole, and was heard surely. Where whole sentences may be said, a clause that
    is a phrase by itself may be the first of several."""
    if heard is None or expected.sentences.size:
        return False
    return heard.confidence >= CERTAIN and is_whole(heard, expected)
