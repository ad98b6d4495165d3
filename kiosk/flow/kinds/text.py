"""A few words of one's own."""

from __future__ import annotations

import unicodedata
from typing import Literal

from pydantic import Field

from kiosk.flow.kinds.step import Typed
from kiosk.flow.rules import Facts
from kiosk.flow.text import Slot, Text
from kiosk.flow.values import Problem, Read


class ShortText(Typed):
    kind: Literal["text"]
    max_length: int = Field(default=60, ge=1, le=200)
    #: May be left out, with a plain "skip".
    optional: bool = True

    @property
    def unknown_words(self) -> Text | None:
        if self.optional:
            return Text(f"{self.key}.skip", fallback="common.skip")
        return super().unknown_words

    @property
    def entry_kind(self) -> Literal["text"]:
        return "text"

    @property
    def longest(self) -> int:
        return self.max_length

    def read_tidy(self, raw: str, known: Facts) -> Read | Problem:
        plain = " ".join("".join(c if _readable(c) else " " for c in raw).split())
        if not any(unicodedata.category(char)[0] in "LN" for char in plain):
            return Read(None) if self.optional and not raw else Problem("text_empty")
        if len(plain) > self.max_length:
            return Problem("text_long", {"max": Slot("count", self.max_length)})
        return Read(plain)

    def words_of(self, value: str | int | bool) -> Slot:
        return Slot("free", value, self.private)


def _readable(char: str) -> bool:
    """Letters, marks, digits, punctuation: no controls, no emoji, nothing a voice can't say."""
    if char in "\ufe0e\ufe0f\u20e3":  # only ever dress a sign up as an emoji
        return False
    return unicodedata.category(char)[0] in "LMNPZ" or char in "+=%¥$~<>"
