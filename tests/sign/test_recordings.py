"""From a take to a clip that is shown, and out again."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.sign import jobs as jobs_room
from kiosk.sign.errors import Refused
from kiosk.sign.jobs import Jobs
from kiosk.sign.library import Library
from kiosk.sign.manifest import Clip
from kiosk.sign.normalise import Trim, normalise
from kiosk.sign.recordings import Recordings
from kiosk.sign.store import PackStore
from tests.support.clips import footage

pytestmark = pytest.mark.device

ASK, WORDS = "screen.menu", "您今天想办什么？"
MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


class Studio:
    """Recordings on a folder, with the audit trail as a list."""

    def __init__(self, folder: Path) -> None:
        self.trail: list[tuple[str, str, str, Mapping[str, object]]] = []
        self.store = PackStore(folder / "packs")
        self.recordings = Recordings(
            Library(self.store, "csl"),
            folder,
            lambda *line: self.trail.append(line),
            lambda: MORNING,
            lambda: None,
        )

    def wait(self) -> None:
        until = time.monotonic() + 20
        while any(job.state != "failed" for job in self.recordings.jobs.all()):
            assert time.monotonic() < until, "the job never ended"
            time.sleep(0.02)

    def record(self, raw: Path, **other: float) -> Clip:
        with raw.open("rb") as file:
            self.recordings.record(ASK, WORDS, file, signer_id="su", recorded_by="fang", **other)
        self.wait()
        return self.store.load("csl").clips[-1]


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    made = Studio(tmp_path / "sign")
    made.recordings.jobs.start()
    made.recordings.consent("su", "bank")
    yield made
    made.recordings.jobs.close()


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return footage(tmp_path_factory.mktemp("raw") / "raw.mp4", "blue", 2.0)


def test_recorded_submitted_approved_shown(studio: Studio, raw: Path) -> None:
    clip = studio.record(raw, start=0.5, end=1.5)
    assert (clip.status, clip.fps, clip.duration_ms) == ("draft", 30, pytest.approx(1000, abs=40))
    assert studio.recordings.library.find(ASK, WORDS) is None
    studio.recordings.submit(clip.id, "fang")
    studio.recordings.approve(clip.id, WORDS, "lin", "手语翻译，中级")
    found = studio.recordings.library.find(ASK, WORDS)
    assert found is not None
    assert found.id == clip.id
    assert [what for _, what, _, _ in studio.trail] == [
        *("sign.consent_given", "sign.recorded", "sign.submitted", "sign.approved"),
    ]
    # Given that the wording changes
    assert studio.recordings.library.state(ASK, "今天想办什么？") == "stale"
    assert studio.recordings.library.find(ASK, "今天想办什么？") is None


def test_nobody_approves_their_own_signing(studio: Studio, raw: Path) -> None:
    clip = studio.record(raw)
    studio.recordings.submit(clip.id, "fang")
    with pytest.raises(Refused) as refused:
        studio.recordings.approve(clip.id, WORDS, "su")
    assert refused.value.reason == "own_review"
    # Who held the camera may.
    studio.recordings.approve(clip.id, WORDS, "fang")


def test_returned_with_a_note(studio: Studio, raw: Path) -> None:
    clip = studio.record(raw)
    studio.recordings.submit(clip.id, "su")
    with pytest.raises(Refused, match="what to change"):
        studio.recordings.send_back(clip.id, " ", "lin")
    studio.recordings.send_back(clip.id, "手在画面外", "lin")
    back = studio.store.load("csl").clip(clip.id)
    assert back is not None
    assert (back.status, back.note) == ("draft", "手在画面外")
    studio.recordings.discard(clip.id, "su")
    assert studio.store.load("csl").clips == ()
    assert not list(studio.store.folder.rglob("*.mp4"))


def test_the_wording_changed_between_take_and_review(studio: Studio, raw: Path) -> None:
    clip = studio.record(raw)
    studio.recordings.submit(clip.id, "su")
    with pytest.raises(Refused) as refused:
        studio.recordings.approve(clip.id, "别的话", "lin")
    assert refused.value.reason == "stale"


def test_a_retake_takes_the_place_of_the_one_before(studio: Studio, raw: Path) -> None:
    first = studio.record(raw)
    studio.recordings.submit(first.id, "su")
    studio.recordings.approve(first.id, WORDS, "lin")
    second = studio.record(raw, end=1.0)
    studio.recordings.submit(second.id, "su")
    found = studio.recordings.library.find(ASK, WORDS)
    assert found is not None
    assert found.id == first.id, "the old one is shown until the new one is approved"
    studio.recordings.approve(second.id, WORDS, "lin")
    assert [clip.id for clip in studio.store.load("csl").clips] == [second.id]
    assert not studio.store.path("csl", first.media[0]).exists()


def test_withdrawal_deletes_and_proves_it(studio: Studio, raw: Path) -> None:
    clip = studio.record(raw)
    studio.recordings.submit(clip.id, "su")
    studio.recordings.approve(clip.id, WORDS, "lin")
    erased = studio.recordings.withdraw("su", "su")
    assert len(erased) == 4
    assert all(one.was_there and one.gone for one in erased)
    assert not list((studio.store.folder / "csl" / "media").iterdir())
    assert studio.recordings.library.find(ASK, WORDS) is None
    told = [(what, dict(more)) for _, what, _, more in studio.trail if "media" in what]
    assert {more["sha256"] for _, more in told} == {file.sha256 for file in clip.files()}
    # Nothing more is recorded of them.
    with raw.open("rb") as file, pytest.raises(Refused, match="no consent"):
        studio.recordings.record(ASK, WORDS, file, signer_id="su", recorded_by="fang")


def test_a_restart_in_the_middle_loses_nothing(tmp_path: Path, raw: Path) -> None:
    before = Studio(tmp_path / "sign")
    before.recordings.consent("su", "bank")
    # Given a take that was kept, and a process that ended before it worked
    with raw.open("rb") as file:
        before.recordings.record(ASK, WORDS, file, signer_id="su", recorded_by="su")
    (tmp_path / "sign" / "takes" / "half").mkdir()
    (tmp_path / "sign" / "takes" / "half" / "footage").write_bytes(b"half of it")
    # When it starts again
    after = Studio(tmp_path / "sign")
    after.recordings.jobs.start()
    after.wait()
    after.recordings.jobs.close()
    # Then the clip is made, and the half is gone
    assert [clip.prompt_id for clip in after.store.load("csl").clips] == [ASK]
    assert list((tmp_path / "sign" / "takes").iterdir()) == []


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty"), (b"not a film at all" * 99, "not_video")]
)
def test_footage_that_is_none(studio: Studio, content: bytes, code: str) -> None:
    def take() -> None:
        studio.recordings.record(ASK, WORDS, io.BytesIO(content), signer_id="su", recorded_by="su")

    if code == "empty":
        with pytest.raises(Refused, match="holds nothing"):
            take()
        assert studio.recordings.jobs.all() == ()
        return
    take()
    studio.wait()
    (job,) = studio.recordings.jobs.all()
    assert (job.state, job.code) == ("failed", code)
    assert studio.store.load("csl").clips == ()


def test_a_playlist_can_t_make_us_read_other_files(tmp_path: Path) -> None:
    trick = tmp_path / "raw"
    trick.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n")
    with pytest.raises(Refused) as refused:
        normalise(trick, tmp_path)
    assert refused.value.reason == "not_video"


def test_too_long_and_nothing_kept(tmp_path: Path, raw: Path) -> None:
    long = footage(tmp_path / "long.mp4", "red", 7200, size="16x16")
    with pytest.raises(Refused) as refused:
        normalise(long, tmp_path)
    assert refused.value.reason == "too_long"
    for trim, code in ((Trim(1.0, 0.5), "bad_trim"), (Trim(0.0, 0.1), "too_short")):
        with pytest.raises(Refused) as refused:
            normalise(raw, tmp_path, trim)
        assert refused.value.reason == code


def test_a_full_disk_keeps_nothing_half(
    studio: Studio, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_room, "SPARE", 1 << 60)
    with raw.open("rb") as file, pytest.raises(Refused) as refused:
        studio.recordings.record(ASK, WORDS, file, signer_id="su", recorded_by="su")
    assert refused.value.reason == "disk_full"
    assert list((studio.store.folder.parent / "takes").iterdir()) == []


def test_an_old_job_that_failed_is_still_told(tmp_path: Path) -> None:
    studio = Studio(tmp_path / "sign")
    studio.recordings.consent("su", "bank")
    studio.recordings.jobs.start()
    studio.recordings.record(
        ASK, WORDS, io.BytesIO(b"nothing to see" * 99), signer_id="su", recorded_by="su"
    )
    studio.wait()
    studio.recordings.jobs.close()
    again = Jobs(tmp_path / "sign" / "takes", lambda take, made: None, lambda: None)
    again.start()
    again.close()
    assert [job.code for job in again.all()] == ["not_video"]
