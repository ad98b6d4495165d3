"""The folder of sealed utterances: a file each, named by its day and the mark of its speaker."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, cast

from kiosk.collected.ports import SILENT, Collected, Outcome
from kiosk.files import sweep, write_whole
from voices.codec import decode, wav
from voices.sound import HEAR_RATE, Sound

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)\.([0-9a-f]{16})\.[0-9a-f]{16}\.sealed")


class Sealer(Protocol):
    def seal(self, owner: str, data: bytes) -> bytes: ...

    def open(self, owner: str, sealed: bytes) -> bytes:
        """The clear bytes. Raises an error where they were sealed by another, or changed."""
        ...


class Unreadable(ValueError):
    """A file that can't be opened: sealed by another key, or changed."""

    code = "collected_unreadable"


@dataclass(frozen=True, slots=True)
class Entry:
    """One utterance by its file: the day it was said, and the mark of who said it."""

    day: date
    speaker: str
    path: Path


class Folder:
    """Several processes may use one at a time. Everything here raises `OSError`."""

    def __init__(self, path: Path, sealer: Sealer) -> None:
        self._path = path
        self._sealer = sealer

    def sweep(self) -> None:
        """Delete what a crash left half-written. Only before anybody writes here."""
        sweep(self._path)

    def entries(self) -> tuple[Entry, ...]:
        """All there are, the oldest day first."""
        return tuple(_entries(self._path))

    def put(self, one: Collected, day: date, most: int) -> None:
        """Write one down, as said on that day; of more than `most` the oldest go."""
        self._path.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{day.isoformat()}.{one.speaker}.{secrets.token_hex(8)}.sealed"
        sealed = self._sealer.seal(_owner(one.speaker), _packed(one))
        write_whole(self._path / name, sealed)
        entries = self.entries()
        for entry in entries[: max(0, len(entries) - most)]:
            entry.path.unlink(missing_ok=True)

    def open(self, entry: Entry) -> Collected:
        """Raises `Unreadable`."""
        raw = entry.path.read_bytes()
        try:
            return _unpacked(entry.speaker, self._sealer.open(_owner(entry.speaker), raw))
        except Exception as error:
            raise Unreadable(
                f"{entry.path.name} can't be opened; it was sealed with another key, or changed: "
                "delete it"
            ) from error

    def drop(self, speaker: str) -> int:
        """Delete all of one mark; how many there were."""
        return _unlink(one for one in self.entries() if one.speaker == speaker)

    def clear(self) -> int:
        """Delete all; how many there were."""
        return _unlink(self.entries())

    def wipe(self, before: date, today: date) -> int:
        """Delete what was said before a day; how many that were.

        What is of a later day than today was said before the clock was set back: its days count
        from now on.
        """
        entries = self.entries()
        for one in entries:
            if one.day > today:
                later = one.path.name.removeprefix(one.day.isoformat())
                with suppress(FileNotFoundError):
                    one.path.rename(one.path.with_name(today.isoformat() + later))
        return _unlink(one for one in entries if one.day < before)


def _entries(folder: Path) -> Iterator[Entry]:
    for path in sorted(folder.glob("*.sealed")):
        found = _NAME.fullmatch(path.name)
        if found is not None:
            with suppress(ValueError):
                yield Entry(date.fromisoformat(found[1]), found[2], path)


def _unlink(entries: Iterator[Entry] | tuple[Entry, ...]) -> int:
    count = 0
    for one in entries:
        one.path.unlink(missing_ok=True)
        count += 1
    return count


def _owner(speaker: str) -> str:
    return f"speech:{speaker}"


def _packed(one: Collected) -> bytes:
    """A line of JSON, and the sound as WAV."""
    words = {
        "language": one.language,
        "outcome": one.outcome,
        "phrase": one.phrase,
        "confidence": round(one.confidence, 4),
    }
    sound = wav(Sound(one.sound, HEAR_RATE)) if len(one.sound) else b""
    return json.dumps(words).encode() + b"\n" + sound


def _unpacked(speaker: str, raw: bytes) -> Collected:
    head, _, sound = raw.partition(b"\n")
    words = json.loads(head)
    return Collected(
        speaker,
        str(words["language"]),
        cast(Outcome, words["outcome"]),
        words["phrase"],
        float(words["confidence"]),
        decode(sound, HEAR_RATE).samples if sound else SILENT,
    )
