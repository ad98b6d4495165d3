"""librime in a process of its own, spoken to over pipes: it may hang or die, and is begun again."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog

from writing.ports import Engine, EngineDown, Found, NoEngine
from writing.rime import SCHEMA, SHARED

log = structlog.get_logger()

#: How long an answer may take, and a start (seconds): 30 ms and 40 ms are usual.
ANSWER, START = 1.0, 10.0
#: After a failure it is left alone, longer each time it fails again (seconds).
FIRST_REST, LONGEST_REST = 0.5, 60.0


class RimeProcess:
    """An `Engine`. Used from one thread; nothing here is shared, so there is no lock."""

    def __init__(
        self,
        *,
        command: Sequence[str] = (sys.executable, "-m", "writing.child"),
        answer: float = ANSWER,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._command = tuple(command)
        self._answer = answer
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: Path | None = None
        self._rest = FIRST_REST
        self._rests_until = 0.0
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process that answers now."""
        return self._process.pid if self._process is not None else None

    def offer(self, spelled: Sequence[str]) -> Found:
        process = self._process or self._start()
        if not spelled:
            return ()
        try:
            answer = self._ask(process, {"spelled": list(spelled)}, self._answer)
            found = tuple(tuple(str(text) for text in one) for one in answer["found"])
        except EngineDown as error:
            self._failed(error)
            raise
        except (OSError, ValueError, KeyError, TypeError) as error:
            down = EngineDown("ended", "librime's process answered nonsense; it is begun again")
            self._failed(down)
            raise down from error
        self._rest = FIRST_REST
        return found

    def close(self) -> None:
        self._closed = True
        self._stop()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._closed or self._clock() < self._rests_until:
            raise EngineDown("resting", "librime failed; it is begun again in a while")
        self._folder = Path(tempfile.mkdtemp(prefix="wuai-writing-"))
        process = subprocess.Popen(  # noqa: S603 (our own module, our own folder)
            [*self._command, str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._process = process
        try:
            ready = self._read(process, START)
            if "ready" not in ready:
                raise EngineDown("missing", str(ready.get("error", "librime didn't start")))
        except EngineDown as error:
            self._failed(error)
            raise
        return process

    def _ask(
        self, process: subprocess.Popen[bytes], question: dict[str, Any], seconds: float
    ) -> dict[str, Any]:
        assert process.stdin is not None  # noqa: S101 (a pipe, as it was started)
        try:
            process.stdin.write(json.dumps(question).encode("utf-8") + b"\n")
            process.stdin.flush()
        except OSError as error:
            raise EngineDown("ended", "librime's process ended; it is begun again") from error
        return self._read(process, seconds)

    def _read(self, process: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
        """One line, in time. Raises `EngineDown`."""
        assert process.stdout is not None  # noqa: S101
        file, line = process.stdout.fileno(), b""
        ends = time.monotonic() + seconds
        while not line.endswith(b"\n"):
            if not select.select([file], [], [], max(0.0, ends - time.monotonic()))[0]:
                raise EngineDown("slow", f"no answer of librime's process in {seconds} s")
            piece = os.read(file, 65536)
            if not piece:
                raise EngineDown("ended", "librime's process ended; it is begun again")
            line += piece
        found: dict[str, Any] = json.loads(line)
        return found

    def _failed(self, error: EngineDown) -> None:
        log.warning("writing.down", reason=error.reason, hint=str(error))
        self._stop()
        self._rest = LONGEST_REST if error.reason == "missing" else self._rest
        self._rests_until = self._clock() + self._rest
        self._rest = min(self._rest * 2, LONGEST_REST)

    def _stop(self) -> None:
        process, self._process = self._process, None
        folder, self._folder = self._folder, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    # What was still to be written is of no use to anybody.
                    with suppress(OSError):
                        pipe.close()
        if folder is not None:
            folder.chmod(0o700)
            for inner in folder.glob("build"):
                inner.chmod(0o700)
            shutil.rmtree(folder, ignore_errors=True)


def is_installed() -> bool:
    """Whether the data of Debian's packages is here."""
    return (SHARED / "build" / f"{SCHEMA}.schema.yaml").exists()


def open_engine() -> Engine:
    """librime where it is installed; it is started by the first question."""
    return RimeProcess() if is_installed() else NoEngine()
