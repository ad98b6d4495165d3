"""Words quoted from the screen: what a sentence says to press is there, and is called so."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.content.checks.material import read_material
from kiosk.content.checks.quoted import quoted_labels
from tests.content.branches import whole

ZH = "locales/zh-CN/parking.yaml"
EN = "locales/en/parking.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "name"),
    [
        (ZH, "help: 有急事就找工作人员。", "help: 有急事就按“叫人”。", "叫人"),
        (ZH, "help: 选一天就行。", "help: 不知道就选“随便哪天”。", "随便哪天"),
        (EN, "help: Choose one day.", "help: Or press “Call for help”.", "Call for help"),
    ],
)
def test_what_is_called_otherwise_on_the_screen_is_found(
    tmp_path: Path, file: str, old: str, new: str, name: str
) -> None:
    branch = whole(tmp_path / "branch").change(file, old, new)
    found = list(quoted_labels(read_material(branch.folder)))
    said = f"nothing to press is called {name!r}; quote it as the screen has it"
    assert branch.found(found, file, branch.line(file, name), said), found


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (ZH, "help: 有急事就找工作人员。", "help: 有急事就按“找人”。"),
        (ZH, "help: 选一天就行。", "help: 要几天就选“好几天”。"),
        (
            ZH,
            "help: 说个大概就行。\n    label: 停多久",
            "help: 比如“三个钟头”。\n    label: 停多久",
        ),
    ],
)
def test_what_is_called_so_is_in_order(tmp_path: Path, file: str, old: str, new: str) -> None:
    branch = whole(tmp_path / "branch").change(file, old, new)
    assert list(quoted_labels(read_material(branch.folder))) == []
