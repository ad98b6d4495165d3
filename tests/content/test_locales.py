"""The words of a language: keys, forms, and a branch's own over ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.content.locales import locale, read_messages
from kiosk.content.words import Message
from kiosk.flow.text import Text


def folder(tmp_path: Path, name: str = "zh-CN", **files: str) -> Path:
    path = tmp_path / name
    path.mkdir(parents=True, exist_ok=True)
    for file, text in files.items():
        (path / f"{file}.yaml").write_text(text, "utf-8")
    return path


def messages(path: Path) -> dict[str, Message]:
    return {key: message for key, (message, _) in read_messages([path]).messages.items()}


def test_a_mapping_of_names_is_a_namespace(tmp_path: Path) -> None:
    assert messages(folder(tmp_path, a="x:\n  y:\n    ask: 好吗？\n  z: 3\n")) == {
        "x.y.ask": Message("好吗？"),
        "x.z": Message("3"),
    }


def test_a_message_has_forms(tmp_path: Path) -> None:
    path = folder(tmp_path, a="x: {text: 看, speech: 听, braille: 摸, sign: 手, say: [说, 讲]}\n")
    assert messages(path) == {"x": Message("看", "听", "摸", "手", ("说", "讲"))}


def test_names_that_are_also_forms_may_be_namespaces(tmp_path: Path) -> None:
    """`braille` and `sign` are ways to be served as well."""
    path = folder(tmp_path, a="option:\n  braille: 摸盲文\n  sign: {text: 看手语}\n")
    assert set(messages(path)) == {"option.braille", "option.sign"}


def test_a_place_is_a_file_and_a_line(tmp_path: Path) -> None:
    path = folder(tmp_path, a="x:\n  y: 好\n")
    _, place = read_messages([path]).messages["x.y"]
    assert str(place.finding("wrong")) == f"{path / 'a.yaml'}:2: wrong"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nx:\n  yes: 好\n", 2, "put quotes around the key True"),
        ("x:\n  - 好\n", 1, "expected words or a mapping"),
        ("x:\n", 1, "expected words or a mapping"),
        ("x: true\n", 1, "expected words or a mapping"),
        ("x: {say: [好]}\n", 1, "forms without a `text`"),
        ("x: {text: [好]}\n", 1, "forms without a `text`"),
        ("a: 1\nx: {text: 好, speech: 3}\n", 2, "`speech` must be text"),
        ("x: {text: 好, say: 好}\n", 1, "`say` is a list"),
        ("x: {text: 好, say: [1]}\n", 1, "`say` is a list"),
        ("- 好\n", 1, "the file: expected words"),
    ],
)
def test_a_mistake_is_named_by_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = folder(tmp_path, a=text)
    findings = read_messages([path]).findings
    assert [f.line for f in findings if said in f.message] == [line]


def test_a_key_in_two_files_of_one_folder_is_a_mistake(tmp_path: Path) -> None:
    path = folder(tmp_path, a="x: {y: 好}\n", b="x:\n  z: 好\n  y: 不好\n")
    (finding,) = read_messages([path]).findings
    assert re.search(r"b\.yaml:3: x\.y is also in .*a\.yaml", str(finding))


def test_a_later_folder_replaces_single_words(tmp_path: Path) -> None:
    ours = folder(tmp_path / "ours", a="x: {y: 好, z: 行}\n")
    branch = folder(tmp_path / "branch", other="x: {y: 中}\n")
    words = locale("zh-CN", read_messages([ours, branch]).messages)
    assert words.text("x.y") == "中"
    assert words.text("x.z") == "行"


def test_a_first_language_stands_in(tmp_path: Path) -> None:
    chinese = read_messages([folder(tmp_path, a="x: 好\nonly: 有\n")]).messages
    first = locale("zh-CN", chinese)
    english = locale("en", read_messages([folder(tmp_path, "en", a="x: good\n")]).messages, first)
    assert english.text("x") == "good"
    assert english.text("only") == "有"
    assert not english.has("only")
    with pytest.raises(KeyError, match=r"'none' in zh-CN"):
        english.render(Text("none"))
