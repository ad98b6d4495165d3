"""What Mandarin number words are worth. None: they are no number, or not one alone (两三百)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from languages.zh.numbers import DIGITS

#: 零 to 九, and 两; not 幺, which only dials.
VALUES: Mapping[str, int] = {**{char: value for value, char in enumerate(DIGITS)}, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = (("亿", 10**8), ("万", 10**4))
_SIZES: Mapping[str, int] = {"": 1, **_PLACES, **dict(_MYRIADS)}
#: Formal characters, those of cheques, and short ones as the words they stand for.
_PLAIN = str.maketrans(
    {
        **dict(
            zip(
                "壹贰叁肆伍陆柒捌玖拾佰仟萬圆貳參陸",
                "一二三四五六七八九十百千万元二三六",
                strict=True,
            )
        ),
        "〇": "零",
        "廿": "二十",
        "卅": "三十",
        "仨": "三",
        "俩": "两",
        "億": "亿",
        "兩": "两",
    }
)
_COMMA = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")


def plain(said: str) -> str:
    """Half-width, without spaces, each number in its plain characters."""
    text = unicodedata.normalize("NFKC", said).casefold()
    return _COMMA.sub("", re.sub(r"\s+", "", text)).translate(_PLAIN)


def whole(text: str) -> int | None:
    """A whole number in plain characters: 十二, 一千零五, 两千三, 一万二, 20万."""
    for name, size in _MYRIADS:
        high, found, low = text.partition(name)
        if found:
            return _joined(whole(high), low, size)
    return section(text)


def _joined(high: int | None, low: str, size: int) -> int | None:
    if not high or (size == 10**4 and high >= 10**4):
        return None
    if len(low) == 1 and low in VALUES and low != "零":
        # 一万二 is 12,000: a bare digit at the end counts in the place below.
        return high * size + VALUES[low] * size // 10
    rest = 0 if not low else _after(low)
    return None if rest is None or rest >= size or (low and not rest) else high * size + rest


def _after(low: str) -> int | None:
    """What follows 万 or 亿: 零五十 too."""
    text = low.removeprefix("零")
    return whole(text) if text else None


def section(text: str) -> int | None:
    """Up to 9999."""
    if text.isascii() and text.isdecimal():
        return int(text)
    total, place, digit, skipped = 0, 10_000, None, False
    for at, char in enumerate(text):
        value = int(char) if char.isascii() and char.isdecimal() else VALUES.get(char)
        if char == "零" and len(text) > 1:
            if digit is not None or skipped or not at:
                return None
            skipped = True
        elif value is not None and digit is None:
            digit = value
        elif char in _PLACES:
            size = _PLACES[char]
            bare = digit is None and (size == 10 or (not at and len(text) == 2))
            # 一百零五十 skips nothing.
            if size >= place or (skipped and size * 10 == place) or (digit is None and not bare):
                return None
            total += (1 if digit is None else digit) * size
            place, digit, skipped = size, None, False
        else:
            return None
    return _ended(total, place, digit, skipped, text)


def _ended(total: int, place: int, digit: int | None, skipped: bool, text: str) -> int | None:
    if digit is None:
        return None if skipped or not text else total
    # 一千二 is 1,200, 一千零二 is 1,002, 十二 is 12.
    tail = digit * place // 10 if total and not skipped and place > 10 else digit
    return total + tail


def decimal(text: str) -> Decimal | None:
    """A number with a point: 一点五万, 12.5, 五点零八."""
    found = re.fullmatch(
        r"(?P<head>[^点.]+)[点.](?P<tail>[^点.万亿千百]+)(?P<size>[百千万亿])?", text
    )
    if found is None:
        number = whole(text)
        return None if number is None else Decimal(number)
    head, tail = whole(found["head"]), digits(found["tail"])
    if head is None or tail is None:
        return None
    size = _SIZES[found["size"] or ""]
    return Decimal(f"{head}.{tail}") * size


def digits(text: str, names: Mapping[str, int] = VALUES) -> str | None:
    """Digits one by one."""
    found = [one if one.isascii() and one.isdecimal() else names.get(one) for one in text]
    return None if not found or None in found else "".join(map(str, found))
