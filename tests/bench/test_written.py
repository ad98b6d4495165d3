"""What the judge wrote down is kept by the sound it was written of, and by the judge."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.bench.written import Written

ONE, OTHER = np.zeros(160, np.float32), np.ones(160, np.float32)


def test_a_sound_that_was_judged_comes_back_in_another_run(tmp_path: Path) -> None:
    Written("base", tmp_path).keep(ONE, "你好，\n再见")
    later = Written("base", tmp_path)
    assert later.find(ONE) == "你好，\n再见"
    assert later.find(OTHER) is None


def test_another_judge_judges_anew(tmp_path: Path) -> None:
    Written("base", tmp_path).keep(ONE, "你好")
    assert Written("base, beam of 1", tmp_path).find(ONE) is None


def test_two_may_write_beside_each_other(tmp_path: Path) -> None:
    one, other = Written("base", tmp_path), Written("base", tmp_path)
    one.keep(ONE, "一")
    other.keep(OTHER, "二")
    later = Written("base", tmp_path)
    assert (later.find(ONE), later.find(OTHER)) == ("一", "二")
