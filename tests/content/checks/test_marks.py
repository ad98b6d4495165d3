"""The check of braille marks: missing, left over, misread, unwritable; each by file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.content.checks.marks import UNFELT, felt, mark_checks
from kiosk.content.checks.material import Material, read_material
from kiosk.content.marks import marks_of, read_marked, words_of
from kiosk.content.source import BUILT_IN, Finding


def findings(material: Material) -> list[Finding]:
    return [finding for check in mark_checks for finding in check(material)]


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    (tmp_path / "locales" / "zh-CN").mkdir(parents=True)
    (tmp_path / "braille").mkdir()
    write(tmp_path, "locales/zh-CN/own.yaml", "screen:\n  menu:\n    ask: 您想重新办什么？\n")
    write(tmp_path, "braille/zh-CN.yaml", "- 您 想 重[chóng]新 办 什么？\n")
    return tmp_path


def write(branch: Path, file: str, text: str) -> None:
    (branch / file).write_text(text, "utf-8")


def said(branch: Path) -> list[str]:
    return [f"{Path(f.file).name}:{f.line}: {f.message}" for f in findings(read_material(branch))]


def test_ours_are_all_marked_and_can_be_written() -> None:
    assert findings(read_material(None)) == []


def test_a_branch_that_marks_its_own_is_in_order(branch: Path) -> None:
    assert said(branch) == []


def test_a_branch_may_leave_it_to_the_dictionaries(branch: Path) -> None:
    (branch / "braille" / "zh-CN.yaml").unlink()
    assert said(branch) == []


def test_a_changed_sentence_has_no_marks_and_its_old_ones_are_left_over(branch: Path) -> None:
    write(branch, "locales/zh-CN/own.yaml", "screen:\n  menu:\n    ask: 您重新办什么？\n")
    missing, stale = said(branch)
    assert missing.startswith("own.yaml:3: screen.menu.ask: '您重新办什么？' has characters with")
    assert stale.startswith("zh-CN.yaml:1: no sentence is '您想重新办什么？' any more")


def test_a_reading_that_no_dictionary_has_is_a_slip(branch: Path) -> None:
    write(branch, "braille/zh-CN.yaml", "- 您 想 重[chōu]新 办 什么？\n")
    assert said(branch) == ["zh-CN.yaml:1: 重 isn't read chou; it may be chong, tong, zhong"]


def test_a_sign_without_cells_is_found(branch: Path) -> None:
    write(branch, "locales/zh-CN/own.yaml", "screen:\n  menu:\n    help: 请打☎。\n")
    assert any("'☎' can't be written in Chinese braille" in one for one in said(branch))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("您: 好\n", "expected a list of marked sentences"),
        ("- 好\n- 重[zhx]新\n", "'zhx' is no syllable"),
        ("- 好\n- 重新\n- 重[chóng]新\n", "'重新' is there twice"),
        ("- 好\n- {a: b}\n", "put quotes around it"),
        ("- 好\n- a[b]\n", "without a Chinese character"),
    ],
)
def test_what_cannot_be_read_is_said_with_file_and_line(
    branch: Path, text: str, message: str
) -> None:
    write(branch, "braille/zh-CN.yaml", text)
    finding = read_marked("zh-CN", [branch])[1][-1]
    assert message in finding.message
    assert finding.line == len(text.splitlines())


def test_marked_words_teach_the_dictionary() -> None:
    learned = words_of(marks_of(read_marked("zh-CN", [BUILT_IN])[0]))
    assert learned["窗口"] == ("chuāng", "kǒu")
    assert learned["银行"] == ("yín", "háng")


#: Words of the prompts whose character has another usual reading, and the reading meant.
MEANT = {
    "重新": "chóng",
    "银行": "háng",
    "用不着": "zháo",
    "来不了": "liǎo",
    "调整": "tiáo",
    "种地": "zhòng",
    "空格": "kòng",
    "记得": "de",
    "说中": "zhòng",
    "骗子的当": "dàng",
    "处理": "chǔ",
    "连累": "lei",
    "喇叭": "ba",
    "亲戚": "qi",
    "答应": "ying",
    "看好养老钱": "kān",
}


@pytest.mark.parametrize(("word", "reading"), MEANT.items())
def test_words_with_a_treacherous_character_have_its_reading(word: str, reading: str) -> None:
    lines = (one.text for one in read_marked("zh-CN", [BUILT_IN])[0].values())
    anywhere = r"\s?".join(rf"{char}(?:\[[^\]]*\])?" for char in word)
    found = [match[0] for line in lines for match in re.finditer(anywhere, line)]
    assert found
    assert all(f"[{reading}]" in one for one in found), found


def test_behind_his_back_is_no_load_to_carry() -> None:
    lines = [one.text for one in read_marked("zh-CN", [BUILT_IN])[0].values()]
    assert any("背着 他" in line for line in lines)
    assert not any("背[bēi]" in line for line in lines)


def test_nobody_feels_what_only_staff_read() -> None:
    keys = {key for key, _, _ in felt(read_material(None), "zh-CN")}
    assert "screen.menu.ask" in keys
    assert not any(UNFELT.search(key) for key in keys)
