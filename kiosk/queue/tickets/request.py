"""The request: the one versioned document a kiosk hands over.

Its JSON Schema is published, so every field here is a promise. Nothing is asked that no task
needs; PINs and balances are never part of it.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

Preset = Literal["large_text", "voice", "braille", "sign"]
Flag = Literal["possible_fraud", "urgent", "emergency", "exercise", "sign_officer_wanted", "demo"]
PriorityGroup = Literal["age_80", "age_60", "mobility", "pregnant_ill_child"]
Have = Literal["yes", "no", "unknown"]
Who = Literal["self", "other"]

Ident = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]
Words = Annotated[str, Field(max_length=500)]
Language = Annotated[str, Field(max_length=35, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
Scalar = str | int | float | bool

SCHEMA_ID = "/api/schema/request-v1.json"
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _version_7(value: UUID) -> UUID:
    if value.version != 7:
        raise ValueError(f"{value} is a UUID version {value.version}; make ids with UUIDv7")
    return value


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Communication(_Part):
    """How to talk with this customer."""

    presets: tuple[Preset, ...] = Field((), description="The starting points the customer chose.")
    sign_language: Language | None = Field(
        None, description="Which sign language, for example csl."
    )
    writing: bool = Field(False, description="Prefers to write.")
    slow_speech: bool = Field(False, description="Speak slowly.")
    companion: bool = Field(False, description="Wants a person to walk with them.")
    text_size: int = Field(1, ge=1, le=4, description="Text-size step at the end of the visit.")


class ForWhom(_Part):
    """Whose business it is. An agent may act in one task only, so every task has its own."""

    who: Who = Field("self", description="The customer, or somebody they act for.")
    reason: Ident | None = Field(None, description="Why the holder cannot come, as an id.")
    relation: Ident | None = Field(None, description="How the customer is related to the holder.")


class Answer(_Part):
    """One confirmed answer."""

    step: Ident = Field(description="Id of the step.")
    question: Words = Field(description="The question as it was put.")
    value: Scalar | tuple[Scalar, ...] | None = Field(description="null is 'I do not know'.")
    label: Words = Field(description="The answer in human words, as confirmed.")
    private: bool = Field(False, description="Never speak or show where others hear or see.")


class Document(_Part):
    """One paper the task needs."""

    id: Ident = Field(description="Id of the document.")
    label: Words = Field(description="Its name in the customer's language.")
    have: Have = Field("unknown", description="Whether the customer has it with them.")


class Task(_Part):
    """One service asked for in this visit."""

    id: Ident = Field(description="Unique within the request.")
    service: Ident = Field(description="Id of the service.")
    official: Words = Field(description="The official term, for staff.")
    urgent: bool = Field(False, description="The service itself is urgent, for example a loss.")
    lane: str = Field("A", pattern=r"^[A-Z]$", description="First letter of the ticket number.")
    for_whom: ForWhom = Field(default_factory=ForWhom, description="Whose business it is.")
    answers: tuple[Answer, ...] = Field((), max_length=100, description="In the order asked.")
    documents: tuple[Document, ...] = Field((), max_length=50, description="Papers needed.")
    confirmed_at: AwareDatetime = Field(description="When the customer confirmed the read-back.")
    read_back: tuple[Ident, ...] = Field((), max_length=8, description="Modes it was read back in.")


class Contact(_Part):
    """How to reach the customer, only with consent."""

    phone: Annotated[str, Field(max_length=32, pattern=r"^[0-9+ -]+$")] | None = Field(
        None, description="A phone number, if the customer gave one."
    )
    may_call: bool = Field(False, description="The customer agreed to be called.")


class Request(_Part):
    """What a customer asks for, read back and confirmed."""

    version: Literal[1] = Field(1, description="Version of this document.")
    id: Annotated[UUID, AfterValidator(_version_7)] = Field(
        description="UUID version 7, made at the kiosk; repeats with one id give one ticket."
    )
    branch: Ident = Field(description="Id of the branch.")
    kiosk: Ident = Field(description="Id of the kiosk.")
    created_at: AwareDatetime = Field(description="When it was confirmed, with a time zone.")
    language: Language = Field(description="BCP 47 tag of the language of the visit.")
    communication: Communication = Field(
        default_factory=Communication, description="How to talk with this customer."
    )
    aids: tuple[Ident, ...] = Field((), max_length=20, description="Aids wanted, as ids.")
    tasks: tuple[Task, ...] = Field(min_length=1, max_length=10, description="In serving order.")
    contact: Contact = Field(default_factory=Contact, description="How to reach the customer.")
    priority_group: PriorityGroup | None = Field(None, description="As told by the customer.")
    flags: tuple[Flag, ...] = Field((), max_length=6, description="What staff must know at once.")

    @model_validator(mode="after")
    def _tasks_have_own_ids(self) -> Request:
        ids = [task.id for task in self.tasks]
        if len(set(ids)) != len(ids):
            raise ValueError(f"task ids {ids} repeat; give every task its own id")
        return self


def canonical(request: Request) -> bytes:
    """The request as UTF-8 JSON, the same bytes for the same content."""
    document = request.model_dump(mode="json")
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def request_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a request, version 1."""
    schema = Request.model_json_schema(mode="validation")
    return {"$schema": SCHEMA_DIALECT, "$id": SCHEMA_ID, **schema}
