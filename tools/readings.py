"""Write `braille/chinese/characters.txt`: the usual reading of every character of GB 2312.

Run after a new version of pypinyin, and read the difference: a reading that changes here changes
what customers feel.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from braille.chinese.readings import CHARACTERS_FILE, readings_of


def gb2312() -> list[str]:
    """Its characters, in the standard's order."""
    found = []
    for row in range(0xB0, 0xF8):
        for column in range(0xA1, 0xFF):
            try:
                found.append(bytes((row, column)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def main() -> None:
    by_reading: dict[str, list[str]] = defaultdict(list)
    for char in gb2312():
        found = readings_of(char)
        if found:
            by_reading[found[0]].append(char)
    lines = [f"{reading} {''.join(chars)}" for reading, chars in sorted(by_reading.items())]
    head = "# The usual reading of the characters of GB 2312, from pypinyin by tools/readings.py.\n"
    Path(CHARACTERS_FILE).write_text(head + "\n".join(lines) + "\n", "utf-8")
    print(f"{sum(map(len, by_reading.values()))} characters, {len(by_reading)} readings")


if __name__ == "__main__":
    main()
