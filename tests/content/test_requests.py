"""Whole sentences that ask for a service: what is wrong in them is named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.content.checks.registry import check
from kiosk.content.loader import load
from kiosk.content.requests import NO_REQUESTS
from tests.support.customer import content

GOOD = """\
parts:
  who: "(, {for_whom})"
slots:
  for_whom:
    self: ["我 自己 办"]
services:
  replacement:
    slots:
      replace_what:
        card: ["卡"]
    sentences:
      - "换 {replace_what} <who>"
"""


def written(folder: Path, text: str) -> Path:
    (folder / "requests").mkdir()
    (folder / "requests" / "zh-CN.yaml").write_text(text, "utf-8")
    return folder


def test_a_branch_s_own_take_the_place_of_ours(tmp_path: Path) -> None:
    branch = load(written(tmp_path, GOOD))
    found = branch.words("zh-CN").requests
    assert list(found.subjects) == ["replacement"]
    assert {mark.name for mark in found.graph(frozenset({"replacement"})).marks()} == {
        "replace_what",
        "for_whom",
    }
    assert load().words("en").requests is not NO_REQUESTS


@pytest.mark.parametrize(
    ("before", "after", "line", "what"),
    [
        ("replacement:", "no_such:", 7, "no service 'no_such'"),
        ("card: [", "bond: [", 10, "has no answer replace_what: bond"),
        ("replace_what", "reported", 10, "has no answer reported: card"),
        ("<who>", "<whom>", 11, "no part <whom>"),
        ("换 {", "换 [{", 11, "isn't closed"),
        ("sentences:", "patterns:", 11, "patterns: Extra inputs"),
    ],
)
def test_what_is_wrong_is_named_by_line(
    tmp_path: Path, before: str, after: str, line: int, what: str
) -> None:
    folder = written(tmp_path, GOOD.replace(before, after))
    found = [f for f in check(folder) if f.file.endswith("requests/zh-CN.yaml")]
    assert any(what in one.message for one in found), found
    assert any(one.line == line for one in found), found


def test_an_answer_that_raises_a_flag_is_refused(tmp_path: Path) -> None:
    text = GOOD.replace("replacement:", "home_visit:").replace("replace_what", "visit_for")
    found = check(written(tmp_path, text.replace("card:", "lost:")))
    assert any("raises no flag" in one.message for one in found)


def test_only_what_is_offered_is_heard() -> None:
    """A language that covers some services hears of no other, and so does a branch's menu."""
    found = content()
    for language in found.locales:
        requests = found.words(language).requests
        assert set(requests.subjects) <= found.covers[language]
        one = frozenset({"loss_report"})
        assert set(requests.graph(one).ends.values()) == {"loss_report"}
        assert requests.graph(one) is requests.graph(one), "made once"
