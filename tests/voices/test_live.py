"""Live speech: pyttsx3 over espeak-ng 1.52, and every defect of theirs that is guarded against."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from voices.codec import CodecError, decode
from voices.speaking.espeak_worker import is_whole
from voices.speaking.live import LEVEL, VOICES, WORKER, EngineError, EspeakEngine, NullEngine

pytestmark = pytest.mark.device

#: Workers that fail, each in its own way; the argument is the folder of the real one.
HANGS = (
    "import sys,time\nprint('{\"ready\": true}', flush=True)\nsys.stdin.readline()\ntime.sleep(60)"
)
DIES = "import sys\nprint('{\"ready\": true}', flush=True)\nsys.stdin.readline()"
LATE = """import os, sys
print('{{"ready": true}}', flush=True)
for _ in sys.stdin:
    with open({asked!r}, "a") as file:
        print(os.getpid(), file=file)
    print('{{"late": true}}', flush=True)
"""
NEVER_READY = "import time\ntime.sleep(60)"


@pytest.fixture(scope="module")
def engine() -> Iterator[EspeakEngine]:
    made = EspeakEngine()
    yield made
    made.close()


def failing(program: str, patience: float = 0.3) -> EspeakEngine:
    return EspeakEngine((sys.executable, "-c", program), patience=patience)


@pytest.mark.parametrize(
    ("language", "text"), [("zh-CN", "请到三号窗口"), ("en", "Counter three"), ("ko", "안녕하세요")]
)
def test_every_language_is_spoken_level_and_without_silence_around(
    engine: EspeakEngine, language: str, text: str
) -> None:
    sound = engine.speak(text, language)
    assert 0.3 < sound.seconds < 4
    assert float(np.sqrt(np.mean(sound.samples**2))) == pytest.approx(LEVEL, rel=0.25)
    assert np.abs(sound.samples[:240]).max() > 0.0005


def test_mandarin_is_spoken_as_mandarin(engine: EspeakEngine) -> None:
    """Debian's 1.51 spells Chinese out in English letters, three times as long."""
    assert engine.speak("银行", "zh-CN").seconds < 1.2


def test_the_first_and_every_file_is_whole(engine: EspeakEngine) -> None:
    """pyttsx3's first `runAndWait` returns before its file exists; the worker waits for it."""
    fresh = EspeakEngine()
    first = fresh.speak("一二三四五六七八九十", "zh-CN")
    assert first.seconds == pytest.approx(
        engine.speak("一二三四五六七八九十", "zh-CN").seconds, 0.05
    )
    fresh.close()


def test_texts_one_after_another_are_each_their_own(engine: EspeakEngine) -> None:
    """Two texts asked for together would give only the last."""
    short, long = engine.speak("好", "zh-CN"), engine.speak("请您稍等一下，马上就来", "zh-CN")
    assert long.seconds > short.seconds * 2


def test_eight_threads_at_once_all_get_their_own(engine: EspeakEngine) -> None:
    """One shared engine deadlocks when it is used from several threads."""
    lengths: dict[int, float] = {}

    def speak(count: int) -> None:
        lengths[count] = engine.speak("好" * count, "zh-CN").seconds

    threads = [threading.Thread(target=speak, args=(n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(lengths, key=lambda n: lengths[n]) == list(range(1, 9))


def test_a_language_without_a_voice_is_named(engine: EspeakEngine) -> None:
    with pytest.raises(EngineError, match="no voice 'xx'"):
        engine.speak("bonjour", "xx")


def test_a_bad_voice_name_is_no_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """pyttsx3 swallows it and goes on in English; the worker looks again."""
    monkeypatch.setitem(VOICES, "zh-CN", "sit/nobody")  # type: ignore[arg-type]
    own = EspeakEngine()
    with pytest.raises(EngineError, match="sit/nobody"):
        own.speak("你好", "zh-CN")
    own.close()


@pytest.mark.parametrize("text", ["", "  ", "长" * 601])
def test_nothing_and_too_much_are_refused(engine: EspeakEngine, text: str) -> None:
    with pytest.raises(EngineError, match="1 to 600"):
        engine.speak(text, "zh-CN")


def test_a_hanging_engine_is_ended_and_the_next_text_starts_it_anew() -> None:
    hanging = failing(HANGS)
    with pytest.raises(EngineError, match=r"no answer in 0\.3 s"):
        hanging.speak("你好", "zh-CN")
    # The same engine, with a worker that works
    hanging._command, hanging._patience = WORKER, 8
    assert hanging.speak("你好", "zh-CN").seconds > 0.2
    hanging.close()


def test_what_comes_too_late_never_runs_into_the_next_text(tmp_path: Path) -> None:
    """What a process still speaks would be the beginning of the next file: another one is asked."""
    asked = tmp_path / "asked"
    slow = failing(LATE.format(asked=str(asked)), patience=8)
    with pytest.raises(EngineError, match="no sound in 2 tries"):
        slow.speak("你好", "zh-CN")
    first, second = asked.read_text().split()
    assert first != second, "not by the process that still speaks"
    slow.close()


@pytest.mark.parametrize("program", [DIES, NEVER_READY, "raise SystemExit(1)"])
def test_an_engine_that_ends_or_never_starts_is_an_error(program: str) -> None:
    broken = failing(program)
    with pytest.raises(EngineError):
        broken.speak("你好", "zh-CN")
    broken.close()


def test_a_program_that_is_not_there_is_an_error() -> None:
    absent = EspeakEngine(("/nowhere/espeak",))
    with pytest.raises(EngineError, match="can't be started"):
        absent.speak("你好", "zh-CN")
    absent.close()


def test_nothing_speaks_where_it_is_switched_off() -> None:
    with pytest.raises(EngineError, match="switched off"):
        NullEngine().speak("你好", "zh-CN")


def test_half_a_file_is_not_whole(tmp_path: Path, engine: EspeakEngine) -> None:
    file = tmp_path / "half.wav"
    assert not is_whole(file)
    file.write_bytes(b"RIFF\x00\x00\x00\x00WAVEfmt ")
    assert not is_whole(file)
    with pytest.raises(CodecError, match=r"half\.wav"):
        decode(file)
