"""The one thread that writes: jobs queue up, those that wait together share one COMMIT."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock, Thread, current_thread
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine

from kiosk.queue.errors import StorageError
from kiosk.queue.records.numbers import all_numbers
from kiosk.queue.storage.faults import storage_error

T = TypeVar("T")
#: Called with the branches that have new events, and the number of the newest of each.
Listener = Callable[[Mapping[str, int]], None]
Answer = Callable[[], None]
MAX_BATCH = 64

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    work: Callable[[Connection], Any]
    transaction: bool = True
    answer: Future[Any] = field(default_factory=Future)


class Writer:
    """Serves jobs in their order; a failed job or a failed disk never ends the thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._listeners: tuple[Listener, ...] = ()
        self._gate = Lock()
        self._closed = False
        self._events: Mapping[str, int] = {}
        self._thread = Thread(target=self._run, name="queue-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], T], *, transaction: bool = True) -> T:
        if current_thread() is self._thread:
            raise RuntimeError("write() inside write() would wait for itself; use its connection")
        job = Job(work, transaction)
        with self._gate:
            if self._closed:
                raise StorageError("broken", "the database was closed")
            self._jobs.put(job)
        result: T = job.answer.result()
        return result

    def listen(self, callback: Listener) -> Callable[[], None]:
        with self._gate:
            self._listeners = (*self._listeners, callback)

        def stop() -> None:
            with self._gate:
                self._listeners = tuple(one for one in self._listeners if one is not callback)

        return stop

    def close(self) -> None:
        with self._gate:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            if not job.transaction:
                self._serve_bare(job)
                continue
            batch = [job]
            after = self._gather(batch)
            self._serve(batch)
            if after is not None and after.transaction is False:
                self._serve_bare(after)

    def _gather(self, batch: list[Job]) -> Job | None:
        """Fill the batch with what already waits; the first job that can't join is returned."""
        while len(batch) < MAX_BATCH:
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return None
            if job is None:
                # The end mark goes back for the loop to find: nothing can be queued behind it.
                self._jobs.put(None)
                return None
            if not job.transaction:
                return job
            batch.append(job)
        return None

    def _serve(self, batch: list[Job]) -> None:
        try:
            answers, events = self._commit(batch)
        except Exception as error:
            failure = storage_error(error) or error
            log.error("queue.write_failed", calls=len(batch), reason=str(failure))
            for job in batch:
                job.answer.set_exception(failure)
            return
        for answer in answers:
            answer()
        fresh = {one: n for one, n in events.items() if n > self._events.get(one, 0)}
        self._events = events
        if fresh:
            self._notify(fresh)

    def _commit(self, batch: list[Job]) -> tuple[list[Answer], Mapping[str, int]]:
        with self._engine.connect() as connection:
            try:
                with connection.begin():
                    answers = [_attempt(connection, job) for job in batch]
                    events = {k: n.events for k, n in all_numbers(connection).items()}
                return answers, events
            except Exception:
                # After a storage fault the connection's state is unknown: begin afresh.
                connection.invalidate()
                raise

    def _serve_bare(self, job: Job) -> None:
        try:
            with self._engine.connect() as connection:
                job.answer.set_result(job.work(connection))
        except Exception as error:
            job.answer.set_exception(storage_error(error) or error)

    def _notify(self, fresh: Mapping[str, int]) -> None:
        for listener in self._listeners:
            try:
                listener(fresh)
            except Exception:
                log.exception("queue.listener_failed")


def _attempt(connection: Connection, job: Job) -> Answer:
    """Run one job in its own savepoint: its failure is its own, a storage fault is everybody's.

    SQLite may end a transaction by itself on a fault. The savepoint is then gone too, so releasing
    it fails here and nothing is answered as stored.
    """
    savepoint = connection.begin_nested()
    try:
        value = job.work(connection)
        savepoint.commit()
    except Exception as error:
        failure = storage_error(error)
        if failure is not None:
            raise failure from error
        savepoint.rollback()
        return partial(job.answer.set_exception, error)
    return partial(job.answer.set_result, value)
