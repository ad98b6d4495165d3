"""Scoring what may have been said: all phrases along their trie, and strings of digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voices.hearing.ports import Places, is_digits, may_go_on
from voices.hearing.whisper.decoder import Decoder, Memory, Past
from voices.hearing.whisper.tokens import Digits, Tokens
from voices.hearing.whisper.trie import Node
from voices.sound import Samples

#: Beginnings that go on being scored at each depth of the trie, and how much worse than the best
#: one (in nats) a beginning may be. Twice as many and 16 nats decide no better, and take a third
#: longer (`audio-dev`, sets of 20).
WIDTH, BEHIND = 32, 12.0
#: A phrase that is whole may have been likely from the start: so much more is allowed behind it.
DONE = 6.0
#: The same for strings of digits.
DIGIT_WIDTH = 8


@dataclass(frozen=True, slots=True)
class Score:
    """How likely a phrase is: Σ log p of its tokens and of its end, and their number."""

    log_p: float
    tokens: int


#: The positions that a continuation follows, in the order they were said.
Path = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Beam:
    """A beginning: its score so far, log p of every token after it, and its positions."""

    log_p: float
    after: Samples
    path: Path


@dataclass(frozen=True, slots=True, eq=False)
class _Longer:
    """A string with one digit more: that digit's tokens, and the score up to the first of them."""

    text: str
    tokens: tuple[int, ...]
    beam: Beam
    log_p: float


class Scorer:
    """One encoded sound, ready to score any phrases."""

    def __init__(self, decoder: Decoder, tokens: Tokens, outputs: Samples, memory: Memory) -> None:
        self._decoder = decoder
        self._tokens = tokens
        self._outputs = outputs
        self._memory = memory
        self._past = Past()
        positions = np.arange(len(tokens.prompt))
        hidden = decoder.step(
            tokens.prompt, positions, [range(at) for at in positions], self._past, memory
        )
        self._root: Path = tuple(range(len(tokens.prompt)))
        self._start = self._log_p(hidden[-1:])[0]

    def begin(self) -> Beam:
        """Where everything begins: after the prompt."""
        return Beam(0.0, self._start, self._root)

    def forget(self) -> None:
        """Let go of all continuations; the prompt stays."""
        self._past.cut(len(self._root))

    def phrases(
        self, root: Node, *, width: int = WIDTH, behind: float = BEHIND
    ) -> dict[int, Score]:
        """The score of each phrase of the trie that isn't left behind, by its index."""
        found: dict[int, Score] = {}
        level = self._children([(root, self.begin())])
        depth, least = 0, -float("inf")
        while level := _kept(level, width, least):
            depth += 1
            least = max(least, level[0][1] - behind)
            beams = self.stepped([(node.token, so_far, path) for node, so_far, path in level])
            for (node, _, _), beam in zip(level, beams, strict=True):
                if node.ends:
                    score = Score(beam.log_p + self.end(beam), depth)
                    found.update((index, score) for index in node.ends)
                    least = max(least, score.log_p - behind - DONE)
            level = self._children(
                [(node, beam) for (node, _, _), beam in zip(level, beams, strict=True)]
            )
        return found

    def digits(
        self, forms: Sequence[Places], names: Digits, *, width: int = DIGIT_WIDTH
    ) -> dict[str, float]:
        """The best strings of these forms written so, with their log p."""
        found: dict[str, float] = {}
        level = [("", self.begin())]
        while level:
            grown = [
                _Longer(text + digit, tokens, beam, beam.log_p + self.log_p(beam, tokens[0]))
                for text, beam in level
                for digit, ways in names.items()
                if (is_digits(text + digit, forms) or may_go_on(text + digit, forms))
                for tokens in ways
            ]
            best = sorted(grown, key=lambda one: -one.log_p)[:width]
            level = list(zip((one.text for one in best), self._said(best), strict=True))
            for text, beam in level:
                if is_digits(text, forms):
                    log_p = beam.log_p + self.end(beam)
                    found[text] = max(log_p, found.get(text, log_p))
            level = [(text, beam) for text, beam in level if may_go_on(text, forms)]
        return found

    def _said(self, steps: Sequence[_Longer]) -> list[Beam]:
        """Say each to the end of its word, of one token or several."""
        beams = self.stepped([(one.tokens[0], one.log_p, one.beam.path) for one in steps])
        at = 1
        while left := [i for i, one in enumerate(steps) if len(one.tokens) > at]:
            tokens = [(i, steps[i].tokens[at]) for i in left]
            more = self.stepped(
                [(t, beams[i].log_p + self.log_p(beams[i], t), beams[i].path) for i, t in tokens]
            )
            for i, beam in zip(left, more, strict=True):
                beams[i] = beam
            at += 1
        return beams

    def _children(self, nodes: Sequence[tuple[Node, Beam]]) -> list[tuple[Node, float, Path]]:
        return [
            (child, beam.log_p + self.log_p(beam, child.token), beam.path)
            for node, beam in nodes
            for child in node.children.values()
        ]

    def stepped(self, steps: Sequence[tuple[int, float, Path]]) -> list[Beam]:
        """Take a token each: the scores of what follows, for continuations of one length."""
        if not steps:
            return []
        first = self._past.count
        hidden = self._decoder.step(
            np.array([token for token, _, _ in steps]),
            np.array([len(path) for _, _, path in steps]),
            [path for _, _, path in steps],
            self._past,
            self._memory,
        )
        after = self._log_p(hidden)
        return [
            Beam(so_far, after[row], (*path, first + row))
            for row, (_, so_far, path) in enumerate(steps)
        ]

    def log_p(self, beam: Beam, token: int) -> float:
        """Log p of a token after a beginning."""
        return float(beam.after[self._tokens.column[token]])

    def end(self, beam: Beam) -> float:
        """Log p that nothing follows."""
        return float(np.logaddexp.reduce(beam.after[self._tokens.ends]))

    def full_end(self, beam: Beam) -> float:
        """Log p that a whole sentence ends here, and not only a clause of it."""
        return float(np.logaddexp.reduce(beam.after[self._tokens.full_ends]))

    def _log_p(self, hidden: Samples) -> Samples:
        logits = hidden @ self._outputs
        top = logits.max(axis=1, keepdims=True)
        found: Samples = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
        return found


def _kept(
    level: list[tuple[Node, float, Path]], width: int, least: float
) -> list[tuple[Node, float, Path]]:
    best = sorted(level, key=lambda one: -one[1])[:width]
    return [one for one in best if one[1] >= least]
