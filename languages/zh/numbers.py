"""Mandarin numbers in words: 零 where places are skipped, 两 before 千, 万 and 亿."""

from __future__ import annotations

from collections.abc import Callable

DIGITS = "零一二三四五六七八九"
#: In telephone, card and room numbers one is said 幺, which can't be taken for seven.
DIALLED = "零幺二三四五六七八九"
WEEKDAYS = tuple(f"星期{day}" for day in "一二三四五六天")
MONTHS = (*(f"{n}月" for n in "一二三四五六七八九十"), "十一月", "十二月")
MYRIADS = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))


def small(number: int) -> str:
    """0 to 99: 零, 十, 二十三."""
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def within(number: int) -> str:
    """10 to 99 after a larger place: 一十二 for 12."""
    return ("一" if 10 <= number < 20 else "") + small(number)


def cardinal(number: int) -> tuple[str, ...]:
    """A whole number in words: 1250 → 一千 二百 五十."""
    for size, name in MYRIADS:
        high, low = divmod(number, size)
        if high:
            head = (f"两{name}",) if high == 2 else (*cardinal(high), name)
            if not low:
                return head
            gap = ("零",) if low < size // 10 else ()
            return (*head, *gap, *_after(low))
    return _below_myriad(number, small)


def _after(number: int) -> tuple[str, ...]:
    """A number that follows a larger place."""
    return _below_myriad(number, within) if number < 10_000 else cardinal(number)


def _below_myriad(number: int, alone: Callable[[int], str]) -> tuple[str, ...]:
    """Up to 9999; `alone` reads tens and ones with no larger place of these before them."""
    thousands, rest = divmod(number, 1000)
    hundreds, small_part = divmod(rest, 100)
    found: list[str] = []
    if thousands:
        found.append(("两" if thousands == 2 else DIGITS[thousands]) + "千")
    if hundreds:
        found.append(f"{DIGITS[hundreds]}百")
    if small_part:
        skipped = (thousands and not hundreds) or (hundreds and small_part < 10)
        found += ["零"] if skipped else []
        found.append(within(small_part) if found else alone(small_part))
    return tuple(found) or (alone(0),)


def one_by_one(digits: str, names: str = DIALLED) -> str:
    """Digits as they are dialled (or as they are named), a point as 点."""
    return "".join(names[int(one)] if one.isdecimal() else "点" for one in digits)


def year(number: int) -> str:
    return f"{one_by_one(str(number), DIGITS)}年"
