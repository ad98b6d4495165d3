"""Kokoro in a process of its own, at a low priority, and whether it is installed here."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

import numpy as np

from voices.build.sources import CACHE, MODEL
from voices.sound import SPEAK_RATE, Samples, Sound
from voices.speaking.background import (
    BackgroundRenderer,
    NullRenderer,
    Order,
    Renderer,
    RenderError,
)
from voices.speaking.pack import Pack

WORKER = (sys.executable, "-m", "voices.build.worker")
#: What the extra `voices` brings, by the language that needs it.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "zh-CN": ("onnxruntime", "kokoro_onnx", "misaki", "jieba"),
    "en": ("onnxruntime", "kokoro_onnx"),
}


def installed(packs: Mapping[str, tuple[Pack, ...]], folder: Path = CACHE) -> frozenset[str]:
    """The languages whose every voice can be rendered: packages and files are here.

    Nothing is fetched: `kiosk voices build` does that.
    """
    if not (folder / MODEL).is_file():
        return frozenset()
    return frozenset(
        language
        for language, those in packs.items()
        if all(importlib.util.find_spec(name) for name in NEEDS.get(language, ("",)) if name)
        and language in NEEDS
        and all((folder / f"{pack.voice}.bin").is_file() for pack in those)
    )


def open_renderer(packs: Mapping[str, tuple[Pack, ...]], folder: Path = CACHE) -> Renderer:
    """What renders free text here."""
    languages = installed(packs, folder)
    if not languages:
        return NullRenderer()
    return BackgroundRenderer(KokoroProcess(languages, (*WORKER, str(folder))))


class KokoroProcess:
    """The process is begun with the first text and ended by `rest`, whatever it does then.

    A request is a line of JSON; an answer is a line of JSON and, after it, its samples: nothing
    goes over the disk.
    """

    def __init__(self, languages: frozenset[str], command: Sequence[str]) -> None:
        self.languages = languages
        self._command = tuple(command)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def make(self, order: Order) -> Sound:
        asked = {"text": order.text, "language": order.language, "voice": order.voice}
        process = self._ready()
        try:
            if process.stdin is None or process.stdout is None:
                raise RenderError("the rendering process has no pipes")
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            return Sound(_answer(process.stdout), SPEAK_RATE)
        except (OSError, ValueError) as error:
            self.rest()
            raise RenderError(
                f"the rendering process ended ({type(error).__name__}); the next text begins it"
            ) from error

    def rest(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    # What it didn't take any more is lost with it.
                    with contextlib.suppress(OSError):
                        pipe.close()

    def _ready(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                try:
                    # Our own module under this interpreter.
                    self._process = subprocess.Popen(  # noqa: S603
                        self._command,
                        stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.DEVNULL,
                    )
                except OSError as error:
                    raise RenderError(f"the rendering process can't be started: {error}") from error
            return self._process


def _answer(pipe: IO[bytes]) -> Samples:
    """The samples of one answer. Raises `RenderError` where it tells of one, `ValueError` where the
    process is gone."""
    head = json.loads(pipe.readline())
    if "error" in head:
        raise RenderError(str(head["error"]))
    raw = pipe.read(4 * int(head["samples"]))
    if len(raw) != 4 * int(head["samples"]):
        raise ValueError("an answer that broke off")
    return np.frombuffer(raw, "<f4").astype(np.float32)
