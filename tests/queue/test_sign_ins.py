"""Who is signed in where, over restarts and on disks that refuse."""

from __future__ import annotations

import os
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.queue.people import signins
from kiosk.queue.people.signins import CONFIRMED, IDLE, LONGEST, MOST, FileSignIns, SignIns
from tests.queue.stories import MORNING

SOON = MORNING + timedelta(minutes=5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sign-ins.json"


def test_a_restart_signs_nobody_out(path: Path) -> None:
    token = FileSignIns(path).start("fang", "3", MORNING, "Firefox · Linux")
    again = FileSignIns(path)
    found = again.get(token, SOON)
    assert found is not None
    assert (found.staff_id, found.counter, found.device) == ("fang", "3", "Firefox · Linux")
    again.end(token)
    assert FileSignIns(path).get(token, SOON) is None


def test_what_somebody_did_counts_after_a_restart(path: Path) -> None:
    first = FileSignIns(path)
    token = first.start("fang", None, MORNING)
    later = MORNING + timedelta(minutes=25)
    first.touch(token, later)
    assert FileSignIns(path).get(token, later + timedelta(minutes=20)) is not None


def test_a_token_stands_nowhere_and_nobody_else_may_read(path: Path) -> None:
    token = FileSignIns(path).start("fang", None, MORNING)
    assert token not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    # What stands there opens nothing
    for key in signins._read(path):
        assert FileSignIns(path).get(key, SOON) is None


@pytest.mark.parametrize("made", [SignIns, None])
def test_sign_ins_end_by_themselves(made: type[SignIns] | None, path: Path) -> None:
    known = made() if made is not None else FileSignIns(path)
    token = known.start("fang", None, MORNING)
    assert known.get(token, MORNING + IDLE - timedelta(seconds=1)) is not None
    assert known.get(token, MORNING + IDLE) is None
    busy = known.start("fang", None, MORNING)
    for minutes in range(0, 12 * 60, 20):
        known.touch(busy, MORNING + timedelta(minutes=minutes))
    assert known.get(busy, MORNING + LONGEST - timedelta(seconds=1)) is not None
    assert known.get(busy, MORNING + LONGEST) is None


def test_one_others_or_all_are_ended() -> None:
    known = SignIns()
    here, there, far = (known.start("fang", None, MORNING) for _ in range(3))
    other = known.start("li", None, MORNING)
    at_here, at_far = known.get(here, SOON), known.get(far, SOON)
    assert at_here is not None
    assert at_far is not None
    known.end_one(at_far.id)
    assert [known.get(one, SOON) is None for one in (here, there, far)] == [False, False, True]
    known.end_all("fang", but=at_here.id)
    assert known.of("fang", SOON) == (at_here,)
    known.end_all("fang")
    assert known.of("fang", SOON) == ()
    assert known.get(other, SOON) is not None
    assert known.find(at_here.id, SOON) is None


def test_an_account_has_so_many_at_most(path: Path) -> None:
    known = FileSignIns(path)
    tokens = [
        known.start("fang", None, MORNING + timedelta(seconds=number)) for number in range(MOST + 5)
    ]
    assert len(known.of("fang", SOON)) == MOST
    assert known.get(tokens[0], SOON) is None
    assert known.get(tokens[-1], SOON) is not None


def test_the_password_counts_for_a_while() -> None:
    known = SignIns()
    token = known.start("fang", None, MORNING)
    found = known.get(token, MORNING)
    assert found is not None
    assert found.is_confirmed(MORNING + CONFIRMED - timedelta(seconds=1))
    late = MORNING + CONFIRMED
    assert not found.is_confirmed(late)
    known.confirm(token, late)
    again = known.get(token, late)
    assert again is not None
    assert again.is_confirmed(late)


def test_a_disk_that_refuses_keeps_nobody_out_and_nobody_in(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = FileSignIns(path)
    old = known.start("fang", None, MORNING)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patch:
        patch.setattr(signins, "write_whole", full)
        token = known.start("li", None, MORNING)
        known.end(old)
        assert known.get(token, SOON) is not None
        assert known.get(old, SOON) is None
    # The next change takes with it what was refused
    known.start("su", None, MORNING)
    again = FileSignIns(path)
    assert again.get(token, SOON) is not None
    assert again.get(old, SOON) is None


@pytest.mark.parametrize("days", [-3, 3])
def test_a_clock_that_is_set_ends_no_sign_in_and_makes_none_last(days: int) -> None:
    seconds, set_by = 0.0, timedelta()

    def now() -> datetime:
        return MORNING + timedelta(seconds=seconds) + set_by

    known = SignIns(ticks=lambda: seconds)
    token = known.start("fang", None, now())
    seconds, set_by = 600.0, timedelta(days=days)
    found = known.get(token, now())
    assert found is not None
    assert not found.is_confirmed(now())
    assert found.ends_at == now() - timedelta(seconds=600) + IDLE
    seconds = IDLE.total_seconds()
    assert known.get(token, now()) is None


def test_nor_does_one_that_was_set_back_while_nothing_ran(path: Path) -> None:
    token = FileSignIns(path).start("fang", None, MORNING)
    again, before = FileSignIns(path), MORNING - timedelta(days=3)
    assert again.get(token, before) is not None
    assert again.get(token, before + IDLE) is None


def test_a_file_that_can_not_be_read_is_set_aside(path: Path) -> None:
    path.write_text("{]")
    known = FileSignIns(path)
    assert known.of("fang", MORNING) == ()
    assert list(path.parent.glob("*.unusable"))
    assert known.get(known.start("fang", None, MORNING), SOON) is not None
