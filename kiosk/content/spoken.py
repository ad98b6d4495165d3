"""Every fixed piece of words that a customer can hear: what a voice's pack must hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kiosk.content.filling import left_to_fill
from kiosk.content.words import Locale
from voices.speaking.cut import sentences, split
from voices.speaking.spoken import fragments

#: Messages that nobody hears: the staff's, patterns of values, and names for forms.
UNHEARD = re.compile(
    r"^(staff|alarm|value|error|touch|paper|voice.command|voice.number)\.|"
    r"^voice\.(softeners|change)$|\.(official|unit)$"
)


def pieces(locale: Locale) -> Mapping[str, tuple[str, ...]]:
    """The pieces of fixed words of a language, each with the keys of the messages that say it."""
    found: dict[str, list[str]] = {}
    for key, message in locale.messages.items():
        if UNHEARD.search(key) or left_to_fill(message.form("speech")) is not None:
            continue
        for sentence in sentences(message.form("speech")):
            for piece in split(sentence):
                if piece.spoken:
                    found.setdefault(piece.spoken, []).append(key)
    return {text: tuple(keys) for text, keys in found.items()}


def texts(locale: Locale) -> Mapping[str, tuple[str, ...]]:
    """What a pack of the language holds: its pieces, and the fragments values are read from."""
    return {**dict.fromkeys(fragments(locale.language), ("value",)), **pieces(locale)}
