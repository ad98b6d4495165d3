"""The runner of the night: time-boxed jobs, one table against the last one."""

from __future__ import annotations

import time
from pathlib import Path

from tests.nightly.jobs import JOBS, Job, Result, run
from tests.nightly.table import Night, read, shown, write


def test_a_night_takes_an_hour_at_most() -> None:
    assert sum(job.minutes for job in JOBS) <= 60
    assert len({job.name for job in JOBS}) == len(JOBS)


def test_a_job_says_how_it_went() -> None:
    assert run(Job("calendar", "", 1, ("calendar", "2026", "11"))).state == "ok"
    failed = run(Job("nothing", "", 1, ("no_module_of_ours",)))
    assert failed.state == "failed"
    assert "no_module_of_ours" in failed.said


def test_a_job_that_takes_too_long_is_ended() -> None:
    began = time.monotonic()
    # A server that nobody ends.
    late = run(Job("late", "", 0.01, ("http.server", "0", "--bind", "127.0.0.1")))
    assert late.state == "out of time"
    assert time.monotonic() - began < 60


def test_a_night_is_shown_beside_the_last(tmp_path: Path) -> None:
    first = Night("2026-11-25 01:00 UTC", "abc", {"benches": Result("ok", 600, "0 aims missed")})
    write(first, None, tmp_path)
    assert read(tmp_path) == first
    second = Night("2026-11-26 01:00 UTC", "def", {"benches": Result("failed", 660, "1 | 2")})
    write(second, read(tmp_path), tmp_path)
    page = (tmp_path / "nightly.md").read_text("utf-8")
    assert "| **failed** | 11.0 | 25 | 1 \\| 2 | ok, 10.0 min |" in page
    assert "commit def. The one before: 2026-11-25 01:00 UTC, commit abc." in page
    assert shown(second, None) in page.replace("ok, 10.0 min", "–")
