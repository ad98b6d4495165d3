"""Reading YAML: every mistake has a file and a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.content.source import BUILT_IN, ContentError, Finding, Source, read_yaml, shown_name


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "some.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def mistake(tmp_path: Path, text: str | bytes) -> Finding:
    path = written(tmp_path, text)
    with pytest.raises(ContentError) as caught:
        read_yaml(path)
    (finding,) = caught.value.findings
    assert finding.file == str(path)
    return finding


def test_every_place_knows_its_line(tmp_path: Path) -> None:
    source = read_yaml(written(tmp_path, "# words\na: 1\nb:\n  - c\n  - d: x\n    e: y\n"))
    assert source.data == {"a": 1, "b": ["c", {"d": "x", "e": "y"}]}
    assert source.line(("a",)) == 2
    assert source.line(("b",)) == 3
    assert source.line(("b", 0)) == 4
    assert source.line(("b", 1, "e")) == 6
    assert source.line(("b", 1, "no_such", 3)) == 5
    assert source.line(("nothing",)) == 1
    assert str(source.finding(("b", 1, "e"), "wrong")) == f"{source.file}:6: wrong"


def test_an_empty_file_is_no_data(tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, "# nothing yet\n")).data is None


def test_a_file_from_notepad_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, b"\xef\xbb\xbfa: 1\n")).data == {"a": 1}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "the key 'a' is there twice"),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", 4, "the key 'b' is there twice"),
        ("a: 1\n  b: 2\n", 2, "not YAML"),
        ("a: [1, 2\nb: 3\n", 2, "not YAML"),
        ("a: '1\n", 2, "not YAML"),
        ("a: 1\nb: !!python/object:os.system x\n", 2, "not YAML"),
        ("a: \x07\n", 1, "not YAML"),
        ("字: 是".encode("gb18030"), 1, "not UTF-8"),
    ],
)
def test_a_mistake_is_named_by_line(
    tmp_path: Path, text: str | bytes, line: int, said: str
) -> None:
    finding = mistake(tmp_path, text)
    assert said in finding.message
    assert finding.line == line


def test_two_doubles_are_both_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        read_yaml(written(tmp_path, "a: 1\na: 2\nb: 1\nb: 2\n"))
    assert [finding.line for finding in caught.value.findings] == [2, 4]
    assert str(caught.value).count("\n") == 1


def test_our_files_are_named_shortly_and_a_branchs_in_full(tmp_path: Path) -> None:
    assert shown_name(BUILT_IN / "services" / "fraud.yaml") == "services/fraud.yaml"
    assert shown_name(tmp_path / "x.yaml") == str(tmp_path / "x.yaml")


def test_a_source_is_a_value(tmp_path: Path) -> None:
    path = written(tmp_path, "a: 1\n")
    source = read_yaml(path)
    assert source == Source(str(path), {"a": 1}, path.read_text("utf-8"), path)
    assert source.lines == {("a",): 1}
