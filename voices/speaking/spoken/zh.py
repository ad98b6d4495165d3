"""Mandarin: 幺 in numbers that are dialled, 两 before a measure, 零 where places are skipped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from voices.speaking.line import Value
from voices.speaking.spoken.parts import LETTERS, YEARS, Context, grouped, phone_groups, unique

DIGITS = "零一二三四五六七八九"
#: In telephone, card and room numbers one is said 幺, which can't be taken for seven.
DIALLED = "零幺二三四五六七八九"
WEEKDAYS = tuple(f"星期{day}" for day in "一二三四五六天")
MONTHS = (*(f"{n}月" for n in "一二三四五六七八九十"), "十一月", "十二月")


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
    """A whole number under a hundred million in fragments: 1250 → 一千 二百 五十."""
    if number < 100:
        return (small(number),)
    high, low = divmod(number, 10_000)
    if high:
        head = ("两万",) if high == 2 else (*cardinal(high), "万")
        if not low:
            return head
        return (*head, *(("零",) if low < 1000 else ()), *_below_myriad(low, within))
    return _below_myriad(low, small)


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
    return tuple(found)


def _round_money() -> dict[int, str]:
    """Sums that are named so often that they have a clip of their own."""
    hundreds = {n * 100: f"{DIGITS[n]}百元" for n in range(1, 10)}
    thousands = {n * 1000: ("两" if n == 2 else DIGITS[n]) + "千元" for n in range(1, 10)}
    myriads = {n * 10_000: ("两" if n == 2 else small(n)) + "万元" for n in range(1, 21)}
    return hundreds | thousands | myriads


ROUND_MONEY: Mapping[int, str] = _round_money()


def amount(fen: int) -> tuple[str, ...]:
    """Money: 125080 → 一千 二百 五十 元 八角."""
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    if not rest and yuan in ROUND_MONEY:
        return (ROUND_MONEY[yuan],)
    found: list[str] = []
    if yuan or not rest:
        found += ["两" if yuan == 2 else one for one in cardinal(yuan)] + ["元"]
    if jiao:
        found.append(f"{DIGITS[jiao]}角")
    if cents:
        found += (["零"] if found and not jiao else []) + [f"{DIGITS[cents]}分"]
    return tuple(found)


def count(number: int, context: Context) -> tuple[str, ...]:
    """How many, or which: 两 before a measure, but 第二 and 二号."""
    which = context.before.endswith("第") or context.after.startswith(("号", "月", "日", "秒"))
    return ("两",) if number == 2 and not which else cardinal(number)


def day(iso: str) -> tuple[str, ...]:
    """A date: 二零二六年 十二月 一日 星期二."""
    found = date.fromisoformat(iso)
    return (
        *((year(found.year),) if found.year in YEARS else (*year(found.year)[:-1], "年")),
        MONTHS[found.month - 1],
        f"{small(found.day)}日",
        WEEKDAYS[found.weekday()],
    )


def year(number: int) -> str:
    return "".join(DIGITS[int(d)] for d in str(number)) + "年"


def dialled(digits: str) -> tuple[str, ...]:
    return tuple(DIALLED[int(d)] if d.isdecimal() else "点" for d in digits)


def identifier(text: str) -> tuple[str, ...] | None:
    """A ticket or a window: letters by name, digits one by one; a short number as a number."""
    if text.isdecimal() and len(text) <= 2:
        return (small(int(text)),)
    return characters(text)


def characters(text: str) -> tuple[str, ...] | None:
    """Letters and digits one by one; None where there is anything else."""
    found = tuple(
        DIGITS[int(c)] if c.isascii() and c.isdecimal() else c.upper()
        for c in text
        if c not in " -"
    )
    return found if all(one in _CHARACTERS for one in found) else None


_CHARACTERS = frozenset((*DIGITS, *LETTERS))

Read = Callable[[Value, Context], tuple[str, ...] | None]

KINDS: Mapping[str, Read] = {
    "digits": lambda value, context: dialled(str(value.value)),
    "last4": lambda value, context: dialled(str(value.value)),
    "phone": lambda value, context: grouped(
        tuple(dialled(group) for group in phone_groups(str(value.value)))
    ),
    "ticket": lambda value, context: identifier(str(value.value)),
    "count": lambda value, context: count(int(value.value), context),
    "amount": lambda value, context: amount(int(value.value)),
    "date": lambda value, context: day(str(value.value)),
    "spell": lambda value, context: characters(str(value.value)),
    "free": lambda value, context: None,
}


class MandarinReader:
    def read(self, value: Value, context: Context) -> tuple[str, ...] | None:
        return KINDS[value.kind](value, context)

    def fragments(self) -> tuple[str, ...]:
        return unique(
            tuple(small(n) for n in range(100)),
            tuple(within(n) for n in range(10, 20)),
            ("两", "幺", "万", "两万", "年", "元", "点", *LETTERS),
            tuple(f"{DIGITS[n]}百" for n in range(1, 10)),
            tuple(("两" if n == 2 else DIGITS[n]) + "千" for n in range(1, 10)),
            tuple(f"{DIGITS[n]}角" for n in range(1, 10)),
            tuple(f"{DIGITS[n]}分" for n in range(1, 10)),
            tuple(ROUND_MONEY.values()),
            MONTHS,
            tuple(f"{small(n)}日" for n in range(1, 32)),
            WEEKDAYS,
            tuple(year(n) for n in YEARS),
        )


READER = MandarinReader()
