"""The list of passkeys, and the challenges that are out."""

from __future__ import annotations

import errno
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.queue.errors import StorageError
from kiosk.queue.people import passkeys as room
from kiosk.queue.people.passkeys import ANSWERED, MOST_OUT, Challenges, FilePasskeys, Passkey
from tests.queue.stories import MORNING

KEY = Passkey("abc", "fang", "cHVibGlj", 0, "Firefox · Linux", MORNING)
OTHER = Passkey("def", "li", "cHVibGlj", 0, "", MORNING)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "passkeys.json"


def test_the_list_outlives_a_restart(path: Path) -> None:
    known = FilePasskeys(path)
    for one in (KEY, OTHER):
        known.put(one)
    known.used("abc", 7, MORNING + timedelta(hours=1))
    known.used("nobody's", 7, MORNING)
    again = FilePasskeys(path)
    found = again.get("abc")
    assert found is not None
    assert (found.count, found.used_at) == (7, MORNING + timedelta(hours=1))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again.drop_all("fang")
    assert FilePasskeys(path).of("fang") == ()
    assert FilePasskeys(path).of("li") == (OTHER,)


@pytest.mark.parametrize(("number", "reason"), [(errno.ENOSPC, "full"), (errno.EROFS, "readonly")])
def test_what_the_disk_refuses_does_not_count(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    known = FilePasskeys(path)
    known.put(KEY)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(room, "write_whole", refuse)
    with pytest.raises(StorageError) as caught:
        known.put(OTHER)
    assert caught.value.reason == reason
    with pytest.raises(StorageError):
        known.drop_all("fang")
    assert known.get("abc") == KEY
    assert known.get("def") is None
    # An account without any has nothing to lose
    known.drop_all("nobody")


def test_a_list_that_can_not_be_read_is_set_aside(path: Path) -> None:
    path.write_text("{]")
    assert FilePasskeys(path).of("fang") == ()
    assert list(path.parent.glob("*.unusable"))


def test_a_challenge_is_answered_once_and_soon_and_for_what_it_was_made() -> None:
    seconds = 0.0
    out = Challenges(lambda: seconds)
    once, late, other = (out.make("enter") for _ in range(3))
    assert out.take(once, "enter")
    assert not out.take(once, "enter")
    assert not out.take(other, "add")
    assert not out.take(other, "enter")
    assert not out.take(b"never made", "enter")
    seconds = ANSWERED.total_seconds()
    assert not out.take(late, "enter")


def test_challenges_are_bounded() -> None:
    out = Challenges()
    first = out.make("enter")
    for _ in range(MOST_OUT):
        last = out.make("enter")
    assert not out.take(first, "enter")
    assert out.take(last, "enter")
