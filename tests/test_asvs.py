"""The table of ASVS says what is so: every test that it names is there, every number is one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "asvs.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d[^|]*) \| ([^|]+) \| (.+) \|$", PAGE, re.MULTILINE)
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_every_test_that_it_names_is_there(file: str, test: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    found = {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
    assert not test or test in found


def test_every_file_that_it_names_is_there() -> None:
    for file in re.findall(r"`(kiosk/[\w/]+\.py)`", PAGE):
        assert (ROOT / file).exists(), file


def test_every_chapter_has_its_rows() -> None:
    chapters = re.findall(r"^## V(\d+) ", PAGE, re.MULTILINE)
    assert [int(one) for one in chapters] == list(range(1, 18))
    numbers = [re.findall(r"\d+\.\d+\.\d+", row[0]) for row in ROWS]
    assert all(numbers)
    assert {one[0].split(".")[0] for one in numbers} == set(chapters) - {"10"}
    every = [one for found in numbers for one in found]
    assert len(set(every)) == len(every), "a requirement has one row"


def test_every_row_says_by_what() -> None:
    assert len(ROWS) > 90
    for number, what, shown in ROWS:
        assert what.strip(), number
        assert shown.strip(), number
