"""No value is changed silently, and nothing that stands in a text is lost."""

from __future__ import annotations

import itertools
import sys
import unicodedata
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braille.cells import BLANK, is_six_dot
from braille.chinese.table import Chinese
from braille.tables import TABLES, Table, table_for

CHINESE = Chinese()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Ⅱ类账户", "II 类账户"),
        ("⑩号", "10号"),
        ("½", "1/2"),
        ("3½杯", "3 1/2杯"),
        ("①②", "1 2"),
        ("￥100", "人民币100"),
        ("Ａ０２３", "A023"),
        ("㎏", "千克"),
        ("5㎡", "5平方米"),
        ("「好」", "“好”"),
        ("【1】", "（1）"),
        ("3～5天", "3至5天"),
        ("5×3", "5乘3"),
        ("张·李", "张・李"),
    ],
)
def test_signs_that_stand_for_something_else(text: str, same: str) -> None:
    assert CHINESE.cells(text) == CHINESE.cells(same)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("1,3,5号", "⠼⠁⠐⠀⠼⠉⠐⠀⠼⠑⠤⠓⠖⠆"),
        ("1234,5678", "⠼⠁⠃⠉⠙⠐⠀⠼⠑⠋⠛⠓"),
        ("1,234,567.89", "⠼⠁⠃⠉⠙⠑⠋⠛⠂⠓⠊"),
        ("aB3x", "⠰⠁⠠⠃⠼⠉⠰⠭"),
        ("ATMs", "⠠⠠⠁⠞⠍⠰⠎"),
        ("Wang", "⠠⠺⠁⠝⠛"),
        ("ATM机", "⠠⠠⠁⠞⠍⠀⠛⠊⠁"),
        ("14:05", "⠼⠁⠙⠤⠼⠚⠑"),
        ("2026.11.26", "⠼⠃⠚⠃⠋⠂⠼⠁⠁⠂⠼⠃⠋"),
        ("买买提·艾", "⠍⠪⠄⠍⠪⠄⠞⠊⠠⠄⠪"),
    ],
)
def test_numbers_letters_and_marks(text: str, cells: str) -> None:
    assert CHINESE.cells(text) == cells


@given(st.lists(st.integers(0, 99999), min_size=2, max_size=4))
def test_a_list_of_numbers_is_no_other_number(numbers: list[int]) -> None:
    """Lists that could be read as one grouped number aside, none is written like one."""
    listed = ",".join(map(str, numbers))
    if all(len(str(one)) == 3 for one in numbers[1:]) and len(str(numbers[0])) <= 3:
        return
    assert CHINESE.cells(listed) != CHINESE.cells("".join(map(str, numbers)))


@given(st.text("abcXYZ", min_size=1, max_size=8), st.text("abcXYZ", min_size=1, max_size=8))
def test_case_is_felt(left: str, right: str) -> None:
    assert (CHINESE.cells(left) == CHINESE.cells(right)) == (left == right)


def assigned() -> Iterator[str]:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if (
            unicodedata.category(char) not in ("Cn", "Co", "Cs")
            and char != BLANK
            and not char.isspace()
        ):
            yield char


def lost(language: str, chars: Iterable[str]) -> list[str]:
    """The characters between two words that are blank, or take a neighbour away."""
    table = table_for(language)
    word = table.write("kk")
    return [char for char in chars if not _stays(table, char, word)]


def _stays(table: Table, char: str, word: str) -> bool:
    written = table.write(table.mark(table.named(f"kk {char} kk")))
    between = written.removeprefix(word).removesuffix(word)
    both = written.startswith(word) and written.endswith(word)
    return both and between.strip(BLANK) != "" and is_six_dot(written)


#: Characters of these are as many as all others, and alike.
_SPARSE = 0x3400


@pytest.mark.parametrize("language", TABLES)
def test_a_spread_of_all_characters_is_written_or_named(language: str) -> None:
    assert lost(language, itertools.islice(assigned(), 7, None, 101)) == []


@pytest.mark.long
@pytest.mark.parametrize("language", TABLES)
def test_signs_and_letters_are_written_or_named(language: str) -> None:
    some = (char for char in assigned() if ord(char) < _SPARSE or 0xFB00 <= ord(char) < 0x10000)
    assert lost(language, some) == []


@pytest.mark.nightly
@pytest.mark.parametrize("language", TABLES)
def test_every_assigned_character_is_written_or_named(language: str) -> None:
    every = tuple(assigned())
    assert len(every) > 140_000
    assert lost(language, every) == []


@pytest.mark.parametrize("language", TABLES)
@pytest.mark.parametrize("char", ["￥", "½", "☎", "😀", "\u0301", "𠮷", "\ue000", "⠿"])
def test_one_character_leaves_the_rest_as_it_is(language: str, char: str) -> None:
    table: Table = table_for(language)
    before = table.write(table.mark("100"))
    written = table.write(table.mark(table.named(f"100 {char} 200")))
    assert written.startswith(before)
    assert written.endswith(table.write("2")[-1] + table.write("100")[-2:])
    assert len(written) > 2 * len(before) + 1
