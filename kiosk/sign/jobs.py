"""Normalising in the background: one footage after another, with progress, surviving a restart.

A job is a folder: the footage as it came, and ``job.json``. It is there until its clip is in the
pack, so a process that ends in the middle begins the same job again.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.files import NEW, UNUSABLE, set_aside, sync_folder, write_whole
from kiosk.sign.errors import Refused, Trouble
from kiosk.sign.manifest import SignLanguage, Source
from kiosk.sign.normalise import LARGEST, SPARE, Normalised, Trim, normalise
from kiosk.sign.store import refused

log = structlog.get_logger()

_JOB = "job.json"
_RAW = "footage"
_BLOCK = 1 << 20


class Take(BaseModel):
    """What was recorded: the message, by whom, and what is kept of it (seconds)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    prompt_id: str
    text: str
    sign_lang: SignLanguage
    signer_id: str
    recorded_by: str
    recorded_at: datetime
    source: Source = "recorded"
    start: float = 0.0
    end: float | None = None


class Job(BaseModel):
    """A take on its way. `progress` is the share done, 0 to 1; `code` is why it wasn't done."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    take: Take
    state: Literal["waiting", "working", "failed"] = "waiting"
    progress: float = 0.0
    code: Trouble | None = None


#: Puts what was made into the pack.
Finish = Callable[[Take, Normalised], None]


class Jobs:
    """One worker, so that recording stays smooth on a small machine. Safe from any thread."""

    def __init__(self, folder: Path, finish: Finish, on_change: Callable[[], None]) -> None:
        self._folder = folder
        self._finish = finish
        self._on_change = on_change
        self._jobs: dict[str, Job] = {}
        self._work = threading.Condition()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Take up what a restart left, and begin to work."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in sorted(self._folder.iterdir()):
            job = _read(folder)
            if job is None:
                self._clear(folder)
                continue
            again = job if job.state == "failed" else Job(take=job.take)
            self._jobs[job.take.id] = again
        self._thread = threading.Thread(target=self._run, name="sign-jobs", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        with self._work:
            self._work.notify_all()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def make_room(self, size: int) -> None:
        """Before footage is taken in. Raises `Refused`, disk_full: there is no room for two of it,
        as it comes and as it is kept."""
        if shutil.disk_usage(self._folder).free < 2 * size + SPARE:
            raise Refused("disk_full", f"no room for {size} bytes")

    def add(self, take: Take, footage: IO[bytes]) -> Job:
        """Keep the footage and queue it. On return it is safe on the disk. Raises `Refused`."""
        folder = self._folder / take.id
        try:
            folder.mkdir(parents=True, mode=0o700)
            size = _copied(footage, folder / _RAW)
            if size == 0:
                raise Refused("empty", "the footage holds nothing")
            job = Job(take=take)
            _write(folder, job)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise refused(error, folder) from error
        except Refused:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        with self._work:
            self._jobs[take.id] = job
            self._work.notify_all()
        self._on_change()
        return job

    def all(self) -> tuple[Job, ...]:
        with self._work:
            return tuple(self._jobs.values())

    def of(self, prompt_id: str) -> tuple[Job, ...]:
        return tuple(job for job in self.all() if job.take.prompt_id == prompt_id)

    def drop(self, job_id: str) -> None:
        """Forget a failed take, or one whose signer has withdrawn; its footage is deleted."""
        with self._work:
            self._jobs.pop(job_id, None)
        shutil.rmtree(self._folder / job_id, ignore_errors=True)
        self._on_change()

    def _clear(self, folder: Path) -> None:
        """What is no job: footage that never arrived whole goes, anything else is set aside."""
        if folder.suffix == UNUSABLE:
            return
        half = _is_folder(folder) and all(
            path.name == _RAW or path.suffix == NEW for path in folder.iterdir()
        )
        with suppress(OSError):
            if half:
                shutil.rmtree(folder)
            else:
                set_aside(folder, "it is no take")

    def _run(self) -> None:
        while not self._stop.is_set():
            with self._work:
                self._work.wait_for(lambda: self._stop.is_set() or self._next() is not None)
                job = self._next()
            if job is not None and not self._stop.is_set():
                self._try(job)

    def _try(self, job: Job) -> None:
        """Whatever one take does, the next is worked on."""
        try:
            self._do(job)
        except Exception as error:
            log.exception("sign.job_broken", job=job.take.id)
            with suppress(Exception):
                self._fail(job, "unreadable", type(error).__name__)

    def _next(self) -> Job | None:
        return next((job for job in self._jobs.values() if job.state == "waiting"), None)

    def _do(self, job: Job) -> None:
        take, folder = job.take, self._folder / job.take.id
        self._set(job.model_copy(update={"state": "working"}))

        def progress(share: float) -> None:
            self._set(job.model_copy(update={"state": "working", "progress": share}))

        try:
            made = normalise(
                folder / _RAW,
                folder,
                Trim(take.start, take.end),
                on_progress=progress,
                stop=self._stop,
            )
            with self._work:
                wanted = take.id in self._jobs
            if wanted:
                self._finish(take, made)
            self.drop(take.id)
        except Refused as error:
            if self._stop.is_set():
                # Ended in the middle: the next start begins it anew.
                return
            self._fail(job, error.reason, str(error))

    def _fail(self, job: Job, code: Trouble, detail: str) -> None:
        log.warning("sign.job_failed", job=job.take.id, code=code, detail=detail)
        failed = job.model_copy(update={"state": "failed", "code": code})
        self._set(failed)
        try:
            _write(self._folder / job.take.id, failed)
        except OSError as error:
            log.warning("sign.job_not_kept", job=job.take.id, error=error.strerror)

    def _set(self, job: Job) -> None:
        with self._work:
            if job.take.id not in self._jobs:
                return
            self._jobs[job.take.id] = job
        self._on_change()


def _copied(source: IO[bytes], target: Path) -> int:
    """Copy to the disk, safe on return; how many bytes. Raises `Refused`: too_large, disk_full."""
    size = 0
    with target.open("wb") as file:
        while block := source.read(_BLOCK):
            size += len(block)
            if size > LARGEST:
                raise Refused("too_large", f"more than {LARGEST} bytes")
            if shutil.disk_usage(target.parent).free < SPARE:
                raise Refused("disk_full", f"less than {SPARE} bytes are free")
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return size


def _write(folder: Path, job: Job) -> None:
    write_whole(folder / _JOB, job.model_dump_json().encode())
    sync_folder(folder.parent)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _read(folder: Path) -> Job | None:
    if not _is_folder(folder):
        return None
    try:
        return Job.model_validate_json((folder / _JOB).read_bytes())
    except (OSError, ValidationError):
        return None
