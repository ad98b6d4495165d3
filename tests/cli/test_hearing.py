"""`kiosk hearing`: a branch's own recordings, scored; faults are named with their line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.cli.hearing import Ring
from tests.support.models import MODELS, needs_people, needs_whisper
from tests.support.sounds import people
from voices.codec import decode, wav
from voices.hearing.ports import Expected, Heard
from voices.hearing.scoring import ScoringError, scores, takes
from voices.sound import HEAR_RATE, Samples, Sound


class Parrot:
    """A recogniser that hears what the test has lined up."""

    name, languages = "parrot", frozenset({"zh-CN"})

    def __init__(self, *heard: Heard) -> None:
        self.heard = list(heard)
        self.expected: Expected | None = None

    def prepare(self, expected: Expected) -> None:
        self.expected = expected

    def open(self, expected: Expected) -> Parrot:
        return self

    def feed(self, samples: Samples) -> None:
        assert len(samples)

    def result(self) -> Heard:
        return self.heard.pop(0)

    def close(self) -> None:
        return None


def folder(tmp_path: Path, *lines: str) -> Path:
    quiet = Sound(np.zeros(HEAR_RATE, np.float32), HEAR_RATE)
    for name in "abcd":
        (tmp_path / f"{name}.wav").write_bytes(wav(quiet))
    (tmp_path / "said.csv").write_text("\n".join(("file,said,speaker", *lines)), "utf-8")
    return tmp_path


def test_each_speaker_is_counted_apart(tmp_path: Path) -> None:
    given = takes(
        folder(tmp_path, "a.wav,返回,王", "b.wav,帮助,王", "c.wav,取消,李", "d.wav,确认,")
    )
    parrot = Parrot(
        *(Heard("确认", 0.7), Heard(None, 0.3, ("取消",)), Heard("返回", 0.99), Heard("取消", 0.9))
    )
    found = {one.speaker: one for one in scores(parrot, "zh-CN", given, ("救命",), (), 0.6)}
    assert parrot.expected == Expected("zh-CN", ("救命", "返回", "帮助", "取消", "确认"))
    assert (found["-"].right, found["-"].accepted, found["-"].wrong) == (1, 1, 0)
    assert (found["李"].right, found["李"].accepted, found["李"].wrong) == (1, 0, 0)
    assert (found["王"].takes, found["王"].right, found["王"].wrong) == (2, 1, 1)


@pytest.mark.parametrize("line", ["x.wav,返回,王", "a.wav,,王", ",,"])
def test_a_line_that_leads_to_nothing_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(ScoringError, match="line 3"):
        takes(folder(tmp_path, "b.wav,返回,王", line))


def test_a_folder_without_a_list_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(ScoringError, match="speaker"):
        takes(tmp_path)
    with pytest.raises(ScoringError, match="lists nothing"):
        takes(folder(tmp_path))


def test_what_is_no_sound_is_named(tmp_path: Path) -> None:
    given = takes(folder(tmp_path, "a.wav,返回,王"))
    given[0].path.write_text("no sound")
    with pytest.raises(ScoringError, match=r"a\.wav"):
        list(scores(Parrot(), "zh-CN", given, (), (), 0.6))


def test_without_a_model_the_remedy_is_named(tmp_path: Path) -> None:
    (tmp_path / "said.csv").write_text("file,said,speaker\n", "utf-8")
    done = CliRunner().invoke(
        main, ["hearing", "score", str(tmp_path), "--data", str(tmp_path / "data")]
    )
    assert done.exit_code == 1
    assert "kiosk models" in done.output


def test_levels_are_of_the_last_seconds() -> None:
    ring = Ring()
    assert "no sound" in ring.levels()
    ring.add(np.full(HEAR_RATE * 5, 1.0, np.float32))
    ring.add(np.full(HEAR_RATE * 4, 0.1, np.float32))
    assert "loudest -20 dB" in ring.levels()


@pytest.mark.device
@needs_whisper
@needs_people
def test_a_table_says_how_each_speaker_was_heard(tmp_path: Path) -> None:
    for name, word in (("a", "返回"), ("b", "取消")):
        sound = decode(people("zh-CN")[word], HEAR_RATE)
        (tmp_path / f"{name}.wav").write_bytes(wav(sound))
    (tmp_path / "said.csv").write_text("file,said,speaker\na.wav,返回,1\nb.wav,取消,1\n", "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models").symlink_to(MODELS)
    done = CliRunner().invoke(
        main, ["hearing", "score", str(tmp_path), "--data", str(tmp_path / "data")]
    )
    assert done.exit_code == 0, done.output
    assert "100.0%   " in done.output
