"""Patterns of sentences, and the graph they make.

A pattern is words, parted by spaces, with these signs: ``[a | b]`` one of several, ``(a | b)`` the
same or nothing, ``,`` a short rest or none, ``<name>`` a part that is written elsewhere, ``{slot}``
one of the slot's values and ``{slot=value}`` that value, each in the ways they are said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from voices.hearing.sentences import PAUSE, Arc, Mark, Sentences

#: By slot and value, the ways a value is said; each is a pattern of its own.
Slots = Mapping[str, Mapping[str, Sequence[str]]]
Parts = Mapping[str, str]
_SIGNS = re.compile(r"\{[^{}]*\}|<[^<>]*>|[\[\]()|,，]|[^\s\[\](){}<>|,，]+")
_SPACE = re.compile(r"\s+")
_CLOSES = {"[": "]", "(": ")"}
_PAUSES = (PAUSE, "，")


class PatternError(ValueError):
    """A pattern that can't be read: the pattern, what is wrong, and what would be right."""

    code = "pattern"


@dataclass(frozen=True, slots=True)
class Subject:
    """All that may be said about one thing: its patterns, and the slots they name."""

    name: str
    patterns: tuple[str, ...]
    slots: Slots


def graph(subjects: Iterable[Subject], parts: Parts) -> Sentences:
    """The graph of all subjects. Raises `PatternError`."""
    arcs: list[list[Arc]] = [[]]
    ends: dict[int, str] = {}
    for subject in subjects:
        for pattern in subject.patterns:
            reader = _Reader(arcs, subject, parts)
            ends[reader.read(pattern, reader.skip(0))] = subject.name
    return Sentences(tuple(map(tuple, arcs)), ends)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Adds what it reads to `arcs`. `within` are the parts it reads already."""

    arcs: list[list[Arc]]
    subject: Subject
    parts: Parts
    mark: Mark | None = None
    within: tuple[str, ...] = ()

    def read(self, pattern: str, at: int) -> int:
        """The node that the whole pattern leads to from `at`."""
        signs = _SIGNS.findall(pattern)
        if unread := _SPACE.sub("", _SIGNS.sub("", pattern)):
            raise self._wrong(pattern, f"{unread[0]!r} can't be read here; close or remove it")
        end, rest = self._several(signs, pattern, at)
        if rest:
            raise self._wrong(pattern, f"{rest[0]!r} closes nothing; take it out")
        return end

    def skip(self, at: int, to: int | None = None) -> int:
        return self._arc(at, "", to)

    def _arc(self, at: int, words: str, to: int | None = None) -> int:
        if to is None:
            to = len(self.arcs)
            self.arcs.append([])
        self.arcs[at].append(Arc(words, to, self.mark if words else None))
        return to

    def _several(self, signs: list[str], pattern: str, at: int) -> tuple[int, list[str]]:
        """Alternatives up to a closing sign or the end: where they lead, and the signs left."""
        here, rest = self._one(signs, pattern, at)
        end = self.skip(here)
        while rest and rest[0] == "|":
            here, rest = self._one(rest[1:], pattern, at)
            self.skip(here, end)
        return end, rest

    def _one(self, signs: list[str], pattern: str, at: int) -> tuple[int, list[str]]:
        begun = at = self.skip(at)
        while signs and signs[0] not in "|)]":
            sign, *signs = signs
            if sign in _CLOSES:
                before = at
                at, signs = self._several(signs, pattern, at)
                if not signs or signs[0] != _CLOSES[sign]:
                    raise self._wrong(pattern, f"{sign!r} isn't closed; add {_CLOSES[sign]!r}")
                signs = signs[1:]
                if sign == "(":
                    self.skip(before, at)
            else:
                at = self._simple(sign, pattern, at)
        if at == begun:
            raise self._wrong(pattern, "there is nothing to say at one place; write words there")
        return at, signs

    def _simple(self, sign: str, pattern: str, at: int) -> int:
        if sign in _PAUSES:
            after = self._arc(at, PAUSE)
            return self.skip(at, after)
        if sign[0] == "<":
            return self._part(sign[1:-1], pattern, at)
        if sign[0] == "{":
            return self._slot(sign[1:-1], pattern, at)
        return self._arc(at, sign)

    def _part(self, name: str, pattern: str, at: int) -> int:
        if name not in self.parts or name in self.within:
            known = ", ".join(sorted(self.parts)) or "none"
            raise self._wrong(pattern, f"no part <{name}> to take in here; there are {known}")
        inner = replace(self, within=(*self.within, name))
        return inner.read(self.parts[name], at)

    def _slot(self, written: str, pattern: str, at: int) -> int:
        name, _, value = written.partition("=")
        ways = self.subject.slots.get(name, {})
        values = (value,) if value else tuple(ways)
        if not values or any(not ways.get(one) for one in values):
            raise self._wrong(pattern, f"no words for {{{written}}}; write them under `slots`")
        end = len(self.arcs)
        self.arcs.append([])
        for one in values:
            inner = replace(self, mark=Mark(name, one))
            for way in ways[one]:
                self.skip(inner.read(way, at), end)
        return end

    def _wrong(self, pattern: str, what: str) -> PatternError:
        return PatternError(f"{self.subject.name}: {pattern!r}: {what}")
