"""What a voice says of characters that were chosen for the sounds that stood there. Pure."""

from __future__ import annotations

import re

from writing.apart import told_apart

_PINYIN = re.compile(r" ?[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]")
_HAN = re.compile(r"[㐀-䶿一-鿿]+")
#: Of a longer text its sense tells which characters it has.
_TOLD_APART = 2


def chosen_text(old: str, new: str) -> str:
    """The characters that took the place of pinyin, each with the word that tells it from others of
    its sound: 中，中国的中. Nothing where something else changed."""
    same = _shared(old, new)
    found = _HAN.match(new, same)
    if found is None or not _PINYIN.match(old, same) or len(new) >= len(old):
        return ""
    after = min(_shared(old[::-1], new[::-1]), len(new) - same)
    text = found[0][: len(new) - after - same]
    if not text or len(text) > _TOLD_APART:
        return text
    apart = (one.text for char in text for (one,) in told_apart((char,)))
    return "，".join((text, *apart))


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
