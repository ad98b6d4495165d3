"""Taking the collection out, for `kiosk hearing score`: sound files, and a list of what was said.

What is written here is in the clear, and nothing deletes it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from kiosk.collected.folder import Entry, Folder
from kiosk.files import write_whole
from voices.codec import wav
from voices.hearing.scoring import COLUMNS, LIST
from voices.sound import HEAR_RATE, Sound


class ExportError(RuntimeError):
    """A folder that can't be written to: the value and the remedy."""

    code = "collected_export"


def export(folder: Folder, entries: Sequence[Entry], language: str, target: Path) -> int:
    """Write every utterance of a language that was understood; how many those were.

    `target` is made, or empty. Raises `ExportError`, `Unreadable`, `OSError`.
    """
    if target.exists() and any(target.iterdir()):
        raise ExportError(f"{target} isn't empty; name a new folder")
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    rows: list[tuple[str, str, str]] = []
    for entry in entries:
        one = folder.open(entry)
        if one.phrase is None or one.language != language:
            continue
        name = f"{len(rows) + 1:05d}.wav"
        write_whole(target / name, wav(Sound(one.sound, HEAR_RATE)), durable=False)
        rows.append((name, one.phrase, one.speaker))
    listed = io.StringIO()
    csv.writer(listed).writerows((COLUMNS, *rows))
    write_whole(target / LIST, listed.getvalue().encode())
    return len(rows)
