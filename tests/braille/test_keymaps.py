"""Key maps: those that come with the kiosk, and what is wrong with one that can't be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from braille.keymaps import FOLDER, KeymapError, dump, find, load, names, parse

KNOWN = ("up", "down", "select", "back", "next", "help", "repeat", "louder", "softer", "person")
ALL = (*KNOWN, *(f"digit{n}" for n in range(10)))

PERKINS = """\
device: mine
keys:
  KeyF: dot1
  KeyD: dot2
  KeyS: dot3
  KeyJ: dot4
  KeyK: dot5
  KeyL: dot6
"""


@pytest.mark.parametrize("name", names())
def test_ours_can_be_used(name: str) -> None:
    found = load(FOLDER / f"{name}.yaml", ALL)
    assert found.keys


def test_perkins_has_the_keys_of_a_brailler() -> None:
    dots = load(FOLDER / "perkins.yaml", ALL).dots
    home = [dots[f"Key{char}"] for char in "SDFJKL"]
    assert home == ["dot3", "dot2", "dot1", "dot4", "dot5", "dot6"]
    assert dots["KeyA"] == "dot7"
    assert dots["Semicolon"] == "dot8"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PERKINS + "  KeyF: dot2\n", "mine.yaml:9: KeyF is there already, in line 3"),
        (PERKINS + "  KeyÄ: dot7\n", "mine.yaml:9: no key is called 'KeyÄ'"),
        (PERKINS + "  F5: dot9\n", "mine.yaml:9: F5 can't be 'dot9'; there are dot1"),
        (PERKINS.replace("  KeyL: dot6\n", ""), "mine.yaml:3: no key for dot6"),
        ("device: x\n", "mine.yaml:1: `keys:` lists code: name"),
        ("keys: [a]\n", "mine.yaml:1: `keys:` lists code: name"),
        ("- a\n", "mine.yaml:1: expected `device:` and `keys:`"),
        ("device: x\nbuttons:\n  F1: up\n", "mine.yaml:2: 'buttons' isn't known"),
        ("keys:\n  F1: [\n", "mine.yaml:3: not YAML"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(text: str, said: str) -> None:
    with pytest.raises(KeymapError) as error:
        parse(text, "mine", "mine.yaml", ALL)
    assert str(error.value).startswith(said)


def test_a_map_that_was_learned_is_found_before_ours(tmp_path: Path) -> None:
    (tmp_path / "perkins.yaml").write_text(dump("Mine", [("F13", "up")]), "utf-8")
    assert find("perkins", (FOLDER, tmp_path), ALL).keys == {"F13": "up"}


def test_an_unknown_map_is_answered_with_those_there_are() -> None:
    with pytest.raises(KeymapError, match="there are navigation-keypad, numeric-pad, perkins"):
        find("none", (FOLDER,), ALL)
    with pytest.raises(KeymapError, match="no key map"):
        find("../perkins", (FOLDER,), ALL)
