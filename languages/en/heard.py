"""English numbers: oh and double five, twelve hundred, the first of December."""

from __future__ import annotations

import re
from collections.abc import Mapping

from languages.en.days import day, say_day
from languages.en.numbers import ONES, PLACES, TENS
from languages.en.numbers import cardinal as words_of

__all__ = ["amount", "day", "digit_words", "digits", "number", "say_amount", "say_count", "say_day"]

_SCALES = {name: size for size, name in PLACES if size > 100}
_SMALL = {
    **{word: value for value, word in enumerate(ONES)},
    **{word: value * 10 for value, word in enumerate(TENS) if word},
}
digit_words: Mapping[str, str] = {
    **{word: str(value) for value, word in enumerate(ONES[:10])},
    "oh": "0",
}
_DIGIT = {**digit_words, "o": "0"}
_TIMES = {"double": 2, "triple": 3}
_UNIT = re.compile(r"\s*\b(yuan|rmb|kuai|people|person|of us)$")
_FEN = re.compile(r"(?:(?P<yuan>.+) yuan (?:and )?)?(?P<fen>\S+(?: \S+)?) fen")
_COMMA = re.compile(r"(?<=\d),(?=\d{3})")


def digits(said: str) -> str | None:
    """one three eight double oh → 13800; a day with its year as eight digits."""
    if (found := day(said)) is not None:
        return f"{found:%Y%m%d}"
    dialled, times = "", 1
    for word in re.sub(r"(?<=\d)-(?=\d)|,", " ", said).split():
        if word in _TIMES:
            times = _TIMES[word]
            continue
        digit = _DIGIT.get(word) or (word if word.isascii() and word.isdecimal() else None)
        if digit is None:
            return None
        dialled, times = dialled + digit * times, 1
    return dialled or None


def number(said: str) -> int | None:
    """A whole number: twenty one, twelve hundred, two thousand and five."""
    text = _COMMA.sub("", _UNIT.sub("", said.casefold().replace("-", " ")))
    if text.isascii() and text.isdecimal():
        return int(text)
    total, group, limit = 0, None, 10**12
    words = text.split()
    for word in words:
        if word in _SCALES:
            if _SCALES[word] >= limit or group == 0:
                return None
            limit = _SCALES[word]
            total, group = total + (1 if group is None else group) * limit, None
        elif word not in ("and", "a"):
            group = _grown(group, word)
            if group is None:
                return None
    return None if not {*words} - {"and", "a"} else total + (group or 0)


def _grown(group: int | None, word: str) -> int | None:
    """A number below a thousand (or twelve hundred) with one word more, or None."""
    if word == "hundred":
        found = 1 if group is None else group
        return found * 100 if 0 < found < 100 else None
    value = _SMALL.get(word)
    if value is None or group is None:
        return value
    tens = group % 100
    fits = 0 < value < 10 if tens and not tens % 10 and tens >= 20 else not tens and group
    return group + value if fits else None


def amount(said: str) -> str | None:
    """Yuan as typed: five hundred yuan → 500, five point eight → 5.8, five yuan ten fen → 5.1."""
    text = _COMMA.sub("", said.casefold().strip())
    if re.fullmatch(r"\d+\.\d{1,2}( yuan)?", text):
        return text.removesuffix(" yuan")
    if (found := _FEN.fullmatch(text)) is not None:
        return _with_fen(found)
    whole, point, rest = _UNIT.sub("", text).partition(" point ")
    yuan = number(whole)
    if not point or yuan is None:
        return None if yuan is None else str(yuan)
    after = digits(rest)
    return f"{yuan}.{after}" if after and len(after) <= 2 else None


def _with_fen(found: re.Match[str]) -> str | None:
    yuan = number(found["yuan"]) if found["yuan"] else 0
    fen = number(found["fen"])
    if yuan is None or fen is None or not 0 < fen < 100:
        return None
    return f"{yuan}.{fen:02d}".rstrip("0")


def cardinal(value: int) -> str:
    """A whole number as it is said, without hyphens."""
    return " ".join(words_of(value)).replace("-", " ")


def say_amount(yuan: int) -> tuple[str, ...]:
    said = cardinal(yuan)
    phrases = [f"{said} yuan", said]
    if 1000 < yuan < 10_000 and yuan % 1000 and not yuan % 100:
        phrases.append(f"{cardinal(yuan // 100)} hundred")
    return tuple(phrases)


def say_count(count: int) -> tuple[str, ...]:
    said = cardinal(count)
    return (said, f"{said} {'person' if count == 1 else 'people'}")
