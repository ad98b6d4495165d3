"""Authored marks beside the dictionaries: a difference is seen until somebody has accepted it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from braille.tables import table_for
from kiosk.cli import main
from kiosk.content.checks.material import read_material
from kiosk.content.proofreading import Difference, accepted, differences
from kiosk.content.proposing import differing

CHINESE = table_for("zh-CN")


def test_every_difference_of_ours_was_looked_at() -> None:
    assert [str(one) for one in differing(None)] == []


def test_no_accepted_difference_is_left_over() -> None:
    material = read_material(None)
    found = {
        (one.authored, one.proposed)
        for marked in material.marked["zh-CN"].values()
        for one in differences(marked.text, CHINESE)
    }
    listed = {
        (authored, proposed)
        for authored, several in accepted("zh-CN", material.folders).items()
        for proposed in several
    }
    assert listed <= found, listed - found


@pytest.mark.parametrize(
    ("authored", "found"),
    [
        ("存活期，还是 存 定期？", [("存活期", "存 活期")]),
        ("会先 问 您", [("会先", "会 先")]),
        ("请 选 {count}个", []),
        ("重[zhòng]新 设 密码", [("重[zhòng]新", "重[chóng]新")]),
    ],
)
def test_the_shortest_stretch_that_differs_is_named(
    authored: str, found: list[tuple[str, str]]
) -> None:
    assert [(one.authored, one.proposed) for one in differences(authored, CHINESE)] == found


@pytest.mark.parametrize(
    "wrong",
    [
        *("喇叭 坏了", "别的 亲戚", "会 连累 您", "问 清楚"),
        *("存活期", "从来不 用先 交钱", "哪 种颜色", "我们上门 前", "他会先 问"),
    ],
)
def test_what_once_stood_there_would_be_seen(wrong: str) -> None:
    known = accepted("zh-CN", read_material(None).folders)
    found = list(differences(wrong, CHINESE))
    assert any(one.proposed not in known.get(one.authored, ()) for one in found), found


def test_a_branch_sees_its_own_alone(tmp_path: Path) -> None:
    (tmp_path / "braille").mkdir()
    marks = tmp_path / "braille" / "zh-CN.yaml"
    marks.write_text("- 存活期，还是 存 定期？\n", "utf-8")
    done = CliRunner().invoke(main, ["content", "marks", "--content", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "zh-CN.yaml:1: '存活期' would be '存 活期' by the dictionaries" in done.output
    assert done.output.count("by the dictionaries") == 1
    (tmp_path / "braille" / "zh-CN.accepted.yaml").write_text("ours:\n  存活期: 存 活期\n", "utf-8")
    done = CliRunner().invoke(main, ["content", "marks", "--content", str(tmp_path)])
    assert "by the dictionaries" not in done.output


def test_two_proposals_for_the_same_are_both_listed(tmp_path: Path) -> None:
    (tmp_path / "braille").mkdir()
    (tmp_path / "braille" / "zh-CN.accepted.yaml").write_text(
        "g:\n  取号: 取 号 | 取[qu] 号\n", "utf-8"
    )
    assert accepted("zh-CN", [tmp_path]) == {"取号": {"取 号", "取[qu] 号"}}
    assert Difference("取号", "取 号").authored == "取号"
