"""liblouis' list of 23,000 Chinese words beside ours: every difference is known, and says why.

After a change that is meant: ``RENEW_GOLDEN=1 pytest tests/braille/test_liblouis_words.py``, and
read what came and went.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import yaml

from braille.chinese.table import Chinese
from tests.braille.liblouis import CLASSES, class_of, differences, listed

KNOWN = Path(__file__).parent / "liblouis_words.yaml"


def found() -> dict[str, list[str]]:
    """The words that differ, by class."""
    by_class: dict[str, list[str]] = defaultdict(list)
    for one in differences(Chinese()):
        by_class[class_of(one)].append(f"{one.word} {one.spelled()}")
    return by_class


def renewed(known: dict[str, dict[str, object]], now: dict[str, list[str]]) -> None:
    for name, one in known.items():
        one["words"] = sorted(now.get(name, []))
    KNOWN.write_text(yaml.safe_dump(known, allow_unicode=True, width=100, sort_keys=False), "utf-8")


def test_every_difference_is_of_a_class_that_says_why() -> None:
    known, now = yaml.safe_load(KNOWN.read_text("utf-8")), found()
    if os.environ.get("RENEW_GOLDEN"):
        renewed(known, now)
    assert "none" not in now, now["none"]
    assert known.keys() == CLASSES.keys()
    assert all(len(one["why"]) > 40 for one in known.values())
    for name in CLASSES:
        listed_here, here = set(known[name]["words"]), set(now.get(name, []))
        assert here == listed_here, f"{name}: new {here - listed_here}, gone {listed_here - here}"


def test_nearly_all_words_are_written_alike() -> None:
    words = dict(listed())
    assert len(words) > 23_000
    assert sum(map(len, found().values())) / len(words) < 0.04
