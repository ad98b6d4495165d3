"""Make `braille/chinese/words.txt`: ``python -m tools.words JIEBA_FOLDER``.

The list says which characters of running Chinese are one word. It is taken from jieba's dictionary
(MIT): words of two to four characters, with the logarithm of how often each was seen.
"""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path

LIST = Path(__file__).parent.parent / "braille" / "chinese" / "words.txt"
#: Seen less often than this, a word more often tears others apart than it helps.
SEEN = 20
#: Names of people are two words each, and known by their surnames; a word seen so often is none,
#: whatever its kind.
NAMES, NO_NAME = ("nr", "nrt", "nrfg"), 200
#: A place's own name and what kind of place it is are two words: 长安 街.
PLACES = re.compile(r".{2,}[省市县区州乡镇村街路巷河江湖山岛桥]")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")
HEAD = """\
# Words of Chinese by how often they are seen: after 2 ** n, the words seen about that often.
# From the dictionary of jieba 0.42.1 (MIT, Sun Junyi). Made by tools/words.py.
"""


def main() -> int:
    found: dict[int, list[str]] = {}
    for line in (Path(sys.argv[1]) / "dict.txt").read_text("utf-8").splitlines():
        word, seen, kind = line.split(" ")
        place = kind == "ns" and PLACES.fullmatch(word)
        name = kind in NAMES and not (len(word) == 2 and int(seen) >= NO_NAME)
        if _HAN.fullmatch(word) and int(seen) >= SEEN and not name and not place:
            found.setdefault(round(math.log2(int(seen))), []).append(word)
    lines = (f"{level} {' '.join(found[level])}\n" for level in sorted(found, reverse=True))
    LIST.write_text(HEAD + "".join(lines), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
