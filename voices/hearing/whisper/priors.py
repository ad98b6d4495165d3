"""How likely each phrase is when nothing is said: what a closed set is weighed against.

A model finds some phrases likely whatever it hears. The prior of a phrase is its mean probability
over a few clips of noise; it depends on nothing but the phrase, so it is computed once and kept.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import structlog

from voices.hearing.whisper.search import Score, Scorer
from voices.hearing.whisper.tokens import Tokens
from voices.hearing.whisper.trie import trie
from voices.sound import HEAR_RATE, Samples

log = structlog.get_logger()

#: Changes whenever priors would come out different.
RECIPE = 1
#: Phrases scored in one go: many share their beginnings, and large matrices cost less.
BATCH = 192
#: What a phrase is taken for until its prior is known: nats to begin with, and for each token.
GUESS = (-8.0, -4.0)


def noises() -> tuple[Samples, ...]:
    """What nothing sounds like: pink noise, long and short, and a quiet white hiss."""
    random = np.random.default_rng(0)

    def pink(seconds: float) -> Samples:
        count = round(seconds * HEAR_RATE)
        bands = np.fft.rfftfreq(count)
        bands[0] = bands[1]
        wave = random.standard_normal((2, len(bands)))
        sound = np.fft.irfft((wave[0] + 1j * wave[1]) / np.sqrt(bands), count)
        found: Samples = (0.5 * sound / np.abs(sound).max()).astype(np.float32)
        return found

    white = random.standard_normal(HEAR_RATE).astype(np.float32)
    return pink(1.0), pink(0.6), 0.12 * white


class Priors:
    """The priors of one language. Safe to use from any thread."""

    def __init__(self, tokens: Tokens, scorers: Callable[[], Sequence[Scorer]], file: Path | None):
        self._tokens = tokens
        self._make_scorers = scorers
        self._scorers: Sequence[Scorer] = ()
        self._file = file
        self._lock = threading.Lock()
        self._known: dict[str, float] = self._read()

    def of(self, phrase: str, tokens: int) -> float:
        known = self._known.get(phrase)
        return GUESS[0] + GUESS[1] * tokens if known is None else known

    def prepare(self, phrases: Iterable[str]) -> None:
        """Find the priors of these phrases; those that are known cost nothing."""
        missing = [one for one in dict.fromkeys(phrases) if one not in self._known]
        for start in range(0, len(missing), BATCH):
            with self._lock:
                self._find(missing[start : start + BATCH])
        if missing:
            self._write()

    def _find(self, phrases: Sequence[str]) -> None:
        self._scorers = self._scorers or self._make_scorers()
        root = trie([self._tokens.encode(one) for one in phrases])
        scored = [one.phrases(root, width=10_000, behind=float("inf")) for one in self._scorers]
        for index, phrase in enumerate(phrases):
            self._known[phrase] = _mean([found[index] for found in scored if index in found])
        for scorer in self._scorers:
            scorer.forget()

    def _read(self) -> dict[str, float]:
        try:
            raw = json.loads(self._file.read_text("utf-8")) if self._file else {}
            return dict(raw["priors"]) if raw.get("recipe") == RECIPE else {}
        except (OSError, ValueError, AttributeError, KeyError):
            # Not there yet, or damaged: it is made anew.
            return {}

    def _write(self) -> None:
        if self._file is None:
            return
        kept = {"recipe": RECIPE, "priors": {p: round(v, 3) for p, v in self._known.items()}}
        part = self._file.with_name(f"{self._file.name}.part")
        try:
            part.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
            os.replace(part, self._file)
        except OSError as error:
            log.warning("whisper.priors_not_kept", error=str(error))


def _mean(scores: Sequence[Score]) -> float:
    """The logarithm of the mean probability."""
    if not scores:
        return GUESS[0]
    return float(np.logaddexp.reduce([one.log_p for one in scores]) - np.log(len(scores)))
