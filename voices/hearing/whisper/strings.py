"""Strings of digits: what both ways of writing them agree on.

The model writes what it hears now in signs (138), now in words (一三八), and errs differently in
each: it repeats signs where they were said slowly, and swallows a word said twice. So strings are
searched in both, and each counts by the mean of its scores.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voices.hearing.ports import NOTHING, Heard

#: A string that one way of writing left out scores so much less than that way's worst (nats).
LEFT_OUT = 4.0
#: As far ahead as counts (nats): beyond that there is nothing beside it.
FARTHEST = 4.0
#: A string so far ahead needn't be heard again (nats).
CLEAR = 2.5
#: A beginning is so much likelier than what the model makes of it (nats): 2.6 to 6 in each of 15
#: numbers broken off, where 17 of 18 whole ones are likelier by 1 to 8, and one isn't by 2.5. The
#: first digit by itself says nothing: it is always likely.
FURTHER = 2.0
#: A digit of a beginning takes no less and no more (seconds of speech): the model goes on by itself
#: from short ones, and stops after the first digit of long ones.
DIGIT_SECONDS = (0.2, 0.8)
#: A beginning is clear with so much more than the next (nats), and so much for each of its digits
#: and its end. Chosen on 60 beginnings joined from one speaker's digits: 37 are clear, 36 of them
#: right, which is what a clear one is sure by.
BEGUN_AHEAD, BEGUN_MEAN, BEGUN_SURE = 1.0, -2.0, 0.97


@dataclass(frozen=True, slots=True)
class Joined:
    """A string of digits: its mean log p, how far it is ahead of the next best string (nats,
    less than 0 for all but the first), and whether every way of writing has it first."""

    text: str
    log_p: float
    ahead: float
    agreed: bool

    @property
    def is_clear(self) -> bool:
        """Whether every way has it first, with nothing near it."""
        return self.agreed and self.ahead >= CLEAR


def joined(found: Sequence[Mapping[str, float]]) -> list[Joined]:
    """The strings found in each way of writing, best first."""
    ways = [way for way in found if way]
    if not ways:
        return []
    texts = dict.fromkeys(text for way in ways for text in way)
    means = {text: sum(_of(way, text) for way in ways) / len(ways) for text in texts}
    ranked = sorted(texts, key=lambda text: -means[text])
    first = {max(way, key=lambda text: way[text]) for way in ways}
    best = means[ranked[0]]
    second = means[ranked[1]] if len(ranked) > 1 else best - FARTHEST
    return [
        Joined(
            text,
            means[text],
            min(best - second, FARTHEST) if text == ranked[0] else means[text] - best,
            first == {text} and len(ways) == len(found),
        )
        for text in ranked
    ]


def _of(way: Mapping[str, float], text: str) -> float:
    return way.get(text, min(way.values()) - LEFT_OUT)


def goes_on(text: str, whole: Mapping[str, float], begun: Mapping[str, float]) -> bool:
    """Whether a beginning is far likelier than the whole string `text`; both as found in words."""
    best = max((log_p for one, log_p in begun.items() if len(one) > 1), default=-math.inf)
    return text not in whole or best - whole[text] > FURTHER


def begun(way: Mapping[str, float], seconds: float) -> Heard:
    """The beginning of a string that was said in so many seconds of speech, if one is clear.

    `way` are the beginnings found in words: signs are written with commas between them, which
    look like an end.
    """
    least, most = (seconds / one for one in reversed(DIGIT_SECONDS))
    ranked = sorted(
        (text for text in way if least <= len(text) + 0.5 and len(text) <= most),
        key=lambda text: -way[text],
    )
    if not ranked:
        return NOTHING
    best = way[ranked[0]]
    ahead = best - way[ranked[1]] if len(ranked) > 1 else FARTHEST
    is_clear = ahead >= BEGUN_AHEAD and best / (len(ranked[0]) + 1) > BEGUN_MEAN
    return Heard(ranked[0], BEGUN_SURE) if is_clear else Heard(None, 0.0, tuple(ranked[:3]))
