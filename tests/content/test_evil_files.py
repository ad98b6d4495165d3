"""A branch's own files may hold anything: each is read, or refused by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.content.loader import load
from kiosk.content.source import BUILT_IN, DEEPEST, ContentError, unfit_in
from tests.support.evil import EVIL, REFUSED

#: What is no content, and what is said of it.
FILES: dict[str, tuple[bytes, str]] = {
    "lists without end": (b"a: " + b"[" * 60_000, "nested deeper"),
    "lists in lists": (b"a: " + b"[" * 60_000 + b"]" * 60_000, "nested deeper"),
    "dashes": (b"a:\n  " + b"- " * 60_000 + b"x", "nested deeper"),
    "keys of keys": (b"? " * 60_000 + b"x", "nested deeper"),
    "mappings": (b'{"a": ' * 60_000, "nested deeper"),
    "itself": (b"screen: &a\n  title: *a\n", "alias"),
    "a bomb": (
        b"".join(
            b"%c: &%c [%s]\n" % (97 + n, 97 + n, b", ".join([b"*%c" % (96 + n)] * 9))
            if n
            else b"a: &a [x]\n"
            for n in range(12)
        ),
        "alias",
    ),
    "a megabyte": (b"screen:\n  title: " + "长".encode() * 1_000_000, "at most"),
    "no UTF-8": (b"\xff\xfe\x00a", "UTF-8"),
    "no day": (b"screen:\n  title: 9999-99-99\n", "in quotes"),
    "a tag": (b"a: !!python/object/apply:os.system ['id']\n", "not YAML"),
    "a key that is a list": (b"? [a, b]\n: c\n", "not YAML"),
}


def overlay(folder: Path, raw: bytes) -> Path:
    place = folder / "locales" / "en"
    place.mkdir(parents=True)
    (place / "branch.yaml").write_bytes(raw)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_can_t_be_read_is_named(tmp_path: Path, name: str) -> None:
    raw, said = FILES[name]
    with pytest.raises(ContentError, match=said) as refused:
        load(overlay(tmp_path, raw))
    assert all("branch.yaml" in finding.file for finding in refused.value.findings)


@pytest.mark.parametrize("name", [name for name in REFUSED if name not in ("half", "other half")])
@pytest.mark.parametrize("escaped", [False, True])
def test_text_that_no_door_lets_in_is_in_no_file(tmp_path: Path, name: str, escaped: bool) -> None:
    text = EVIL[name]
    if name == "next line" and not escaped:
        pytest.skip("YAML itself takes it for the end of a line")
    if escaped:
        text = "".join(f"\\U{ord(one):08x}" for one in text)
    raw = f'screen:\n  title: "{text}"\n'.encode("utf-8", "surrogatepass")
    with pytest.raises(ContentError, match=r"branch\.yaml"):
        load(overlay(tmp_path, raw))


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    loaded = load(overlay(tmp_path, 'screen:\n  title: "Ours"\n'.encode("utf-8-sig")))
    assert loaded.words("en").text("screen.title") == "Ours"


def test_our_own_files_would_be_let_in() -> None:
    for path in BUILT_IN.rglob("*.yaml"):
        assert list(unfit_in(path.read_text("utf-8"))) == [], path
    assert DEEPEST < 100
