"""The token of a page that the program opens: of use once, for a minute, for one kiosk."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.stations.openings import LIFE, Openings


class Ticks:
    now = 5000.0

    def __call__(self) -> float:
        return self.now


def test_a_token_opens_its_kiosk_once(tmp_path: Path) -> None:
    # Given the process that opens the window, and the one that serves it
    token = Openings(tmp_path).make("K2")
    serves = Openings(tmp_path)
    assert serves.take(token) == "K2"
    assert serves.take(token) is None
    # Also after the server was started anew
    assert Openings(tmp_path).take(token) is None


def test_of_many_at_once_one_has_it(tmp_path: Path) -> None:
    openings = Openings(tmp_path)
    token = openings.make("K1")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(openings.take, [token] * 40))
    assert found.count("K1") == 1


def test_a_late_token_is_none(tmp_path: Path) -> None:
    ticks = Ticks()
    token = Openings(tmp_path, ticks).make("K1")
    ticks.now += LIFE
    assert Openings(tmp_path, ticks).take(token) is None


def test_a_token_from_before_the_machine_was_started_is_none(tmp_path: Path) -> None:
    ticks = Ticks()
    token = Openings(tmp_path, ticks).make("K1")
    ticks.now = 10.0
    assert Openings(tmp_path, ticks).take(token) is None


@pytest.mark.parametrize("token", ["", "x", "../../etc/passwd", "\0", "长" * 3000])
def test_what_was_never_made_is_none(tmp_path: Path, token: str) -> None:
    openings = Openings(tmp_path)
    openings.make("K1")
    assert openings.take(token) is None
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_token_is_none(tmp_path: Path) -> None:
    openings = Openings(tmp_path)
    for damage in ("", "{", "[1]", "null", '["K1", "soon"]'):
        token = openings.make("K1")
        (path,) = tmp_path.iterdir()
        path.write_text(damage)
        assert openings.take(token) is None
        openings.clear()


def test_the_folder_says_no_token_and_is_cleared(tmp_path: Path) -> None:
    ticks = Ticks()
    openings = Openings(tmp_path, ticks)
    token = openings.make("K1")
    (path,) = tmp_path.iterdir()
    assert token not in path.name + path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    ticks.now += LIFE
    openings.make("K1")
    assert len(list(tmp_path.iterdir())) == 1
    openings.clear()
    assert list(tmp_path.iterdir()) == []
