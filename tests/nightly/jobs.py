"""Every nightly job, and the minutes it may take: an hour altogether on two cores."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

State = Literal["ok", "failed", "out of time"]
ROOT = Path(__file__).parent.parent.parent
PYTEST = ("pytest", "--timeout=3600", "-n", "2", "-q", "--no-header")


@dataclass(frozen=True, slots=True)
class Job:
    """``python -m <command>``, ended after `minutes`."""

    name: str
    what: str
    minutes: float
    command: Sequence[str]


@dataclass(frozen=True, slots=True)
class Result:
    """How a job went, its seconds, and the last line that it wrote."""

    state: State
    seconds: float
    said: str


JOBS: Sequence[Job] = (
    Job(
        "sweeps",
        "tests marked `nightly`: every round of what has a sample in `make test`",
        14,
        (*PYTEST, "-m", "nightly"),
    ),
    Job(
        "properties",
        "property and stateful tests with twenty times the examples: fuzzing of flow, queue, "
        "braille and speech",
        13,
        (*PYTEST, "-m", "hypothesis and not nightly", "--hypothesis-profile=nightly"),
    ),
    Job(
        "mutations",
        "faults put into a copy one by one (`tests/mutations.py`); a test must see each",
        8,
        ("tests.mutations",),
    ),
    Job("benches", "every figure (`make bench`)", 25, ("tests.bench",)),
)


def run(job: Job) -> Result:
    """The job in a process group of its own, which ends with it; its output goes on as it comes."""
    began = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *job.command],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            state: State = "ok" if process.wait(timeout=job.minutes * 60) == 0 else "failed"
        except subprocess.TimeoutExpired:
            state = "out of time"
        finally:
            _end(process)
        output.seek(0)
        said = output.read()
    if state != "ok":
        print(said, flush=True)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return Result(state, time.monotonic() - began, lines[-1] if lines else "")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Whatever it started ends with it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
