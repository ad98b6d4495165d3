"""The check of the voices: a changed sentence makes its clip stale, and that is found."""

from __future__ import annotations

from dataclasses import replace

from kiosk.content.checks.clips import clips_are_whole
from kiosk.content.checks.material import Material, read_material

KEY = "ear.empty"


def changed(language: str, speech: str) -> Material:
    """Our own content with one sentence said another way."""
    material = read_material(None)
    message, place = material.words[language][KEY]
    words = {**material.words[language], KEY: (replace(message, speech=speech), place)}
    return replace(material, words={**material.words, language: words})


def test_every_sentence_of_ours_has_its_clip() -> None:
    assert [str(finding) for finding in clips_are_whole(read_material(None))] == []


#: The Mandarin voices, the one that speaks first.
VOICES = ("zm_yunjian", "zf_xiaoxiao")


def test_a_changed_sentence_has_no_clip_and_leaves_a_stale_one() -> None:
    # Given a sentence that is now said another way
    material = changed("zh-CN", "这里还空着。")
    # When the voices are checked
    found = list(clips_are_whole(material))
    # Then the sentence is found where it is written, and its old clip in each voice's pack
    for voice, missing, stale in zip(VOICES, found[::2], found[1::2], strict=True):
        assert missing.file.endswith("locales/zh-CN/ear.yaml")
        assert missing.line == material.words["zh-CN"][KEY][1].finding("").line
        assert "这里还空着。" in missing.message
        assert f"kiosk voices build zh-CN --voice {voice}" in missing.message
        assert stale.file == f"voices/packs/zh-CN/{voice}/manifest.json"
        assert "还没有填。" in stale.message


def test_english_is_held_to_the_same() -> None:
    found = list(clips_are_whole(changed("en", "Still blank.")))
    assert [finding.file.rsplit("/", 1)[-1] for finding in found] == ["ear.yaml", "manifest.json"]
