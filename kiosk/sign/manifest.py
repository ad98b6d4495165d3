"""A sign-language pack on paper: the manifest, its clips, and when a clip may be shown.

The JSON Schema is published, so every field here is a promise.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from kiosk.sign.errors import ManifestError

SCHEMA_ID = "/api/schema/sign-pack-v1.json"
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"

SignLanguage = Literal["csl", "ase", "bfi", "kvk"]
Status = Literal["draft", "in_review", "approved", "withdrawn"]
Source = Literal["recorded", "synthetic_test"]
#: How far a signer lets their recordings be shown.
Scope = Literal["branch", "bank"]

#: The written language whose wording a clip of a sign language says.
WRITTEN: Mapping[SignLanguage, str] = {"csl": "zh-CN", "ase": "en", "bfi": "en", "kvk": "ko"}

Ident = Annotated[str, Field(min_length=1, max_length=96, pattern=r"^[A-Za-z0-9_.-]+$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Words = Annotated[str, Field(max_length=2000)]
#: Files are named by their content: nothing else can be a name, so no name can lead elsewhere.
FileName = Annotated[str, Field(pattern=r"^media/[0-9a-f]{64}\.(mp4|webm|jpg|vtt)$")]


def text_hash(text: str) -> str:
    """SHA-256 of the wording in NFC, so that the same words typed another way are the same."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class File(_Part):
    """One file of a pack."""

    mime: Literal["video/mp4", "video/webm", "image/jpeg", "text/vtt"]
    file: FileName = Field(description="Path in the pack: media/ and the content's SHA-256.")
    sha256: Sha256

    @model_validator(mode="after")
    def _named_by_its_content(self) -> File:
        if self.file.removeprefix("media/").split(".")[0] != self.sha256:
            raise ValueError(f"{self.file} isn't named by its sha256 {self.sha256}")
        return self


class Consent(_Part):
    """The signer's permission to show the recording."""

    scope: Scope = Field(description="Shown in this branch only, or anywhere in the bank.")
    date: datetime.date = Field(description="The day the signer agreed.")
    withdrawn: datetime.date | None = Field(None, description="The day the signer took it back.")


class Clip(_Part):
    """One prompt, signed by one person."""

    id: Ident = Field(description="Of this recording; a retake has another.")
    prompt_id: Ident = Field(description="The words it says, by their key.")
    sign_lang: SignLanguage
    variety: str = Field("", max_length=64, description="Regional or other variety, if it matters.")
    source: Source
    signer_id: Ident = Field(description="A pseudonym; names stay where the consent is kept.")
    consent: Consent
    recorded_by: Ident
    reviewed_by: Ident | None = None
    reviewer_qualification: str = Field("", max_length=200)
    status: Status = "draft"
    text: Words = Field(description="The wording that is signed, with its placeholders.")
    text_sha256: Sha256 = Field(description="Of the wording in NFC.")
    duration_ms: int = Field(ge=0, le=600_000)
    fps: float = Field(ge=0, le=120)
    width: int = Field(ge=0, le=4096)
    height: int = Field(ge=0, le=4096)
    media: tuple[File, ...] = Field((), max_length=4, description="Best first.")
    poster: File | None = None
    captions: Mapping[str, File] = Field(default_factory=dict, description="WebVTT by language.")
    glossary_ref: str = Field("", max_length=200, description="Where the signs are documented.")
    licence: str = Field("", max_length=200)
    note: Words = Field("", description="What the reviewer asked for when it was returned.")
    recorded_at: AwareDatetime | None = None
    reviewed_at: AwareDatetime | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Clip:
        if self.text_sha256 != text_hash(self.text):
            raise ValueError(f"{self.id}: text_sha256 isn't the hash of its text")
        if self.status == "withdrawn":
            if self.media or self.poster or self.captions:
                raise ValueError(f"{self.id}: a withdrawn clip has no media")
            return self
        if not self.media or self.poster is None:
            raise ValueError(f"{self.id}: no media")
        if self.status == "approved" and not two_people(self):
            raise ValueError(f"{self.id}: approved by nobody, or by its own signer")
        return self

    def files(self) -> tuple[File, ...]:
        poster = (self.poster,) if self.poster else ()
        return (*self.media, *poster, *self.captions.values())


def two_people(clip: Clip) -> bool:
    """One signs, another checks."""
    return clip.reviewed_by is not None and clip.reviewed_by != clip.signer_id


class Manifest(_Part):
    """A pack: everything signed in one sign language."""

    version: Literal[1] = 1
    sign_lang: SignLanguage
    title: str = Field("", max_length=200)
    publisher: str = Field("", max_length=200)
    #: Rises with every change, so that an old export can't undo a newer one.
    serial: int = Field(0, ge=0, description="Rises with every change.")
    installed: Mapping[str, int] = Field(
        default_factory=dict, description="The last serial installed from each publisher's key."
    )
    clips: tuple[Clip, ...] = Field((), max_length=20_000)

    @model_validator(mode="after")
    def _holds_together(self) -> Manifest:
        ids = [clip.id for clip in self.clips]
        if len(set(ids)) != len(ids):
            raise ValueError(f"a clip id is there twice: {_double(ids)}")
        other = next((clip.id for clip in self.clips if clip.sign_lang != self.sign_lang), None)
        if other is not None:
            raise ValueError(f"{other}: another sign language than the pack's {self.sign_lang}")
        shown = [(c.prompt_id, c.variety) for c in self.clips if c.status == "approved"]
        if len(set(shown)) != len(shown):
            raise ValueError(f"two approved clips of one prompt: {_double(shown)[0]}")
        return self

    def clip(self, clip_id: str) -> Clip | None:
        return next((clip for clip in self.clips if clip.id == clip_id), None)


def _double(values: list[Any]) -> Any:
    return next(value for index, value in enumerate(values) if value in values[:index])


Fitness = Literal["playable", "stale", "unapproved", "withdrawn", "test"]


def fitness(clip: Clip, text: str, *, test_clips: bool = False) -> Fitness:
    """Whether a clip may be shown for this wording, and if not why.

    Approved by a second person, the wording unchanged, consent standing; a test clip only where
    the settings allow it.
    """
    if clip.status == "withdrawn" or clip.consent.withdrawn is not None:
        return "withdrawn"
    if clip.source == "synthetic_test" and not test_clips:
        return "test"
    if clip.text_sha256 != text_hash(text):
        return "stale"
    return "playable" if clip.status == "approved" and two_people(clip) else "unapproved"


def parse(raw: bytes, where: str) -> Manifest:
    """The manifest. Raises `ManifestError` naming the field and what is wrong with it."""
    try:
        return Manifest.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        why = re.sub(r"^Value error, ", "", first["msg"])
        raise ManifestError(f"{where}: {place + ': ' if place else ''}{why}") from error


def dump(manifest: Manifest) -> bytes:
    """The same bytes for the same manifest."""
    return manifest.model_dump_json(indent=1).encode() + b"\n"


def manifest_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a pack's manifest, version 1."""
    schema = Manifest.model_json_schema(mode="validation")
    return {"$schema": SCHEMA_DIALECT, "$id": SCHEMA_ID, **schema}
