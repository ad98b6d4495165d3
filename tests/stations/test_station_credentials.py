"""What an admitted page has: a pass that nobody else can make, and a list that lasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.stations import credentials
from kiosk.stations.credentials import (
    Credentials,
    FileCredentials,
    MemoryCredentials,
    holds,
    issue,
)

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture(params=["file", "memory"])
def listed(request: pytest.FixtureRequest, tmp_path: Path) -> Credentials:
    return FileCredentials(tmp_path / "s.json") if request.param == "file" else MemoryCredentials()


def test_what_is_put_is_there_until_it_is_dropped(listed: Credentials) -> None:
    one, _ = issue("K1", "opened", NOW)
    two, _ = issue("K2", "code", NOW, "zhang")
    listed.put(one)
    listed.put(two)
    listed.put(replace(one, seen_at=NOW))
    assert listed.all() == {one.id: replace(one, seen_at=NOW), two.id: two}
    listed.drop(one.id)
    listed.drop("never there")
    assert listed.all() == {two.id: two}


def test_the_list_survives_a_restart_and_holds_no_pass(tmp_path: Path) -> None:
    path = tmp_path / "stations.json"
    one, held = issue("K1", "code", NOW, "zhang")
    FileCredentials(path).put(one)
    assert FileCredentials(path).all() == {one.id: one}
    assert held.partition(".")[2] not in path.read_text()
    assert [found.name for found in tmp_path.iterdir()] == ["stations.json"]


@pytest.mark.parametrize("damage", ["", "[", "{}", '[{"id": 1}]', "\0\0\0"])
def test_by_a_damaged_list_nobody_comes_in(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "stations.json"
    path.write_text(damage)
    listed = FileCredentials(path)
    assert listed.all() == {}
    (aside,) = path.parent.glob(f"{path.name}.*.unusable")
    assert aside.read_text() == damage
    one, _ = issue("K1", "code", NOW)
    listed.put(one)
    assert FileCredentials(path).all() == {one.id: one}


def test_what_the_disk_refuses_doesnt_count(tmp_path: Path) -> None:
    listed = FileCredentials(tmp_path / "away" / "stations.json")
    one, _ = issue("K1", "code", NOW)
    with pytest.raises(OSError, match="No such file"):
        listed.put(one)
    assert listed.all() == {}


def test_a_pass_is_known_by_its_own_credential_only() -> None:
    one, held = issue("K1", "code", NOW)
    other, _ = issue("K1", "code", NOW)
    assert holds(one, held)
    assert not holds(other, held)
    assert not holds(replace(other, id=one.id), held)
    assert not holds(replace(one, id=other.id), held)


@given(st.text())
def test_nothing_else_is_a_pass(held: str) -> None:
    one, _ = issue("K1", "code", NOW)
    assert not holds(one, held)
    assert not holds(one, f"{one.id}.{held}")


def test_seen_is_noted_of_whoever_is_still_listed(listed: Credentials) -> None:
    one, _ = issue("K1", "opened", NOW)
    two, _ = issue("K2", "code", NOW, "zhang")
    listed.put(one)
    listed.put(two)
    listed.drop(two.id)
    listed.seen({one.id: NOW, two.id: NOW, "never there": NOW})
    assert listed.all() == {one.id: replace(one, seen_at=NOW)}


def test_seen_of_all_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = FileCredentials(tmp_path / "s.json")
    made = [issue("K1", "opened", NOW)[0] for _ in range(3)]
    for one in made:
        listed.put(one)
    written: list[Path] = []

    def write(path: Path, raw: bytes) -> None:
        written.append(path)

    monkeypatch.setattr(credentials, "write_whole", write)
    listed.seen({one.id: NOW for one in made})
    assert len(written) == 1
    # Nobody was seen who is listed: nothing is written
    listed.seen({})
    listed.seen({"never there": NOW})
    assert len(written) == 1
