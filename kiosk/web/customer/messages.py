"""What the customer's page and the server say to each other, apart from forms and pages."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict

from kiosk.web.openapi import Document

#: A switch is on or off: no word, no number stands for it.
OnOff = Annotated[bool, Strict()]
#: More braille keys than hands press while a slow answer is waited for.
MOST_KEYS = 256


class KeyPressed(Document):
    """An abstract key, by name, pressed on the page of `step`.

    An unknown one does nothing, nor does one that comes when something else is asked.
    """

    key: Annotated[str, Strict()]
    step: Annotated[str, Strict()]


class HalfTyped(Document):
    """What stands in the text field of a step."""

    step: str = ""
    entry: str = ""


class HeadsetIs(Document):
    plugged: OnOff


class BrailleKey(Document):
    """A key of a keyboard by its physical code; `at` is the page's own clock (ms)."""

    code: str
    down: OnOff
    at: float


class BrailleKeys(Document):
    """Keys as they happen; `fresh` once the page can't know which of them are down."""

    fresh: OnOff = False
    keys: Annotated[tuple[BrailleKey, ...], Field(max_length=MOST_KEYS)]


class SignerLook(Document):
    """How the page shows the signer, as its script keeps it."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    rate: str
    size: str
    captions: Literal["on", "off"]


class VoiceAt(Document):
    """The page begins a line of an utterance, or has said all of them (no `line`)."""

    id: Annotated[str, Strict()]
    line: Annotated[int, Strict()] | None = None


class SpokenLine(Document):
    caption: str
    about: str | None
    pause: float


class LiveVoice(BaseModel):
    """What is being said; `id`, `lines` and `from` where the page itself speaks."""

    caption: str | None
    about: str | None
    listening: bool
    paused: bool
    id: str | None = None
    lines: tuple[SpokenLine, ...] = ()
    start: Annotated[int, Field(alias="from")] = 0


class LiveSigner(Document):
    rate: float
    size: int
    captions: bool


class LiveBraille(Document):
    """Under the customer's fingers: the cells as Unicode, and what they say."""

    line: str
    text: str


class LivePage(Document):
    """What an open page must know to follow its session."""

    at: str
    fingerprint: str
    entry: str | None
    cursor: str | None
    voice: LiveVoice
    signer: LiveSigner
    braille: LiveBraille
    call: dict[str, Any] | None = None
