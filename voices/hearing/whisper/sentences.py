"""Whole sentences along their graph: the same beam as for phrases, and what each of them told.

A beginning is a string of tokens. It is scored once however many ways through the graph say it; the
ways go on side by side (`_Way`), each with what it has told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from voices.hearing.sentences import PAUSE, Arc, Mark, Sentences
from voices.hearing.whisper.search import Beam, Score, Scorer
from voices.hearing.whisper.tokens import Tokens

#: Beginnings that go on at each depth, and how much worse than the best one (nats) one may be.
WIDTH, BEHIND = 12, 12.0
#: A sentence that is whole may have been likely from the start: so much more is allowed behind it.
DONE = 4.0
#: What a rest between two clauses is written as.
_RESTS: Mapping[str, str] = {"zh-CN": "，"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that told something: what, Σ log p of their tokens, and their number."""

    mark: Mark
    log_p: float
    tokens: int

    @property
    def mean(self) -> float:
        """Log p a token."""
        return self.log_p / self.tokens


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence that may have been said, what it is about, and what it told."""

    words: tuple[str, ...]
    about: str
    pieces: tuple[Piece, ...]
    score: Score
    #: Log p of its end.
    end: float

    @property
    def told(self) -> Mapping[str, str]:
        return {piece.mark.name: piece.mark.value for piece in self.pieces}


@dataclass(frozen=True, slots=True)
class _Step:
    """An arc in tokens, or two together where the model writes them as one word."""

    words: tuple[str, ...]
    to: int
    marks: tuple[Mark, ...]
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """A way through the graph so far: within a step (`at` of its tokens are said), or at the node
    it leads to."""

    node: int
    words: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    step: _Step | None = None
    at: int = 0


class Compiled:
    """A graph in the tokens of one language."""

    def __init__(self, graph: Sentences, tokens: Tokens) -> None:
        self._graph = graph
        self._encode = lru_cache(maxsize=None)(tokens.encode)
        self._rest = tokens.encode_rest(_RESTS.get(tokens.language, PAUSE))
        self._joined = tokens.joined
        self._known: dict[int, tuple[tuple[_Step, ...], str | None]] = {}

    def from_node(self, node: int) -> tuple[tuple[_Step, ...], str | None]:
        """The steps that go on from a node, and what a sentence that ends there is about."""
        if node not in self._known:
            arcs, about = self._graph.spoken(node)
            self._known[node] = tuple(step for arc in arcs for step in self._steps(arc)), about
        return self._known[node]

    def _steps(self, arc: Arc) -> Iterator[_Step]:
        if arc.words == PAUSE:
            yield _Step((), arc.to, (), self._rest)
            return
        own = self._encode(arc.words)
        marks = () if arc.mark is None else (arc.mark,)
        if own:
            yield _Step((arc.words,), arc.to, marks, own)
        for after in self._graph.spoken(arc.to)[0]:
            if after.words != PAUSE:
                both = self._encode(self._joined((arc.words, after.words)))
                if both and both != own + self._encode(after.words):
                    more = marks if after.mark in (None, *marks) else (*marks, after.mark)
                    yield _Step((arc.words, after.words), after.to, more, both)

    def after(self, way: _Way) -> Iterator[tuple[int, _Step, int]]:
        """The next tokens of a way: each with its step, and how many of that are said by then."""
        if way.step is not None:
            yield way.step.tokens[way.at], way.step, way.at + 1
            return
        for step in self.from_node(way.node)[0]:
            yield step.tokens[0], step, 1

    def about(self, way: _Way) -> str | None:
        """What a sentence that ends here is about; None where none may end."""
        return None if way.step is not None else self.from_node(way.node)[1]


def _on(way: _Way, step: _Step, at: int, log_p: float) -> _Way:
    """A way with one token more."""
    pieces = way.pieces
    for mark in step.marks:
        pieces = _with(pieces, mark, log_p)
    if at < len(step.tokens):
        return _Way(way.node, way.words, pieces, step, at)
    return _Way(step.to, (*way.words, *step.words), pieces)


def _with(pieces: tuple[Piece, ...], mark: Mark, log_p: float) -> tuple[Piece, ...]:
    """One mark is told by words that may stand apart: their tokens count together."""
    before = next((one for one in pieces if one.mark == mark), Piece(mark, 0.0, 0))
    others = tuple(one for one in pieces if one.mark != mark)
    return (*others, Piece(mark, before.log_p + log_p, before.tokens + 1))


#: A beginning: its score with its last token, the positions before it, and its ways.
_Level = list[tuple[int, float, Beam, list[_Way]]]


def sentences(
    scorer: Scorer, graph: Compiled, *, width: int = WIDTH, behind: float = BEHIND
) -> list[Sentence]:
    """The sentences that aren't left behind, best first."""
    found: list[Sentence] = []
    level = _grown(scorer, graph, [(scorer.begin(), [_Way(0)])])
    depth, least = 0, -float("inf")
    while level := _kept(level, width, least):
        depth += 1
        least = max(least, level[0][1] - behind)
        beams = scorer.stepped([(token, log_p, beam.path) for token, log_p, beam, _ in level])
        whole: list[tuple[Beam, list[_Way]]] = []
        for (_, _, _, ways), beam in zip(level, beams, strict=True):
            whole.append((beam, ways))
            ended = [(about, way) for way in ways if (about := graph.about(way)) is not None]
            if ended:
                end = scorer.full_end(beam)
                score = Score(beam.log_p + end, depth)
                least = max(least, score.log_p - behind - DONE)
                found += [Sentence(w.words, about, w.pieces, score, end) for about, w in ended]
        level = _grown(scorer, graph, whole)
    return sorted(found, key=lambda one: -one.score.log_p)


def _grown(scorer: Scorer, graph: Compiled, beams: Sequence[tuple[Beam, list[_Way]]]) -> _Level:
    grown: _Level = []
    for beam, ways in beams:
        by_token: dict[int, list[_Way]] = {}
        for way in ways:
            for token, step, at in graph.after(way):
                longer = _on(way, step, at, scorer.log_p(beam, token))
                by_token.setdefault(token, []).append(longer)
        grown += [
            (token, beam.log_p + scorer.log_p(beam, token), beam, longer)
            for token, longer in by_token.items()
        ]
    return grown


def _kept(level: _Level, width: int, least: float) -> _Level:
    best = sorted(level, key=lambda one: -one[1])[:width]
    return [one for one in best if one[1] >= least]
