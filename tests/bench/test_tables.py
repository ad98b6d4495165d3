"""The tables of figures: written from what was measured, beside the aims and what was before."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.figures import Figure
from tests.bench.registry import BENCHES
from tests.bench.tables import DOCS, Measured, read, write

HERE = Path(__file__).parent


def measured(*figures: Figure) -> Measured:
    return Measured("2026-11-26 01:00 UTC", "abc1234", 2, 0.1, figures, {})


def test_every_bench_is_listed_once_and_says_what_it_measures() -> None:
    files = sorted(path.stem for path in HERE.glob("bench_*.py"))
    assert files == sorted(f"bench_{bench.name}" for bench in BENCHES)
    assert all(bench.what for bench in BENCHES)


def test_every_page_has_a_place_for_its_table() -> None:
    for page in {bench.page for bench in BENCHES if bench.page}:
        text = (DOCS / f"{page}.md").read_text("utf-8")
        assert text.count("<!-- figures -->") == text.count("<!-- /figures -->") == 1


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    (tmp_path / "sign.md").write_text("before\n<!-- figures -->\nold\n<!-- /figures -->\nafter\n")
    found = measured(Figure("a press", 0.5, 1, "ms"), Figure("bytes", 2048, None, "KB"))
    write({"sign": found}, tmp_path)
    assert read(tmp_path) == {"sign": found}
    page = (tmp_path / "sign.md").read_text("utf-8")
    assert page.startswith("before\n")
    assert page.endswith("after\n")
    assert "old" not in page
    row = "| a press | 0.50 ms | ≤ 1 | – |"
    assert row in page
    assert row in (tmp_path / "figures.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("value", "last", "better", "worse"),
    [
        (121, 100, "less", True),
        (119, 100, "less", False),
        (79, 100, "more", True),
        (81, 100, "more", False),
        (1, 0, "less", True),
        (0, 0, "less", False),
    ],
)
def test_what_got_worse_by_a_fifth_is_named(
    value: float, last: float, better: str, worse: bool
) -> None:
    before = measured(Figure("this", last, None, "", better))  # type: ignore[arg-type]
    after = measured(Figure("this", value, None, "", better)).after(before)  # type: ignore[arg-type]
    assert bool(after.worse) is worse
    assert after.last == {"this": last}


def test_an_aim_may_be_a_floor() -> None:
    assert Figure("hand-overs a second", 486, 300, "", "more").met
    assert not Figure("hand-overs a second", 200, 300, "", "more").met
