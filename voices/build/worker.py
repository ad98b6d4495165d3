"""A process that renders: ``python -m voices.build.worker FOLDER``, one request a line.

Request: ``{"text", "language", "voice"}``; answer: ``{"samples": n}`` and then n float32 numbers at
24 kHz, or ``{"error"}``, which never holds the text. It has a low priority, for customers wait for
everything else, and one voice loaded at a time.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from voices.build.finish import finish
from voices.build.sources import SourceError, fetch
from voices.build.synth import ExtraMissing, Synth
from voices.sound import Sound

#: A tenth of what a busy kiosk takes beside it; lower, it would come to nothing there.
NICE = 10


class Loaded:
    """The voice that spoke last."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._synth: tuple[str, Synth] | None = None

    def speak(self, text: str, language: str, voice: str) -> Sound:
        if self._synth is None or self._synth[0] != voice:
            files = fetch(voice, self._folder)
            self._synth = voice, Synth(files.model, files.style, language)
        return finish(self._synth[1].speak(text))


def answer(loaded: Loaded, asked: Mapping[str, str], out: BinaryIO) -> None:
    try:
        sound = loaded.speak(asked["text"], asked["language"], asked["voice"])
    except (SourceError, ExtraMissing) as error:
        out.write(json.dumps({"error": str(error)}).encode() + b"\n")
    except Exception as error:
        # What a front end says of a text may quote it.
        out.write(json.dumps({"error": f"not to be spoken: {type(error).__name__}"}).encode())
        out.write(b"\n")
    else:
        out.write(json.dumps({"samples": len(sound.samples)}).encode() + b"\n")
        out.write(sound.samples.astype("<f4").tobytes())
    out.flush()


def main() -> int:
    os.nice(NICE)
    loaded, out = Loaded(Path(sys.argv[1])), sys.stdout.buffer
    # Packages greet on standard output, which is for answers.
    with contextlib.redirect_stdout(sys.stderr):
        for line in sys.stdin:
            answer(loaded, json.loads(line), out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
