"""What the judge wrote down of sounds, kept between runs: what is as it was isn't heard again.

All clips take an hour of CPU; after a change of a few words only those few are anew.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from voices.sound import Samples

#: Outside the tree; deleted, all is heard again.
CACHE = Path.home() / ".cache" / "wuai" / "judged"


class Written:
    """Texts by the sound they were written down of. Several processes may use one folder."""

    def __init__(self, judge: str, folder: Path = CACHE) -> None:
        """`judge` names whatever shapes what is written: model, language, how it is asked."""
        self._file = folder / f"{hashlib.sha256(judge.encode()).hexdigest()[:16]}.jsonl"
        self._known: dict[str, str] = {}
        if self._file.is_file():
            for line in self._file.read_text("utf-8").splitlines():
                sound, text = json.loads(line)
                self._known[sound] = text

    def find(self, samples: Samples) -> str | None:
        return self._known.get(_named(samples))

    def keep(self, samples: Samples, text: str) -> None:
        sound = _named(samples)
        self._known[sound] = text
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            # A line is one write, so that two processes never mix theirs.
            file.write(json.dumps([sound, text], ensure_ascii=False) + "\n")


def _named(samples: Samples) -> str:
    return hashlib.sha256(samples.tobytes()).hexdigest()[:24]
