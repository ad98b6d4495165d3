"""Whole sentences that tell several things, as a graph: what a recogniser may hear of them.

A sentence is a way through the graph. What may stand at one place is written there once, so the
graph grows with its words and never with the sentences that can be made of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

#: A short rest between two clauses; it is written as a comma.
PAUSE = ","


@dataclass(frozen=True, slots=True)
class Mark:
    """What some words of a sentence tell: a name, and its value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Arc:
    """Words that lead to the node `to`; `mark` is what they tell, if anything. Without words it
    only leads there. A value told by several words has the same mark on each of them."""

    words: str
    to: int
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """The arcs of each node, and by node that a sentence may end at, what it is about.

    A sentence begins at node 0. Graphs are compared by identity: they are made once.
    """

    arcs: tuple[tuple[Arc, ...], ...] = ((),)
    ends: Mapping[int, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many arcs there are."""
        return sum(map(len, self.arcs))

    def words(self) -> Iterator[str]:
        """The words of every arc, each once."""
        yield from dict.fromkeys(arc.words for arcs in self.arcs for arc in arcs if arc.words)

    def marks(self) -> Iterator[Mark]:
        """Everything that a sentence may tell, each once."""
        yield from dict.fromkeys(arc.mark for arcs in self.arcs for arc in arcs if arc.mark)

    def spoken(self, node: int) -> tuple[tuple[Arc, ...], str | None]:
        """The arcs with words that go on from a node, and what a sentence that ends there is
        about, or None."""
        found, left, about = [], [node], self.ends.get(node)
        for one in left:
            about = about or self.ends.get(one)
            found += [arc for arc in self.arcs[one] if arc.words]
            left += [arc.to for arc in self.arcs[one] if not arc.words and arc.to not in left]
        return tuple(found), about


NO_SENTENCES = Sentences()


@dataclass(frozen=True, slots=True)
class Told:
    """A value that a sentence told, and the probability that it is right, 0 to 1."""

    mark: Mark
    confidence: float
