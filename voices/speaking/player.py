"""Says lines one after another on a sink, one utterance at a time, and survives a lost device."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from voices import devices
from voices.devices import DeviceLost
from voices.sound import Sound
from voices.speaking.line import Line
from voices.speaking.sinks import Sink
from voices.speaking.voice import Voice

log = structlog.get_logger()

#: How often the player looks whether a sound is over or was broken off (seconds).
LOOK = 0.01
#: A lost device is tried again this often (seconds).
RETRY = 2.0

OnLine = Callable[[int], None]
OnEnd = Callable[[bool], None]


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    lines: tuple[Line, ...]
    language: str
    rate: float
    gain_db: float
    on_line: OnLine
    on_end: OnEnd


class Player:
    """One thread, one voice at a time. While no device is there, lines pass in silence."""

    def __init__(
        self,
        sink: Sink,
        voice_for: Callable[[str], Voice],
        *,
        on_lost: Callable[[bool], None] = lambda lost: None,
    ) -> None:
        self._sink = sink
        self._voice_for = voice_for
        #: Called with True when the device is lost, with False when it is back.
        self._on_lost = on_lost
        self._wake = threading.Condition()
        self._job: _Job | None = None
        self._paused = False
        self._closed = False
        self._lost_at: float | None = None
        self._thread = threading.Thread(target=self._run, name="player", daemon=True)
        self._thread.start()

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
        rate: float = 1.0,
        gain_db: float = 0.0,
        on_line: OnLine = lambda index: None,
        on_end: OnEnd = lambda completed: None,
    ) -> None:
        """Say these lines, in place of whatever is being said. Returns at once."""
        job = _Job(tuple(lines), language, rate, gain_db, on_line, on_end)
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
            self._wake.notify()
        self._sink.stop()
        self._thread.join(timeout=5)
        self._sink.close()

    def _pause(self, paused: bool) -> None:
        with self._wake:
            self._paused = paused
        self._sink.pause(paused)

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._job is not None or self._closed, RETRY)
                job = self._job
                if self._closed:
                    return
            if job is None:
                self._try_again()
            else:
                self._do(job)

    def _do(self, job: _Job) -> None:
        completed = self._say_all(job)
        with self._wake:
            if self._job is job:
                self._job = None
        if completed:
            self._sink.rest()
        job.on_end(completed)

    def _say_all(self, job: _Job) -> bool:
        """Whether every line was said (or passed in silence) without being broken off."""
        voice = self._voice_for(job.language)
        for index, line in enumerate(job.lines):
            if not self._is(job):
                return False
            sound = voice.sound(line, job.rate)
            job.on_line(index)
            if not self._play(job, sound):
                return False
            if index + 1 < len(job.lines):
                voice.sound(job.lines[index + 1], job.rate)
            if not self._wait(job, line.pause / job.rate):
                return False
        return True

    def _is(self, job: _Job) -> bool:
        with self._wake:
            return self._job is job

    def _play(self, job: _Job, sound: Sound) -> bool:
        if self.lost:
            self._try_again()
        try:
            with self._wake:
                # Not after a stop: the sink would speak over whoever stopped it.
                if self._job is not job:
                    return False
                if not self.lost:
                    self._sink.start(sound, job.gain_db)
            while not self.lost and (self._sink.playing() or self._paused):
                if not self._is(job):
                    return False
                time.sleep(LOOK)
        except DeviceLost as error:
            self._lose(error)
        return self._is(job) if not self.lost else self._wait(job, sound.seconds)

    def _wait(self, job: _Job, seconds: float) -> bool:
        """Let time pass; False as soon as the job is another. A pause adds to it."""
        until = time.monotonic() + seconds
        while time.monotonic() < until or self._paused:
            if not self._is(job):
                return False
            time.sleep(LOOK)
        return True

    def _lose(self, error: DeviceLost) -> None:
        self._sink.stop()
        self._lost_at = time.monotonic()
        log.warning("player.device_lost", error=str(error))
        self._on_lost(True)

    def _try_again(self) -> None:
        """Is the device back? Then it is used again."""
        if self._lost_at is None or time.monotonic() - self._lost_at < RETRY:
            return
        self._lost_at = time.monotonic()
        devices.refresh()
        if self._sink.there():
            self._lost_at = None
            log.info("player.device_back")
            self._on_lost(False)
