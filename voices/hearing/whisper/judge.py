"""From scores to a decision: the best phrase, how sure it is, or none of them.

The constants were chosen on `audio-dev` (40 words of one speaker) and on Kokoro's voices
zf_xiaoyi, zm_yunjian and zm_yunxia, clean and with pink noise at 20 and 10 dB, in closed sets of
20 phrases with and without the word that was said. `tests/bench/bench_hearing.py` scores them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from voices.hearing.ports import NOTHING, Heard
from voices.hearing.whisper.search import Score
from voices.hearing.whisper.strings import Joined

#: How much of a phrase's prior is taken off its score.
PRIOR_WEIGHT = 0.75
#: Logistic regression: constant, score, margin to the next best, tokens.
WEIGHTS = (-2.277, 2.311, 0.794, 0.168)
#: The same for strings of digits: constant, log p a digit, lead over the next best string, and
#: whether both ways of writing agree. Chosen on one speaker's digits, strung together by another
#: seed than `bench_digits` does, on AISHELL's telephone numbers, and on words that are none.
DIGIT_WEIGHTS = (-2.3, 2.0, 1.0, 3.0)
#: Less sure than this and nothing was said.
THRESHOLD = 0.45
#: A filler has to be so much better: where both fit, the customer means to answer.
FILLER_HANDICAP = 0.3
#: What has nothing to compete with counts as so much better than the rest.
ALONE = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may have been said; `allowed` is False for a filler."""

    text: str
    score: Score
    prior: float
    allowed: bool
    #: For a string of digits: how it stands among the others.
    digits: Joined | None = None

    @property
    def worth(self) -> float:
        """Nats a token above what noise would have given it."""
        above = (self.score.log_p - PRIOR_WEIGHT * self.prior) / (self.score.tokens + 1)
        return above if self.allowed else above - FILLER_HANDICAP


def judged(candidates: Sequence[Candidate]) -> Heard:
    """What was heard."""
    ranked = sorted(candidates, key=lambda one: -one.worth)
    allowed = [one for one in ranked if one.allowed]
    if not allowed:
        return NOTHING
    best = ranked[0]
    margin = best.worth - ranked[1].worth if len(ranked) > 1 else ALONE
    confidence = sureness(best, margin)
    if not best.allowed:
        # It was a filler: what it also sounds like is no guess to be asked about.
        return Heard(None, 0.0, tuple(one.text for one in allowed[:3]))
    if confidence < THRESHOLD:
        return Heard(None, confidence, tuple(one.text for one in allowed[:3]))
    return Heard(best.text, confidence, tuple(one.text for one in allowed[1:4]))


def doubted(heard: Heard) -> Heard:
    """What was heard, no longer sure: it can only be asked about."""
    return replace(heard, confidence=min(heard.confidence, THRESHOLD))


def sureness(best: Candidate, margin: float) -> float:
    """The probability that the best candidate was said."""
    if best.digits is not None:
        constant, mean, lead, agreed = DIGIT_WEIGHTS
        z = constant + mean * best.score.log_p / (best.score.tokens + 1)
        z += lead * best.digits.ahead + agreed * best.digits.agreed
    else:
        constant, worth, ahead, tokens = WEIGHTS
        z = constant + worth * best.worth + ahead * margin + tokens * best.score.tokens
    return 1 / (1 + math.exp(-z))
