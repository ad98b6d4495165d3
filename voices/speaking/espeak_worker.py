"""A process that speaks: pyttsx3 over espeak-ng 1.52, one request a line, one answer a line.

It is a process of its own because the engine can hang, and only a process can be ended. Request:
``{"text", "voice", "file"}``; answer: ``{"file"}`` once the file is whole, ``{"error"}``, or
``{"late"}``: then this process is to be ended, for what it still speaks would run into the next
text.

pyttsx3 2.99 is used around its defects: the data path is set and the library loaded before it is
imported; the first file is thrown away, for `runAndWait` returns before it exists; one file is
asked for at a time; a voice is checked after it was set, for a bad name is swallowed.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import time
import wave
from pathlib import Path
from typing import Any

#: How long a file may take to be whole, in seconds; on a busy machine one in some hundred never
#: comes.
PATIENCE = 3.0
#: Words a minute: espeak-ng is easier to follow a little slower than its default 175.
RATE = 150


def engine() -> Any:
    """pyttsx3 over the espeak-ng that its loader package carries."""
    import espeakng_loader

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
    import pyttsx3

    found = pyttsx3.init("espeak")
    found.setProperty("rate", RATE)
    return found


def speak(speaker: Any, text: str, voice: str, file: Path) -> None:
    """Write the speech to `file`. Raises `ValueError` for a voice that isn't there,
    `TimeoutError` where the file didn't come."""
    voice = full_name(speaker, voice)
    speaker.setProperty("voice", voice)
    speaker.save_to_file(text, str(file))
    speaker.runAndWait()
    if speaker.getProperty("voice") != voice:
        raise ValueError(f"espeak-ng has no voice {voice!r}")
    if not comes(file):
        raise TimeoutError(f"no sound in {PATIENCE:g} s")


def comes(file: Path) -> bool:
    """Wait for the whole file; whether it came."""
    until = time.monotonic() + PATIENCE
    while not is_whole(file):
        if time.monotonic() > until:
            return False
        time.sleep(0.005)
    return True


def full_name(speaker: Any, voice: str) -> str:
    """A voice as espeak-ng names it: ``roa/fr`` for ``fr``; what has no such name stays."""
    names = [str(one.id) for one in speaker.getProperty("voices")]
    if voice in names:
        return voice
    return next((name for name in names if name.rpartition("/")[2] == voice), voice)


def is_whole(file: Path) -> bool:
    """Whether a WAV file is as long as its header says."""
    try:
        with wave.open(str(file)) as sound:
            size = sound.getnframes() * sound.getsampwidth() * sound.getnchannels()
            return bool(size > 0 and file.stat().st_size >= size + 44)
    except (OSError, EOFError, wave.Error):
        return False


def main() -> None:
    # pyttsx3 prints to standard output, where only answers may be.
    answers, sys.stdout = sys.stdout, sys.stderr

    def answer(said: dict[str, Any]) -> None:
        answers.write(json.dumps(said) + "\n")
        answers.flush()

    speaker = engine()
    warm = Path(sys.argv[1]) / "warm.wav"
    try:
        speak(speaker, "one", "gmw/en-us", warm)
    except (ValueError, TimeoutError):
        # The first file may never come; that is what it is for.
        warm.unlink(missing_ok=True)
    answer({"ready": True})
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            speak(speaker, asked["text"], asked["voice"], Path(asked["file"]))
            answer({"file": asked["file"]})
        except TimeoutError:
            answer({"late": True})
        except Exception as error:
            answer({"error": str(error)})


if __name__ == "__main__":
    main()
