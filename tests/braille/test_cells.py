"""Cells: dots, Unicode, bytes, paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braille import brf, cells
from braille.window import broken, item_at, windows

SIX = st.text(st.characters(min_codepoint=0x2800, max_codepoint=0x283F), max_size=60)
EIGHT = st.text(st.characters(min_codepoint=0x2800, max_codepoint=0x28FF), max_size=60)


@given(EIGHT)
def test_bytes_and_back(line: str) -> None:
    assert cells.from_bytes(cells.to_bytes(line)) == line


@given(SIX)
def test_paper_and_back(line: str) -> None:
    assert brf.from_brf(brf.to_brf(line)) == line


def test_dots_and_cells() -> None:
    assert cells.cells("5-23") == "⠐⠆"
    assert cells.dots("⠋") == "124"
    assert cells.cell("") == cells.BLANK
    assert cells.underlined("⠁⠀") == "⣁⣀"


@pytest.mark.parametrize("dots", ["9", "0", "1a"])
def test_a_dot_that_is_none_is_named(dots: str) -> None:
    with pytest.raises(cells.NoCell, match="dots 1 to 8"):
        cells.cell(dots)


def test_paper_has_six_dots() -> None:
    with pytest.raises(cells.NoCell, match="six dots"):
        brf.to_brf("⡀")
    with pytest.raises(cells.NoCell, match="no BRF"):
        brf.from_brf("é")


@given(SIX, st.integers(1, 80))
def test_a_window_loses_no_cell_and_fits(line: str, width: int) -> None:
    pieces = broken(line, width)
    assert all(0 < len(piece) <= width for _, piece in pieces)
    assert all(line[start : start + len(piece)] == piece for start, piece in pieces)
    assert "".join(p for _, p in pieces).replace("⠀", "") == line.replace("⠀", "")


def test_words_stay_whole_where_they_fit() -> None:
    assert [piece for _, piece in broken("⠁⠁⠁⠀⠃⠃⠃⠀⠉", 4)] == ["⠁⠁⠁", "⠃⠃⠃", "⠉"]
    assert [piece for _, piece in broken("⠁⠁⠁⠁⠁⠀⠃", 3)] == ["⠁⠁⠁", "⠁⠁", "⠃"]


def test_things_stand_side_by_side_where_they_fit() -> None:
    found = windows(["⠁⠁", "⠃⠃", "⠉⠉⠉⠉"], (1, 2), 8)
    assert [[piece.item for piece in window] for window in found] == [[0, 1], [2]]
    assert [item_at(found[0], cell) for cell in (0, 2, 4, 7)] == [0, None, 1, None]


def test_a_display_without_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 cell"):
        broken("⠁", 0)


@given(SIX.map(lambda line: line.strip("⠀")), st.integers(8, 40))
def test_paper_lines_fit_and_later_ones_are_indented(line: str, width: int) -> None:
    lines = list(brf.folded(line, width))
    assert all(len(one) <= width for one in lines)
    assert all(one.startswith("⠀⠀") for one in lines[1:])
    assert "".join(lines).replace("⠀", "") == line.replace("⠀", "")


def test_a_page_has_its_number_and_ends_with_a_form_feed() -> None:
    small = brf.Sheet(4, 3)
    assert brf.pages(["⠁", "⠃", "⠉"], small) == "A\r\nB\r\n  #A\r\n\fC\r\n\r\n  #B\r\n\f"


@given(st.lists(st.sampled_from(["", "⠀", "⠁", "⠃⠀⠉"]), max_size=80))
def test_no_page_begins_empty_and_no_line_is_lost(lines: list[str]) -> None:
    for sheet in brf.SHEETS.values():
        pages = list(brf.sheets(lines, sheet))
        assert all(len(page) == sheet.lines for page in pages)
        assert all(page[0].strip("⠀") for page in pages)
        assert [page[-1].lstrip("⠀") for page in pages] == [
            "⠼" + "".join("⠚⠁⠃⠉⠙⠑⠋⠛⠓⠊"[int(one)] for one in str(number))
            for number in range(1, len(pages) + 1)
        ]
        kept = [line for page in pages for line in page[:-1] if line]
        assert kept == [line for line in lines if line.strip("⠀")]
