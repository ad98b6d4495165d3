"""References to words: the flow names a text by its key and never holds a sentence itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

#: A line of a wording that is nothing but another message or a value; the group is its name.
ALONE = re.compile(r"\{(\w+)\}")

SlotKind = Literal["phone", "last4", "count", "amount", "date", "time", "free", "ticket"]
Form = Literal["text", "speech", "braille", "sign"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that each sense formats its own way, such as a telephone number or an amount.

    `value` is digits for phone and last4, an int for count (pieces) and amount (fen), an ISO day
    for date, "09:30" for time, text for free and ticket.
    """

    kind: SlotKind
    value: str | int
    private: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A key in the locale, with what fills its placeholders, and a key to fall back on."""

    key: str
    params: Mapping[str, Slot | Text] = field(default_factory=dict)
    fallback: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that may have its words, first to last."""
        return (self.key,) if self.fallback is None else (self.key, self.fallback)


Said = Text | Slot


class Words(Protocol):
    """One language's words. `kiosk.content.words` is the real one."""

    @property
    def language(self) -> str: ...

    def has(self, key: str) -> bool: ...

    def render(self, said: Said, form: Form = "text") -> str:
        """The sentence in one form. Braille falls back on speech, and speech on the text."""
        ...

    def template(self, text: Text, form: Form = "text") -> str:
        """The sentence in one form with its placeholders still in it."""
        ...

    def say(self, said: Said) -> tuple[str, ...]:
        """What a customer may say for a text: its own words, and its `say` list."""
        ...
