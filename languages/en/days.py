"""Days as English speakers name them: tomorrow, next Tuesday, the first of December."""

from __future__ import annotations

import re
from datetime import date, timedelta

from languages.calendar import coming, made
from languages.en.numbers import MONTHS, ORDINALS, WEEKDAYS, small, year

_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_WEEKDAYS = tuple(name.lower() for name in WEEKDAYS)
_ORDINALS = {name.replace("-", " "): number for number, name in enumerate(ORDINALS, 1)}
_NUMBERS = {
    **_ORDINALS,
    **{small(number).replace("-", " "): number for number in range(1, 32)},
    **{f"{number}{end}": number for number in range(1, 32) for end in ("", "st", "nd", "rd", "th")},
}
_YEARS = {
    **{" ".join(year(number)).replace("-", " "): number for number in range(1900, 2100)},
    **{str(number): number for number in range(1900, 2100)},
    **{f"two thousand and {small(n).replace('-', ' ')}": 2000 + n for n in range(1, 100)},
}
NEAR = ("today", "tomorrow", "the day after tomorrow")
_FILLERS = re.compile(r"\b(the|of|on)\b")


def day(said: str, today: date | None = None) -> date | None:
    """A day; without `today` only one that is said with its year."""
    text = " ".join(said.casefold().replace(",", " ").split())
    if today is not None and text in NEAR:
        return today + timedelta(days=NEAR.index(text))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return made(*map(int, text.split("-")))
    words = _FILLERS.sub(" ", text.replace("-", " ")).split()
    if not words:
        return None
    if words[-1] in _WEEKDAYS and len(words) <= 2:
        return _weekday(words, today)
    weekday = words.pop(0) if words[0] in _WEEKDAYS else None
    found = _dated(words, today)
    return found if found and weekday in (None, _WEEKDAYS[found.weekday()]) else None


def _weekday(words: list[str], today: date | None) -> date | None:
    which = words[0] if len(words) == 2 else "this"
    if today is None or which not in ("this", "next"):
        return None
    weeks = 7 if which == "next" else 0
    found = today + timedelta(weeks + _WEEKDAYS.index(words[-1]) - today.weekday())
    return found if found >= today else None


def _dated(words: list[str], today: date | None) -> date | None:
    """first december, december first, with a year after it or not."""
    at = next((index for index, word in enumerate(words) if word in _MONTHS), None)
    if at is None:
        return None
    month, before, after = _MONTHS[words[at]], words[:at], words[at + 1 :]
    for size in (0,) if before else (2, 1):
        number = _NUMBERS.get(" ".join(before or after[:size]))
        rest = " ".join(after[size:])
        if number is None or (rest and rest not in _YEARS):
            continue
        if rest:
            return made(_YEARS[rest], month, number)
        return coming(month, number, today) if today else None
    return None


def say_day(day: date, today: date) -> tuple[str, ...]:
    ahead, month = (day - today).days, MONTHS[day.month - 1].lower()
    ordinal = ORDINALS[day.day - 1].replace("-", " ")
    said = [f"{month} {ordinal}", f"the {ordinal} of {month}"]
    if ahead < len(NEAR):
        said.append(NEAR[ahead])
    week, name = (ahead + today.weekday()) // 7, _WEEKDAYS[day.weekday()]
    if week == 0:
        said += [name, f"this {name}"]
    elif week == 1:
        said.append(f"next {name}")
    return tuple(said)
