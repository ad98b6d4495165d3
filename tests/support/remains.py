"""What is left of something: in the files of a folder, and in what this process still holds."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import numpy as np

#: How text may stand in a file.
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def files_with(folder: Path, text: str) -> list[Path]:
    """The files that hold a text, in any encoding that is used."""
    forms = [text.encode(encoding) for encoding in ENCODINGS]
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return [path for path in files if any(form in path.read_bytes() for form in forms)]


def _reachable() -> Iterator[object]:
    """Everything that something alive holds. Texts and arrays aren't tracked themselves, nor is a
    tuple of them, such as a key of a cache."""
    gc.collect()
    seen: set[int] = set()
    waiting = list(gc.get_objects())
    while waiting:
        for one in gc.get_referents(waiting.pop()):
            if id(one) in seen:
                continue
            seen.add(id(one))
            yield one
            if not gc.is_tracked(one):
                waiting.append(one)


def texts_with(text: str) -> list[str]:
    """The texts in memory that hold a text."""
    coded = text.encode()
    found = []
    for one in _reachable():
        if (isinstance(one, str) and text in one) or (isinstance(one, bytes) and coded in one):
            found.append(repr(one)[:200])
    return found


def sounds_with(level: float) -> int:
    """How many arrays of sound in memory hold that very sample."""
    exact = np.float32(level)
    return sum(
        isinstance(one, np.ndarray) and one.dtype == np.float32 and bool((one == exact).any())
        for one in _reachable()
    )
