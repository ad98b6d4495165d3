"""Korean numbers in words: Sino-Korean (일, 이, 삼) and native ones (하나, 둘, 셋)."""

from __future__ import annotations

DIGITS = "영일이삼사오육칠팔구"
#: Digits one by one, as in telephone numbers: zero is 공.
DIALLED = "공일이삼사오육칠팔구"
WEEKDAYS = tuple(f"{day}요일" for day in "월화수목금토일")
NATIVE = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
#: The same numbers where they stand alone.
ALONE = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
#: Months that aren't named by their number.
MONTHS = {6: "유", 10: "시"}
_MYRIADS = ((10**8, "억"), (10**4, "만"))


def cardinal(value: int) -> str:
    """A whole number, Sino-Korean: 12,050 → 만 이천오십."""
    for size, name in _MYRIADS:
        high, low = divmod(value, size)
        if high:
            head = (cardinal(high) if high > 1 or size > 10**4 else "") + name
            return f"{head} {cardinal(low)}" if low else head
    for place, name in ((1000, "천"), (100, "백"), (10, "십")):
        high, low = divmod(value, place)
        if high:
            return (DIGITS[high] if high > 1 else "") + name + (cardinal(low) if low else "")
    return DIGITS[value]


def native(value: int) -> str:
    """1 to 99, as before a measure: 한, 열두, 스무."""
    tens, ones = divmod(value, 10)
    return "스무" if value == 20 else NATIVE_TENS[tens] + NATIVE[ones]


def month(number: int) -> str:
    """유월, 시월, 십이월."""
    return f"{MONTHS.get(number, cardinal(number))}월"
