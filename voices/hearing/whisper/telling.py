"""From the sentences that were found to what was told: how sure it is, all together and each part.

The constants were chosen on the tuning half of `tests/bench/sentences.yaml`, in a lobby's noise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from voices.hearing.ports import Heard
from voices.hearing.sentences import Told
from voices.hearing.whisper.judge import PRIOR_WEIGHT
from voices.hearing.whisper.sentences import Piece, Sentence

#: The prior of a sentence from those of its words: their sum, with nats for what each of them has
#: counted of its own beginning and end, and a constant. Over 150 sentences of 15 tokens it
#: differs from what noise gives the whole by 6 nats (standard deviation).
PRIOR_PART, PRIOR_WHOLE = 5.0, -9.3
#: Constant, log p a token, log p of the end beyond `ENDS`, lead over another subject.
WEIGHTS = (4.5, 2.0, 0.6, 0.5)
#: The end of a sentence that is whole is hardly less likely than this (nats).
ENDS = -1.0
#: A lead of more nats tells no more.
LEAD = 6.0
#: Of a part: constant, log p a token, lead over another value.
PART_WEIGHTS = (4.0, 1.0, 0.7)


@dataclass(frozen=True, slots=True)
class Best:
    """The likeliest sentence, and what it told. `worth` is nats a token above noise, as phrases
    have it."""

    sentence: Sentence
    worth: float
    confidence: float
    told: tuple[Told, ...]

    def heard(self, text: str) -> Heard:
        """What was heard, with its words as `text`."""
        return Heard(text, self.confidence, about=self.sentence.about, told=self.told)


def best_of(found: Sequence[Sentence], prior: Callable[[str], float]) -> Best | None:
    """The best of the sentences; `prior` is that of words alone (nats)."""
    if not found:
        return None
    worths = [_worth(one, prior) for one in found]
    at = max(range(len(found)), key=worths.__getitem__)
    best = found[at]
    told = tuple(Told(piece.mark, _part(piece, best, found)) for piece in best.pieces)
    return Best(best, worths[at], _whole(best, found), told)


def _worth(one: Sentence, prior: Callable[[str], float]) -> float:
    expected = sum(map(prior, one.words)) + PRIOR_PART * len(one.words) + PRIOR_WHOLE
    return (one.score.log_p - PRIOR_WEIGHT * expected) / (one.score.tokens + 1)


def _whole(best: Sentence, found: Sequence[Sentence]) -> float:
    constant, mean, end, lead = WEIGHTS
    # A sentence that is only the beginning of the best one is no rival of it.
    others = (
        one.score.log_p
        for one in found
        if one.about != best.about and one.words != best.words[: len(one.words)]
    )
    z = constant + mean * best.score.log_p / (best.score.tokens + 1)
    z += end * min(0.0, best.end - ENDS)
    z += lead * (_lead(best, others) - LEAD)
    return _probability(z)


def _part(piece: Piece, best: Sentence, found: Sequence[Sentence]) -> float:
    """How sure a part is: another value nearly as likely is a reason to ask."""
    constant, mean, lead = PART_WEIGHTS
    name, value = piece.mark.name, piece.mark.value
    others = (
        one.score.log_p
        for one in found
        if one.about == best.about and one.told.get(name, value) != value
    )
    z = constant + mean * piece.mean + lead * (_lead(best, others) - LEAD)
    return _probability(z)


def _lead(best: Sentence, others: Iterable[float]) -> float:
    """Nats before the likeliest of the others, 0 to `LEAD`."""
    nearest = max(others, default=-math.inf)
    return max(0.0, min(best.score.log_p - nearest, LEAD))


def _probability(z: float) -> float:
    return 1 / (1 + math.exp(-z))
