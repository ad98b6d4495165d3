"""How many examples a property test tries: its own number by day, twenty times as many by night."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

#: What the daily profile stands for.
DAILY = 100


def examples(count: int, **more: Any) -> settings:
    """Settings for `count` examples, times what the profile asks for."""
    profile = settings.default.max_examples if settings.default else DAILY
    return settings(max_examples=max(1, count * profile // DAILY), **more)
