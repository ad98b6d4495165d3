"""The shipped content has nothing to mend, and a branch's mistakes are named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.content.check import check
from kiosk.content.loader import load
from kiosk.content.source import ContentError

SERVICE = """id: withdraw
icon: payments
lane: A
steps:
  - {{id: account, kind: yes_no}}
  - {step}
  - use: finish
"""


def branch(folder: Path, step: str) -> Path:
    (folder / "services").mkdir(parents=True)
    (folder / "services" / "withdraw.yaml").write_text(SERVICE.format(step=step), "utf-8")
    return folder


def test_the_shipped_content_is_whole() -> None:
    assert check(None) == []


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("use: nothing", "no block 'nothing'"),
        ("{id: account, kind: notice}", "is there twice"),
        ("{id: much, kind: riddle}", "riddle"),
        ("{id: much, kind: amount, when: {is: [account, true]}}", "no operator 'is'"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(tmp_path: Path, step: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        load(branch(tmp_path / "own", step))
    assert "withdraw.yaml:6" in str(caught.value)
    assert said in str(caught.value)


def test_a_branch_may_change_a_word(tmp_path: Path) -> None:
    words = tmp_path / "locales" / "zh-CN"
    words.mkdir(parents=True)
    (words / "own.yaml").write_text("screen: {title: 幸福路支行}\n", "utf-8")
    found = load(tmp_path).words("zh-CN")
    assert found.text("screen.title") == "幸福路支行"
    assert found.text("screen.attract.ask") == "您好。想怎么办？"
