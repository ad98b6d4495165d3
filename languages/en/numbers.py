"""English numbers in words."""

from __future__ import annotations

# fmt: off
ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third",
    "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth",
    "twenty-ninth", "thirtieth", "thirty-first",
)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# fmt: on
#: What a large number is counted in, largest first.
PLACES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))


def small(number: int) -> str:
    """0 to 99: twenty-three."""
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return f"{TENS[tens]}-{ONES[ones]}" if ones else TENS[tens]


def cardinal(number: int) -> tuple[str, ...]:
    """A whole number in words: 1250 → one thousand two hundred fifty."""
    for size, name in PLACES:
        if number >= size:
            head, rest = divmod(number, size)
            tail = cardinal(rest) if rest else ()
            return (*cardinal(head), name, *tail)
    return (small(number),)


def year(number: int) -> tuple[str, ...]:
    """2026 → twenty twenty-six, 2005 → two thousand five, 1905 → nineteen oh five."""
    century, rest = divmod(number, 100)
    if number // 10 == 200:
        return cardinal(number)
    if not rest:
        return small(century), "hundred"
    return small(century), *(("oh",) if rest < 10 else ()), small(rest)
