"""Mandarin numbers: 幺 and 两, 一千二 for 1,200, 五块八 for 5.80, 二零二六年十二月一号."""

from __future__ import annotations

import re
from datetime import date

LANGUAGE = "zh-CN"
DIGITS = "零一二三四五六七八九"
_VALUES = {
    **{char: value for value, char in enumerate(DIGITS)},
    "〇": 0,
    "洞": 0,
    "幺": 1,
    "两": 2,
    "俩": 2,
    **{str(value): value for value in range(10)},
}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_UNIT = re.compile(r"(块钱|元钱|块|元|圆|钱)?整?$")
_MEASURE = re.compile(r"(个人|个|位|张|份|笔|本|人)$")
_PART = re.compile(r"(?P<yuan>.+?)(块|元)(?P<jiao>[一二两三四五六七八九])(毛|角)?$")
_JIAO = re.compile(r"(?P<jiao>[一二两三四五六七八九])(毛|角)$")
_DAY = re.compile(r"(?P<year>[零〇一二三四五六七八九\d]{4})年(?P<month>.+)月(?P<day>.+)[日号]$")
WEEKDAYS = "一二三四五六日"
NEAR = ("今天", "明天", "后天", "大后天")


def digits(said: str) -> str | None:
    """幺三八零零 → 13800; a day with its year as eight digits."""
    text = said.replace(" ", "")
    if (day := _DAY.fullmatch(text)) is not None:
        return _day_digits(day)
    if not text or any(char not in _VALUES for char in text):
        return None
    return "".join(str(_VALUES[char]) for char in text)


def _day_digits(found: re.Match[str]) -> str | None:
    year, month, day = digits(found["year"]), number(found["month"]), number(found["day"])
    if year is None or month is None or day is None or not (month <= 12 and day <= 31):
        return None
    return f"{year}{month:02d}{day:02d}"


def number(said: str) -> int | None:
    """A whole number: 十二, 一百零五, 两千三, 一万二, 3个."""
    text = _MEASURE.sub("", said.replace(" ", ""))
    if text.isascii() and text.isdecimal():
        return int(text)
    high, myriad, low = text.partition("万")
    if not myriad:
        return _below_myriad(text)
    upper, lower = _below_myriad(high), _below_myriad(low) if low else 0
    if upper is None or lower is None:
        return None
    # 一万二 is 12,000: a bare digit at the end counts in the place below.
    return upper * 10_000 + (lower * 1000 if len(low) == 1 else lower)


def _below_myriad(text: str) -> int | None:
    total, digit, place = 0, None, 10_000
    for char in text:
        if char in _PLACES:
            if _PLACES[char] >= place:
                return None
            place = _PLACES[char]
            total += (digit or 1) * place
            digit = None
        elif char in _VALUES and (digit is None or digit == 0):
            digit = _VALUES[char]
        else:
            return None
    if not text:
        return None
    if digit is None:
        return total
    # 一千二 is 1,200, 一千零二 is 1,002, 十二 is 12.
    bare = place in (100, 1000) and text[-2] in _PLACES
    return total + digit * (place // 10 if bare else 1)


def amount(said: str) -> str | None:
    """Yuan as typed: 五百块 → 500, 五块八 → 5.8, 三毛 → 0.3, 两万 → 20000."""
    text = said.replace(" ", "")
    if (part := _PART.fullmatch(text)) is not None:
        yuan = number(part["yuan"])
        return None if yuan is None else f"{yuan}.{_VALUES[part['jiao']]}"
    if (jiao := _JIAO.fullmatch(text)) is not None:
        return f"0.{_VALUES[jiao['jiao']]}"
    plain = _UNIT.sub("", text)
    found = number(plain) if plain else None
    return None if found is None else str(found)


def cardinal(value: int) -> str:
    """A whole number under a hundred million, as it is said."""
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        head = ("两" if high == 2 else cardinal(high)) + "万"
        gap = ("零" if low < 1000 else "") + ("一" if 10 <= low < 20 else "")
        return f"{head}{gap}{cardinal(low)}" if low else head
    if value < 20:
        return DIGITS[value] if value < 10 else "十" + (DIGITS[value - 10] if value > 10 else "")
    for place, name in ((1000, "千"), (100, "百"), (10, "十")):
        high, low = divmod(value, place)
        if high:
            digit = "两" if high == 2 and place == 1000 else DIGITS[high]
            gap = "零" if low and low < place // 10 else ""
            within = "一" if place > 10 and 10 <= low < 20 else ""
            return f"{digit}{name}{gap}{within}{cardinal(low) if low else ''}"
    return DIGITS[value]


def say_amount(yuan: int) -> tuple[str, ...]:
    said = cardinal(yuan)
    short = re.sub(r"([千万])([一二三四五六七八九])[百千]$", r"\1\2", said)
    return tuple(dict.fromkeys((f"{said}元", f"{said}块", said, short)))


def say_count(count: int) -> tuple[str, ...]:
    said = "两" if count == 2 else cardinal(count)
    return (f"{said}个", f"{said}个人", cardinal(count))


def say_day(day: date, today: date) -> tuple[str, ...]:
    ahead = (day - today).days
    said = [f"{cardinal(day.month)}月{cardinal(day.day)}号"]
    if ahead < len(NEAR):
        said.append(NEAR[ahead])
    weekday = WEEKDAYS[day.weekday()]
    week = (ahead + today.weekday()) // 7
    if week < 2:
        said += [f"{('这', '下')[week]}{name}{weekday}" for name in ("周", "星期")]
    if week == 0:
        said += [f"周{weekday}", f"星期{weekday}"]
    return tuple(said)
