"""Speech made the moment it is needed, for names and words that nobody recorded."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Protocol

import numpy as np
import structlog

from voices.codec import decode
from voices.sound import Sound
from voices.speaking.espeak_zh import sayable

log = structlog.get_logger()

#: espeak-ng's voices by language; any other language is asked for by its own tag.
VOICES: Mapping[str, str] = {"zh-CN": "sit/cmn", "en": "gmw/en-us", "ko": "ko"}
#: How a text is put where it reads a language with gaps.
AS_READ: Mapping[str, Callable[[str], str]] = {"zh-CN": sayable}
#: Root mean square of its speech after levelling: about −16 LUFS.
LEVEL = 0.12
#: Longer texts are refused: nobody listens to a synthesiser for a minute.
MAX_LENGTH = 600


class EngineError(RuntimeError):
    """Live speech isn't to be had now: why, and what to do."""

    code = "live_speech"


class Engine(Protocol):
    """Turns any text into sound. Safe to use from any thread."""

    def speak(self, text: str, language: str) -> Sound:
        """Raises `EngineError`."""
        ...

    def close(self) -> None: ...


class NullEngine:
    """Says nothing."""

    def speak(self, text: str, language: str) -> Sound:
        raise EngineError("live speech is switched off")

    def close(self) -> None:
        return None


#: How often a text is given to a process that makes nothing of it in time.
TRIES = 2
WORKER = (sys.executable, "-m", "voices.speaking.espeak_worker")


class EspeakEngine:
    """pyttsx3 over espeak-ng in a process of its own, which is ended and replaced if it hangs."""

    def __init__(self, command: Sequence[str] = WORKER, *, patience: float = 8.0) -> None:
        self._command = tuple(command)
        self._patience = patience
        self._lock = threading.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix="wuai-voice-")
        self._worker: _Worker | None = None

    def speak(self, text: str, language: str) -> Sound:
        if not text.strip() or len(text) > MAX_LENGTH:
            raise EngineError(f"{len(text)} characters; 1 to {MAX_LENGTH} can be said live")
        with self._lock:
            file = Path(self._folder.name) / "said.wav"
            put = AS_READ.get(language, str)
            asked = {"text": put(text), "voice": VOICES.get(language, language), "file": str(file)}
            try:
                self._ask(asked, file)
                return levelled(decode(file))
            finally:
                file.unlink(missing_ok=True)

    def _ask(self, asked: Mapping[str, str], file: Path) -> None:
        """Have it said, once more by another process where the first one doesn't get to it."""
        for _ in range(TRIES):
            file.unlink(missing_ok=True)
            answer = self._ready().ask(asked, self._patience)
            if "error" in answer:
                raise EngineError(f"espeak-ng: {answer['error']}")
            if "late" not in answer:
                return
            self._end()
        raise EngineError(f"espeak-ng made no sound in {TRIES} tries")

    def close(self) -> None:
        with self._lock:
            self._end()
            self._folder.cleanup()

    def _ready(self) -> _Worker:
        if self._worker is None or not self._worker.alive:
            self._end()
            self._worker = _Worker((*self._command, self._folder.name), self._patience)
        return self._worker

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None


class _Worker:
    """The process, and a thread that reads its answers."""

    def __init__(self, command: Sequence[str], patience: float) -> None:
        try:
            # The command is our own module under this interpreter.
            self._process = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        except OSError as error:
            raise EngineError(f"the speaking process can't be started: {error}") from error
        self._answers: queue.Queue[str] = queue.Queue()
        threading.Thread(
            target=self._read, args=(self._process.stdout,), name="espeak", daemon=True
        ).start()
        self._next(patience)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, asked: Mapping[str, str], patience: float) -> dict[str, str]:
        try:
            if self._process.stdin is None:
                raise EngineError("the speaking process has no input")
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()
        except OSError as error:
            self.end()
            raise EngineError(
                "the speaking process is gone; the next text starts it anew"
            ) from error
        return self._next(patience)

    def _next(self, patience: float) -> dict[str, str]:
        try:
            line = self._answers.get(timeout=patience)
        except queue.Empty:
            log.warning("voice.engine_hangs", seconds=patience)
            self.end()
            raise EngineError(f"espeak-ng gave no answer in {patience:g} s") from None
        if not line:
            self.end()
            raise EngineError("espeak-ng ended; is the package espeakng-loader installed?")
        found: dict[str, str] = json.loads(line)
        return found

    def _read(self, lines: IO[str] | None) -> None:
        for line in lines or ():
            self._answers.put(line)
        self._answers.put("")

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


def levelled(sound: Sound) -> Sound:
    """As loud as the clips, without silence at the ends."""
    size = np.abs(sound.samples)
    if not len(size) or size.max() < 1e-4:
        raise EngineError("espeak-ng made no sound")
    heard = np.nonzero(size > size.max() * 0.01)[0]
    samples = sound.samples[heard[0] : heard[-1] + 1]
    gain = LEVEL / float(np.sqrt(np.mean(samples**2)))
    return Sound(np.clip(samples * np.float32(gain), -0.9, 0.9), sound.rate)
