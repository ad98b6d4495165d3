"""What follows when nothing that was said fits: gentler each time, and never a dead end."""

from __future__ import annotations

from kiosk.flow.text import Text

#: Say it again, the question only, then the keys, then a person.
LADDER = (Text("voice.miss.again"), Text("voice.miss.short"), Text("voice.miss.keys"))
LAST = Text("voice.miss.person")


def after_miss(misses: int) -> Text:
    """What to say after so many misses in a row (1 or more)."""
    return LADDER[misses - 1] if misses <= len(LADDER) else LAST
