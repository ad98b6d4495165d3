"""The check of what was left to write: each text behind a mark, by file and line."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.content.checks.material import Material, unfilled
from kiosk.content.source import Finding


def all_is_filled_in(material: Material) -> Iterator[Finding]:
    for messages in material.words.values():
        for key, entry in messages.items():
            for place, what in unfilled(*entry):
                yield place.finding(f"{key}: still to be filled in: {what}")
    for marked in material.marked.values():
        for sentence, one in marked.items():
            if not one.settled:
                yield one.place.finding(
                    f"{sentence}: still to be filled in: read its words and readings through, "
                    "then take the ??? away"
                )


filling_checks = (all_is_filled_in,)
