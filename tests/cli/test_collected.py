"""`kiosk hearing collected`: counted, taken out and deleted, each with its row in the trail."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from kiosk import sound_check
from kiosk.cli import main
from kiosk.cli.opened import opened
from kiosk.collected.folder import Folder
from kiosk.collected.ports import Collected
from kiosk.queue.storage.crypto import FernetSealer, load_or_create_key
from kiosk.settings import Settings
from voices.hearing.scoring import takes
from voices.sound import HEAR_RATE

TONE = (0.3 * np.sin(np.arange(HEAR_RATE) / 5)).astype(np.float32)
MARK = "0123456789abcdef"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A branch that has collected two utterances, one of them not understood."""
    found = Settings(data=tmp_path / "data")
    found.make_folders()
    folder = Folder(found.speech, FernetSealer(load_or_create_key(found.key_file)))
    folder.put(Collected(MARK, "zh-CN", "at_once", "返回", 0.99, TONE), date(2026, 11, 26), 10)
    folder.put(Collected(MARK, "zh-CN", "missed"), date(2026, 11, 26), 10)
    return found


def run(settings: Settings, *options: str, typed: str | None = None) -> Result:
    command = ["hearing", "collected", *options, "--data", str(settings.data)]
    return CliRunner().invoke(main, command, input=typed)


def trail(settings: Settings) -> list[tuple[str, str]]:
    with opened(settings) as queue:
        return [(row.what, row.details) for row in queue.audit.rows(subject="speech")]


def left(settings: Settings) -> int:
    return len(list(settings.speech.glob("*.sealed")))


def test_it_counts_and_changes_nothing(settings: Settings) -> None:
    done = run(settings)
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-1].split() == ["2026-11-26", MARK, "2", "1", "0", "1"]
    assert "返回" not in done.output
    assert trail(settings) == []
    assert left(settings) == 2


def test_where_nothing_was_collected_it_says_so_and_makes_nothing(tmp_path: Path) -> None:
    empty = Settings(data=tmp_path / "none")
    for options in ((), ("--delete",), ("--export", str(tmp_path / "out"))):
        assert run(empty, *options).output == "nothing is kept\n"
    assert not empty.data.exists()


def test_an_export_is_asked_about_noted_and_can_be_scored(
    settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    refused = run(settings, "--export", str(out), typed="n\n")
    assert refused.exit_code == 1
    assert "in the clear" in refused.output
    assert not out.exists()
    assert trail(settings) == []
    done = run(settings, "--export", str(out), typed="y\n")
    assert done.exit_code == 0, done.output
    assert [(one.said, one.speaker) for one in takes(out)] == [("返回", MARK)]
    ((what, details),) = trail(settings)
    assert (what, json.loads(details)) == ("speech.exported", {"language": "zh-CN"})
    assert left(settings) == 2


def test_an_export_into_a_folder_with_something_in_it_is_refused(
    settings: Settings, tmp_path: Path
) -> None:
    done = run(settings, "--export", str(settings.data), "--yes")
    assert done.exit_code == 1
    assert "isn't empty" in done.output


def test_deleting_is_asked_about_and_noted(settings: Settings) -> None:
    assert run(settings, "--delete", typed="n\n").exit_code == 1
    assert left(settings) == 2
    done = run(settings, "--delete", "--yes")
    assert done.exit_code == 0, done.output
    assert left(settings) == 0
    ((what, details),) = trail(settings)
    assert (what, json.loads(details)) == ("speech.deleted", {"count": 2})


def test_both_at_once_is_refused(settings: Settings, tmp_path: Path) -> None:
    done = run(settings, "--delete", "--export", str(tmp_path / "out"), "--yes")
    assert done.exit_code == 2
    assert left(settings) == 2


def test_what_another_key_sealed_is_named(settings: Settings) -> None:
    settings.key_file.unlink()
    load_or_create_key(settings.key_file)
    done = run(settings)
    assert done.exit_code == 1
    assert ".sealed can't be opened" in done.output


def test_doctor_says_whether_it_is_on_and_how_much_is_here(settings: Settings) -> None:
    off = sound_check.collecting(settings)
    assert (
        off.found == "off: no speech is kept; 2 utterances are still here: kiosk hearing collected"
    )
    on = sound_check.collecting(settings.model_copy(update={"collect_speech": True}))
    assert on.found == "on: customers are asked; 2 utterances are here, for 30 days, 2000 at most"
