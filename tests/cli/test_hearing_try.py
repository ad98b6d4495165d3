"""`kiosk hearing try` with a real microphone: PulseAudio's, of nothing, that people speak into."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.cli.hearing import WORDS
from tests.support.models import MODELS, needs_people, needs_whisper
from tests.support.pulse import AVAILABLE, Pulse, pulse
from tests.support.sounds import people
from voices.codec import decode

pytestmark = [
    pytest.mark.device,
    needs_whisper,
    needs_people,
    pytest.mark.skipif(not AVAILABLE, reason="PulseAudio isn't here"),
]
#: A line that hasn't come by then won't (seconds): the model is loaded on a busy machine.
PATIENCE = 120.0
SPOKEN = ("帮助", "返回", "取消")


@pytest.fixture
def sound() -> Iterator[Pulse]:
    with pulse() as running:
        yield running


@contextmanager
def trying(data: Path) -> Iterator[queue.Queue[str]]:
    """The command, and each line that it writes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "hearing", "try", "--data", str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in process.stdout or ():
            lines.put(line.strip())

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        yield lines
    finally:
        process.kill()
        process.wait()
        reader.join()
        if process.stdout is not None:
            process.stdout.close()


def answered(lines: queue.Queue[str], sound: Pulse, word: str, number: int) -> str:
    """Say a word until the command has an answer: it may not be listening yet."""
    for _ in range(8):
        sound.play(decode(people("zh-CN")[word]))
        try:
            while not (line := lines.get(timeout=4)).startswith(f"{number}:"):
                pass
        except queue.Empty:
            continue
        return line
    raise AssertionError(f"no answer to word {number}, {word}")


def test_it_says_what_people_say_and_how_loud_it_was(sound: Pulse, tmp_path: Path) -> None:
    (tmp_path / "models").symlink_to(MODELS)
    with trying(tmp_path) as lines:
        while not lines.get(timeout=PATIENCE).startswith("Say one of these"):
            pass
        found = [
            answered(lines, sound, SPOKEN[number % len(SPOKEN)], number)
            for number in range(1, WORDS + 1)
        ]
    right = sum(SPOKEN[at % len(SPOKEN)] in line for at, line in enumerate(found, start=1))
    assert right >= WORDS - 1, found
    assert all("loudest -" in line and "dB apart" in line for line in found), found
