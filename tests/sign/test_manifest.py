"""When a clip may be shown, and what a manifest must hold."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from kiosk.content.signed import Wanted
from kiosk.sign.errors import ManifestError
from kiosk.sign.manifest import Clip, Manifest, dump, fitness, manifest_schema, parse, text_hash
from kiosk.sign.store import PackStore
from tests.support.clips import put_clips

WORDS = "身份证带了吗？"
ASK = Wanted("documents.id_card", WORDS, "", "documents", "question")


@pytest.fixture
def store(tmp_path: Path) -> PackStore:
    return PackStore(tmp_path / "packs")


@pytest.fixture
def clip(store: PackStore) -> Clip:
    return put_clips(store, [ASK], source="recorded")[0]


def changed(clip: Clip, **changes: object) -> Clip:
    return clip.model_copy(update=changes)


def test_an_approved_clip_of_the_same_wording_is_shown(clip: Clip) -> None:
    assert fitness(clip, WORDS) == "playable"


def test_another_wording_is_never_shown(clip: Clip) -> None:
    assert fitness(clip, "身份证带来了吗？") == "stale"


def test_the_same_words_typed_another_way_are_the_same() -> None:
    assert text_hash(unicodedata.normalize("NFD", "né")) == text_hash("né")


def test_nothing_unapproved_is_shown(clip: Clip) -> None:
    assert fitness(changed(clip, status="in_review"), WORDS) == "unapproved"
    assert fitness(changed(clip, reviewed_by="signer"), WORDS) == "unapproved"
    assert fitness(changed(clip, reviewed_by=None), WORDS) == "unapproved"


def test_consent_must_stand(clip: Clip) -> None:
    withdrawn = clip.consent.model_copy(update={"withdrawn": date(2026, 11, 2)})
    assert fitness(changed(clip, consent=withdrawn), WORDS) == "withdrawn"


def test_test_clips_only_where_they_are_allowed(clip: Clip) -> None:
    test = changed(clip, source="synthetic_test")
    assert fitness(test, WORDS) == "test"
    assert fitness(test, WORDS, test_clips=True) == "playable"


def broken(what: Callable[[dict[str, object]], object]) -> Callable[[bytes], bytes]:
    def change(raw: bytes) -> bytes:
        data = json.loads(raw)
        what(data["clips"][0])
        return json.dumps(data).encode()

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (broken(lambda clip: clip.update(text="不一样的话")), "isn't the hash of its text"),
        (broken(lambda clip: clip.update(reviewed_by="signer")), "by its own signer"),
        (broken(lambda clip: clip.update(media=[])), "no media"),
        (broken(lambda clip: clip.update(status="withdrawn")), "withdrawn clip has no media"),
        (broken(lambda clip: clip.update(sign_lang="ase")), "another sign language"),
        (broken(lambda clip: clip.update(fast=True)), "Extra inputs"),
        (broken(lambda clip: clip["poster"].update(file="../x.jpg")), "pattern"),  # type: ignore[attr-defined]
        (lambda raw: b"{", "Invalid JSON"),
    ],
)
def test_a_broken_manifest_is_named_with_its_reason(
    store: PackStore, clip: Clip, change: Callable[[bytes], bytes], why: str
) -> None:
    raw = dump(store.load("csl"))
    with pytest.raises(ManifestError, match=why):
        parse(change(raw), "csl/manifest.json")


def test_two_clips_of_one_prompt_can_t_both_be_shown(clip: Clip) -> None:
    with pytest.raises(ValueError, match="two approved clips"):
        Manifest(sign_lang="csl", clips=(clip, changed(clip, id="other")))


def test_the_published_schema_is_the_one_we_keep(store: PackStore, clip: Clip) -> None:
    schema = manifest_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(dump(store.load("csl")))
    jsonschema.validate(document, schema)
    document["clips"][0]["status"] = "perhaps"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)
