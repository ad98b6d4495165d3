"""The packs that are shipped: small, level, whole; and what is said of one that isn't."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from voices.build.finish import LOUDNESS, loudness
from voices.codec import CodecError
from voices.speaking.pack import PACKS, Pack, PackError, clip_id, packs

SHIPPED = ("zh-CN", "en")
#: A budget of the project: megabytes a voice.
LARGEST_MB = 15


@pytest.fixture(params=SHIPPED)
def pack(request: pytest.FixtureRequest) -> Pack:
    return packs(PACKS)[request.param][0]


@pytest.mark.parametrize(
    ("preferred", "first"),
    [((), "zm_yunjian"), (("zf_xiaoxiao",), "zf_xiaoxiao"), (("af_heart",), "zm_yunjian")],
)
def test_the_clearest_voice_speaks_unless_another_is_preferred(
    preferred: tuple[str, ...], first: str
) -> None:
    assert packs(PACKS, preferred)["zh-CN"][0].voice == first


def test_a_voice_is_small(pack: Pack) -> None:
    size = sum(file.stat().st_size for file in pack.folder.iterdir())
    assert size <= LARGEST_MB * 1_000_000


def test_all_voices_together_are_small() -> None:
    """A budget of the project: 40 MB for three voices and 31 services."""
    files = (file for file in PACKS.rglob("*") if file.is_file())
    assert sum(file.stat().st_size for file in files) <= 40_000_000


def test_every_clip_has_its_file_and_every_file_its_clip(pack: Pack) -> None:
    assert {file.stem for file in pack.folder.glob("*.opus")} == set(pack.clips)
    assert all(clip.id == clip_id(clip.text) and clip.keys for clip in pack.clips.values())


def test_clips_are_level_and_begin_at_once(pack: Pack) -> None:
    """A sample of them: every fiftieth."""
    for clip in list(pack.clips.values())[::50]:
        sound = pack.sound(clip)
        assert sound.seconds == pytest.approx(clip.seconds, abs=0.05)
        assert loudness(sound) == pytest.approx(LOUDNESS, abs=1.5), clip.text
        loud = np.nonzero(np.abs(sound.samples) > 0.02)[0]
        assert loud[0] / sound.rate < 0.12, clip.text
        # The codec ripples a little over what was encoded; the sink bends it back.
        assert np.abs(sound.samples).max() <= 1.05


def test_a_manifest_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"language": "zh-CN"}))
    with pytest.raises(PackError, match="manifest"):
        Pack.load(tmp_path)
    with pytest.raises(PackError, match="manifest"):
        Pack.load(tmp_path / "nowhere")


def test_a_damaged_clip_is_named(tmp_path: Path) -> None:
    name = clip_id("是")
    clip = {"text": "是", "hash": "", "keys": ["common.yes"], "seconds": 0.4}
    manifest = {"language": "zh-CN", "voice": "x", "clips": {name: clip}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / f"{name}.opus").write_bytes(b"OggS but no more")
    broken = Pack.load(tmp_path)
    with pytest.raises(CodecError, match=name):
        broken.sound(broken.clips[name])
