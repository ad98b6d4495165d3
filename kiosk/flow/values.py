"""What becomes of an entry: a value, or a kind word on what is needed.

Steps forgive form (full-width digits, spaces, hyphens, 元, 年月日) and are strict on meaning.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.flow.answers import Value
from kiosk.flow.text import Slot, Text

#: No entry of ours is longer; what comes beyond it is not kept.
MAX_ENTRY = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an entry can't be taken yet: a code under ``problem.`` in the locale."""

    code: str
    params: Mapping[str, Slot | Text] = field(default_factory=dict)

    @property
    def text(self) -> Text:
        return Text(f"problem.{self.code}", self.params)


@dataclass(frozen=True, slots=True)
class Read:
    """A value that was read."""

    value: Value


def tidy(raw: str) -> str:
    """An entry in its plain form: NFKC, without space around it, no longer than one may be."""
    return unicodedata.normalize("NFKC", raw[:MAX_ENTRY]).strip()
