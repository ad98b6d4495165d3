"""What a check of this machine finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "missing", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found. `missing` costs one ability, `broken` costs all."""

    name: str
    state: State
    found: str
    remedy: str = ""
