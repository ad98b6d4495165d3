"""Says lines one after another on a sink, one utterance at a time, and survives a lost device."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import structlog

from voices import devices
from voices.devices import DeviceLost
from voices.sound import Sound
from voices.speaking.job import Job, OnEnd, OnLine
from voices.speaking.line import Line
from voices.speaking.sinks import Sink
from voices.speaking.voice import VoiceFor

log = structlog.get_logger()

#: How often the player looks whether a sound is over or was broken off (seconds).
LOOK = 0.01
#: A lost device is tried again this often (seconds).
RETRY = 2.0
#: A device that doesn't answer for so long hangs (seconds): cards wake up in less than one.
HANGS = 3.0


class Player:
    """One voice at a time. While no device is there, lines pass in silence.

    Only the player's own thread waits for the device. If it hangs, another thread takes over, for
    which the device is lost until the first one is back.
    """

    def __init__(
        self,
        sink: Sink,
        voice_for: VoiceFor,
        *,
        on_lost: Callable[[bool], None] = lambda lost: None,
    ) -> None:
        self._sink = sink
        self._voice_for = voice_for
        #: Called with True when the device is lost, with False when it is back.
        self._on_lost = on_lost
        #: Held for nothing that waits.
        self._wake = threading.Condition()
        self._job: Job | None = None
        self._paused = False
        self._closed = False
        self._lost_at: float | None = None
        self._hangs = False
        with self._wake:
            self._begin()

    @property
    def lost(self) -> bool:
        return self._lost_at is not None

    @property
    def busy(self) -> bool:
        with self._wake:
            return self._job is not None

    def say(
        self,
        lines: Sequence[Line],
        *,
        language: str,
        tone: str = "usual",
        rate: float = 1.0,
        gain_db: float = 0.0,
        on_line: OnLine = lambda index: None,
        on_end: OnEnd = lambda completed: None,
    ) -> None:
        """Say these lines, in place of whatever is being said. Returns at once."""
        job = Job(tuple(lines), language, tone, rate, gain_db, on_line, on_end)
        with self._wake:
            # Before the new job is seen, or its own sound would be stopped.
            self._sink.stop()
            self._job, self._paused = job, False
            self._wake.notify()

    def stop(self) -> None:
        """Be silent at once; `on_end` of what was being said is called with False."""
        with self._wake:
            self._job, self._paused = None, False
            self._sink.stop()

    def pause(self) -> None:
        self._pause(True)

    def resume(self) -> None:
        self._pause(False)

    def close(self) -> None:
        with self._wake:
            self._job, self._closed = None, True
            self._sink.stop()
            self._wake.notify()
        self._thread.join(timeout=5)
        if not self._thread.is_alive() and not self._hangs:
            self._sink.close()

    def _pause(self, paused: bool) -> None:
        with self._wake:
            self._paused = paused
            self._sink.pause(paused)

    def _begin(self) -> None:
        """Another thread speaks from now on."""
        self._thread = threading.Thread(target=self._run, name="player", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while threading.current_thread() is self._thread:
            with self._wake:
                self._wake.wait_for(lambda: self._job is not None or self._closed, RETRY)
                job = self._job
                if self._closed:
                    return
            try:
                if job is None:
                    self._try_again()
                else:
                    self._do(job)
            except _Replaced:
                return
            except Exception:
                # What comes next must be said whatever became of this.
                log.exception("player.failed")
                self._forget(job)
                if job is not None:
                    _told(job.on_end, True)

    def _do(self, job: Job) -> None:
        completed = self._say_all(job)
        self._forget(job)
        if not self.lost:
            with self._at_device():
                if completed:
                    self._sink.rest()
                else:
                    self._sink.cut()
        _told(job.on_end, completed)

    def _forget(self, job: Job | None) -> None:
        with self._wake:
            if self._job is job:
                self._job = None

    def _say_all(self, job: Job) -> bool:
        """Whether every line was said (or passed in silence) without being broken off."""
        for index, line in enumerate(job.lines):
            if not self._is(job):
                return False
            sound = job.sound(index, self._voice_for)
            _told(job.on_line, index)
            if not self._play(job, sound):
                return False
            if index + 1 < len(job.lines):
                job.sound(index + 1, self._voice_for)
            if not self._wait(job, line.pause / job.rate):
                return False
        return True

    def _is(self, job: Job) -> bool:
        with self._wake:
            return self._job is job

    def _play(self, job: Job, sound: Sound | None) -> bool:
        if sound is None:
            return self._is(job)
        if self.lost:
            self._try_again()
        try:
            if not self.lost:
                with self._wake:
                    # Not after a stop: the sink would speak over whoever stopped it.
                    if self._job is not job:
                        return False
                    self._sink.start(sound, job.gain_db)
                with self._at_device():
                    self._sink.open()
            while not self.lost and (self._sink.playing() or self._paused):
                if not self._is(job):
                    return False
                time.sleep(LOOK)
        except DeviceLost as error:
            self._lose(error)
        return self._is(job) if not self.lost else self._wait(job, sound.seconds)

    def _wait(self, job: Job, seconds: float) -> bool:
        """Let time pass; False as soon as the job is another. A pause adds to it."""
        until = time.monotonic() + seconds
        while time.monotonic() < until or self._paused:
            if not self._is(job):
                return False
            time.sleep(LOOK)
        return True

    def _lose(self, error: Exception) -> None:
        self._lost_at = time.monotonic()
        log.warning("player.device_lost", error=str(error))
        with self._at_device():
            self._sink.stop()
            self._sink.cut()
        _told(self._on_lost, True)

    def _try_again(self) -> None:
        """Is the device back? Then it is used again."""
        if self._hangs or self._lost_at is None or time.monotonic() - self._lost_at < RETRY:
            return
        self._lost_at = time.monotonic()
        with self._at_device():
            devices.refresh()
            there = self._sink.there()
        if there:
            self._back()

    def _back(self) -> None:
        self._lost_at = None
        log.info("player.device_back")
        _told(self._on_lost, False)

    @contextmanager
    def _at_device(self) -> Iterator[None]:
        """Around whatever may wait for the device. If it hangs, this thread is replaced."""
        me, failed = threading.current_thread(), None
        alarm = threading.Timer(HANGS, self._replace, (me,))
        alarm.daemon = True
        alarm.start()
        try:
            yield
        except Exception as error:
            failed = error
        alarm.cancel()
        with self._wake:
            replaced = self._thread is not me
            self._hangs = self._hangs and not replaced
        if replaced:
            self._come_back(failed)
        if failed is not None:
            raise failed

    def _come_back(self, failed: Exception | None) -> None:
        """It hung, and another thread speaks by now: the device is given to that one."""
        if failed is None:
            self._sink.cut()
            self._back()
        raise _Replaced

    def _replace(self, hanging: threading.Thread) -> None:
        with self._wake:
            if self._thread is not hanging or self._closed:
                return
            was_lost, self._lost_at, self._hangs = self.lost, time.monotonic(), True
            self._sink.stop()
            self._begin()
        log.error("player.device_hangs", seconds=HANGS)
        if not was_lost:
            _told(self._on_lost, True)


class _Replaced(BaseException):
    """This thread hung, and another one does its work."""


def _told(callback: Callable[[Any], None], what: object) -> None:
    """Whoever is told can't end the thread that speaks."""
    try:
        callback(what)
    except Exception:
        log.exception("player.listener_failed")
