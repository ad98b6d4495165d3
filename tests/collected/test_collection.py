"""What customers let the branch keep: sealed, bounded, and deleted for certain."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.collected.collection import REMEMBERED, SealedCollection
from kiosk.collected.export import ExportError, export
from kiosk.collected.folder import Folder, Unreadable
from kiosk.collected.ports import Collected
from kiosk.collected.tally import tallies
from kiosk.queue.storage.crypto import FernetSealer
from tests.support.remains import files_with
from voices.codec import decode
from voices.hearing.scoring import takes
from voices.sound import HEAR_RATE

TODAY = date(2026, 11, 26)
ONE, OTHER = "1" * 16, "2" * 16
TONE = (0.3 * np.sin(np.arange(HEAR_RATE) / 5)).astype(np.float32)


def said(speaker: str = ONE, phrase: str = "取养老金") -> Collected:
    return Collected(speaker, "zh-CN", "at_once", phrase, 0.97, TONE)


class Branch:
    """A collection whose day can be set."""

    def __init__(self, path: Path, *, most: int = 100) -> None:
        self.today = TODAY
        self.path = path
        self.folder = Folder(path, FernetSealer.ephemeral())
        self.collection = SealedCollection(
            self.folder, lambda: self.today, lambda _: True, days=30, most=most, inline=True
        )

    def speakers(self) -> list[str]:
        return [one.speaker for one in self.folder.entries()]


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    return Branch(tmp_path / "speech")


def test_what_was_kept_comes_back_and_stands_nowhere_in_the_clear(branch: Branch) -> None:
    branch.collection.keep(said())
    (entry,) = branch.folder.entries()
    found = branch.folder.open(entry)
    assert (found.speaker, found.phrase, found.outcome) == (ONE, "取养老金", "at_once")
    assert np.abs(found.sound - TONE).max() < 1e-3
    assert (entry.day, entry.speaker) == (TODAY, ONE)
    assert files_with(branch.path, "取养老金") == []
    assert b"WAVE" not in entry.path.read_bytes()
    assert entry.path.stat().st_mode & 0o077 == 0
    assert branch.path.stat().st_mode & 0o077 == 0


def test_another_key_or_another_speaker_opens_nothing(branch: Branch) -> None:
    branch.collection.keep(said())
    (entry,) = branch.folder.entries()
    with pytest.raises(Unreadable, match="delete it"):
        Folder(branch.path, FernetSealer.ephemeral()).open(entry)
    moved = entry.path.rename(entry.path.with_name(entry.path.name.replace(ONE, OTHER)))
    assert moved.exists()
    (entry,) = branch.folder.entries()
    with pytest.raises(Unreadable):
        branch.folder.open(entry)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.integers(1, 5))
def test_neither_more_days_nor_more_utterances_than_was_said(
    tmp_path_factory: pytest.TempPathFactory, days: list[int], most: int
) -> None:
    """Whatever is kept on whatever days, and whenever the clock is set back."""
    branch = Branch(tmp_path_factory.mktemp("speech"), most=most)
    for day in days:
        branch.today = TODAY + timedelta(days=day)
        branch.collection.keep(said())
        branch.collection.wipe()
        found = [one.day for one in branch.folder.entries()]
        assert len(found) <= most
        assert all(branch.today - timedelta(days=30) <= one <= branch.today for one in found)
    # Then nothing is left once its days are over, with nobody saying anything more
    branch.today += timedelta(days=31)
    branch.collection.wipe()
    assert branch.speakers() == []


def test_a_yes_that_is_taken_back_deletes_that_speaker_only_and_for_good(branch: Branch) -> None:
    for one in (ONE, OTHER, ONE):
        branch.collection.keep(said(one))
    branch.collection.forget(ONE)
    # What was under way when it was taken back comes to nothing
    branch.collection.keep(said(ONE))
    assert branch.speakers() == [OTHER]


def test_what_cannot_be_deleted_now_is_tried_again(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch.collection.keep(said())
    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", _refuses)
        branch.collection.forget(ONE)
    assert branch.speakers() == [ONE]
    branch.collection.wipe()
    assert branch.speakers() == []


def test_what_is_remembered_of_those_who_took_it_back_is_bounded(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch.collection.keep(said())
    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", _refuses)
        branch.collection.forget(ONE)
        for number in range(2 * REMEMBERED):
            branch.collection.forget(f"{number:016x}")
    dropped: list[str] = []
    drop = Folder.drop

    def noted(folder: Folder, speaker: str) -> None:
        dropped.append(speaker)
        drop(folder, speaker)

    monkeypatch.setattr(Folder, "drop", noted)
    # What couldn't be deleted is never forgotten, and what was is looked for no more
    branch.collection.wipe()
    assert ONE in dropped
    assert branch.speakers() == []
    dropped.clear()
    branch.collection.wipe()
    assert dropped == []
    assert len(branch.collection._withdrawn) == REMEMBERED


def _refuses(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_full_disk_costs_the_utterance_and_a_log_without_words(
    branch: Branch, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("kiosk.collected.folder.write_whole", full)
        branch.collection.keep(said())
    branch.collection.keep(said(OTHER))
    assert branch.speakers() == [OTHER]
    logged = "".join(capfd.readouterr())
    assert "No space left" in logged
    assert "取养老金" not in logged


def test_what_a_crash_left_half_written_is_gone_at_the_next_start(branch: Branch) -> None:
    branch.collection.keep(said())
    half = branch.path / "2026-11-26.x.sealed.abcd.new"
    half.write_bytes(b"half")
    Branch(branch.path)
    assert not half.exists()
    assert branch.speakers() == [ONE]


def test_tallies_are_by_day_and_speaker(branch: Branch) -> None:
    for one in (said(), Collected(ONE, "zh-CN", "missed"), said(OTHER)):
        branch.collection.keep(one)
    branch.today += timedelta(days=1)
    branch.collection.keep(Collected(ONE, "zh-CN", "asked", "取钱", 0.7, TONE))
    found = list(tallies(branch.folder, branch.folder.entries()))
    assert [(one.day.day, one.speaker, one.at_once, one.asked, one.missed) for one in found] == [
        (26, ONE, 1, 0, 1),
        (26, OTHER, 1, 0, 0),
        (27, ONE, 0, 1, 0),
    ]


def test_an_export_is_what_score_takes(branch: Branch, tmp_path: Path) -> None:
    kept = (
        said(),
        said(OTHER, "取钱，存钱"),
        Collected(ONE, "zh-CN", "missed"),
        Collected(ONE, "en", "at_once", "back", 0.9, TONE),
    )
    for one in kept:
        branch.collection.keep(one)
    out = tmp_path / "out"
    assert export(branch.folder, branch.folder.entries(), "zh-CN", out) == 2
    found = {one.speaker: one for one in takes(out)}
    assert {one.speaker: one.said for one in found.values()} == {
        ONE: "取养老金",
        OTHER: "取钱，存钱",
    }
    assert len(decode(found[ONE].path, HEAR_RATE).samples) == HEAR_RATE
    assert {path.stat().st_mode & 0o077 for path in (out, *out.iterdir())} == {0}
    with (out / "said.csv").open(encoding="utf-8") as file:
        assert next(csv.reader(file)) == ["file", "said", "speaker"]


def test_an_export_mixes_with_nothing_that_is_there(branch: Branch, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ExportError, match="isn't empty"):
        export(branch.folder, (), "zh-CN", tmp_path)
