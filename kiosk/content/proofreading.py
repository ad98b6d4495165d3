"""Reading authored marks against the dictionaries: where they part words or read otherwise.

A difference is the shortest stretch that begins and ends a word for both: ``存活期`` where the
dictionaries have ``存 活期``. Authors are often right; what somebody has looked at is listed in
``braille/<language>.accepted.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import yaml

from braille.chinese.marked import HAN, plain
from braille.tables import Table
from kiosk.content.words import PLACEHOLDER

_PIECE = re.compile(r"(?P<space>\s+)|(?P<char>.)(?P<reading>(?<=[㐀-䶿一-鿿])\[[^\]]*\])?")


@dataclass(frozen=True, slots=True)
class Difference:
    """What an author wrote, and what the dictionaries would."""

    authored: str
    proposed: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """One character as it is marked; `begins` a word."""

    char: str
    marked: str
    begins: bool


def differences(authored: str, table: Table) -> Iterator[Difference]:
    """Where a marked sentence differs from how `table` marks its plain text."""
    given = PLACEHOLDER.sub("1", authored)
    ours, theirs = tuple(_pieces(given)), tuple(_pieces(table.mark(plain(given))))
    both = enumerate(zip(ours, theirs, strict=True))
    begins = [at for at, (one, other) in both if one.begins and other.begins]
    for start, end in pairwise((*begins, len(ours))):
        if ours[start:end] != theirs[start:end]:
            yield Difference(_text(ours[start:end]), _text(theirs[start:end]))


def _pieces(marked: str) -> Iterator[_Piece]:
    begins, after = True, ""
    for found in _PIECE.finditer(marked):
        if found["space"]:
            begins = True
            continue
        char = found["char"]
        # A mark of punctuation is a piece of its own.
        alone = not _in_word(char) or (after != "" and not _in_word(after))
        yield _Piece(char, char + (found["reading"] or ""), begins or alone)
        begins, after = False, char


def _in_word(char: str) -> bool:
    return char.isalnum() or HAN.match(char) is not None


def _text(pieces: Sequence[_Piece]) -> str:
    return "".join(f" {one.marked}" if one.begins else one.marked for one in pieces).strip()


def accepted(language: str, folders: Sequence[Path]) -> Mapping[str, frozenset[str]]:
    """What authors wrote otherwise than the dictionaries, and somebody has looked at: by what they
    wrote, what the dictionaries had. Raises `OSError`, `yaml.YAMLError`."""
    found: dict[str, frozenset[str]] = {}
    for folder in folders:
        path = folder / "braille" / f"{language}.accepted.yaml"
        if path.is_file():
            groups = yaml.safe_load(path.read_text("utf-8")) or {}
            for pairs in groups.values():
                for authored, proposed in pairs.items():
                    found[authored] = found.get(authored, frozenset()) | set(proposed.split(" | "))
    return found
