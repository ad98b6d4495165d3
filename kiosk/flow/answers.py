"""What a customer has answered, as an immutable mapping that survives JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

#: An option's id, a yes or no, digits and text as typed, fen for an amount, an ISO day,
#: "yes" or "no" for a paper; None is the honest "I don't know".
Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Answers(Mapping[str, Value]):
    """Step id to value, in the order the steps were first answered."""

    pairs: tuple[tuple[str, Value], ...] = ()

    def __getitem__(self, step: str) -> Value:
        for name, value in self.pairs:
            if name == step:
                return value
        raise KeyError(step)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def put(self, step: str, value: Value) -> Answers:
        """These answers with one more, or with one replaced in its place."""
        if step not in self:
            return Answers((*self.pairs, (step, value)))
        return Answers(tuple((n, value if n == step else v) for n, v in self.pairs))

    def only(self, steps: Iterable[str]) -> Answers:
        kept = frozenset(steps)
        return Answers(tuple((n, v) for n, v in self.pairs if n in kept))

    def dump(self) -> list[list[Value]]:
        return [[name, value] for name, value in self.pairs]

    @classmethod
    def load(cls, rows: Iterable[list[Value]]) -> Answers:
        return cls(tuple((str(name), value) for name, value in rows))
