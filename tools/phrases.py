"""Write `braille/chinese/phrases.txt`: words that aren't read as their characters usually are.

``pip install pypinyin-dict``, then ``python -m tools.phrases``. Of our list of words every such
word is taken, and of CC-CEDICT's others those that have no particle in them, which would join what
only stands side by side (卡中的). Read the difference: it changes what customers feel.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from braille.cells import NoCell
from braille.chinese.readings import PHRASES_FILE, UNCHANGED, default
from braille.chinese.syllables import parse
from braille.chinese.words import common

#: Dictionaries of words, the most trusted first. CC-CEDICT has the neutral tones and the polyphones
#: of the mainland; the others have words that it lacks.
DICTIONARIES = (
    "pypinyin_dict.phrase_pinyin_data.cc_cedict",
    "pypinyin.phrases_dict",
    "pypinyin_dict.phrase_pinyin_data.large_pinyin",
)
#: Readings that were decided by hand, before all of these.
DECIDED = Path(__file__).with_suffix(".yaml")
#: Characters of words that only stand beside others.
PARTICLES = frozenset(
    "的地得了着过们吗呢吧啊是不一在中上下里有和与或为到把被让给我你他她它您这那人"
)
#: Of two readings that dictionaries have, the one that is written here.
SAID: Mapping[str, str] = {"谁": "shuí", **UNCHANGED}
_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}")
HEAD = """\
# Words that aren't read as their characters usually are: readings, then the words read so.
# From CC-CEDICT (CC BY-SA 4.0), pypinyin's dictionaries (MIT) and tools/phrases.yaml by
# tools/phrases.py.
"""


def main() -> int:
    decided = _decided()
    books = [decided, *(dict(_words(name)) for name in DICTIONARIES)]
    found: dict[str, list[str]] = {}
    rare = {word for book in books[1:3] for word in book if not PARTICLES & set(word)}
    for word in sorted(common().keys() | rare | decided.keys()):
        read = next((book[word] for book in books if word in book), None)
        if read is not None and read != tuple(map(default, word)):
            found.setdefault(" ".join(read), []).append(word)
    lines = (f"{read} {' '.join(words)}\n" for read, words in sorted(found.items()))
    PHRASES_FILE.write_text(HEAD + "".join(lines), "utf-8")
    print(f"{sum(map(len, found.values()))} words")
    return 0


def _decided() -> dict[str, tuple[str, ...]]:
    groups = yaml.safe_load(DECIDED.read_text("utf-8"))
    return {word: tuple(read.split()) for read, words in groups.items() for word in words.split()}


def _words(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for word, syllables in importlib.import_module(name).phrases_dict.items():
        if not _WORD.fullmatch(word) or len(syllables) != len(word):
            continue
        read = tuple(SAID.get(char, one[0]) for char, one in zip(word, syllables, strict=True))
        if all(map(_is_syllable, read)):
            yield word, read


def _is_syllable(reading: str) -> bool:
    try:
        parse(reading)
    except NoCell:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
