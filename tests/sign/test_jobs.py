"""The worker of takes goes on, whatever one of them does."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.sign import jobs as jobs_room
from kiosk.sign.errors import Refused
from kiosk.sign.jobs import Jobs, Take

MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def take(name: str) -> Take:
    return Take(
        id=name,
        prompt_id="screen.menu",
        text="您今天想办什么？",
        sign_lang="csl",
        signer_id="su",
        recorded_by="fang",
        recorded_at=MORNING,
    )


def until(there: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not there():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def unreadable(*_: object, **__: object) -> None:
    raise Refused("not_video", "nothing to see")


def test_the_next_take_is_worked_on_though_telling_of_one_broke(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_room, "normalise", unreadable)
    broken = [True]

    def changed() -> None:
        if broken[0]:
            raise NameError("nobody is there to be told")

    kept = Jobs(tmp_path, lambda take, made: None, lambda: None)
    kept.add(take("one"), io.BytesIO(b"footage"))
    # Given a start at which nobody can be told of a change
    jobs = Jobs(tmp_path, lambda take, made: None, changed)
    jobs.start()
    until(lambda: {one.state for one in jobs.all()} == {"failed"})
    # When the next take comes, and there is somebody
    broken[0] = False
    jobs.add(take("two"), io.BytesIO(b"footage"))
    # Then it is worked on
    until(lambda: {one.take.id: one.code for one in jobs.all()}.get("two") == "not_video")
    jobs.close()
