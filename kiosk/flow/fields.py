"""Reading what was typed or said into a value, or a kind word on what is needed.

One reader for each kind of step. Readers forgive form (full-width digits, spaces, hyphens, 元,
年月日) and are strict on meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from kiosk.flow.answers import Value
from kiosk.flow.model import Amount, Choice, Date, Digits, ShortText
from kiosk.flow.path import open_options
from kiosk.flow.rules import Facts
from kiosk.flow.text import Slot, Text

#: No entry of ours is longer; what comes beyond it is not kept.
MAX_ENTRY = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an entry can't be taken yet: a code under ``problem.`` in the locale."""

    code: str
    params: Mapping[str, Slot | Text] = field(default_factory=dict)

    @property
    def text(self) -> Text:
        return Text(f"problem.{self.code}", self.params)


@dataclass(frozen=True, slots=True)
class Read:
    """A value that was read."""

    value: Value


def read(step: Any, raw: str, facts: Facts) -> Read | Problem:
    """What `raw` means to `step`. `facts` holds ``@today`` (ISO day) and the answers so far."""
    return READERS[step.kind](step, unicodedata.normalize("NFKC", raw[:MAX_ENTRY]).strip(), facts)


def _choice(step: Choice, raw: str, facts: Facts) -> Read | Problem:
    if any(option.id == raw for option in open_options(step, facts)):
        return Read(raw)
    return Problem("choose_one")


def _yes_no(step: Any, raw: str, facts: Facts) -> Read | Problem:
    return Read(raw == "yes") if raw in ("yes", "no") else Problem("choose_one")


def _paper(step: Any, raw: str, facts: Facts) -> Read | Problem:
    return Read(raw) if raw in ("yes", "no") else Problem("choose_one")


def _notice(step: Any, raw: str, facts: Facts) -> Read | Problem:
    return Read(True)


_JOINTS = re.compile(r"[\s\-‐-―−.()·_]+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}[2-9]\d{6,7}")
_SERVICE_LINE = re.compile(r"[48]00\d{7}")


def _digits(step: Digits, raw: str, facts: Facts) -> Read | Problem:
    digits = _JOINTS.sub("", raw)
    if not digits:
        return Problem(f"{step.field}_empty")
    if step.field == "phone":
        digits = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", digits)
    if not digits.isascii() or not digits.isdigit():
        return Problem("digits_only")
    return _DIGIT_FIELDS[step.field](digits)


def _phone(digits: str) -> Read | Problem:
    if any(form.fullmatch(digits) for form in (_MOBILE, _LANDLINE, _SERVICE_LINE)):
        return Read(digits)
    if len(digits) == 11:
        return Problem("phone_wrong")
    return Problem("phone_length", {"count": Slot("count", len(digits))})


def _last4(digits: str) -> Read | Problem:
    if len(digits) == 4:
        return Read(digits)
    return Problem("last4_length", {"count": Slot("count", len(digits))})


def _count(digits: str) -> Read | Problem:
    number = int(digits)
    return Read(str(number)) if 1 <= number <= 99 else Problem("count_range")


_DIGIT_FIELDS: Mapping[str, Callable[[str], Read | Problem]] = {
    "phone": _phone,
    "last4": _last4,
    "count": _count,
}

#: The unit stands before or after the number; inside it (1块5) it would mean something else.
_UNIT = re.compile(r"^(¥|RMB|CNY)|(元|圆|块)?(钱|整)?$|(RMB|CNY|yuan)$", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,2})?")


def _amount(step: Amount, raw: str, facts: Facts) -> Read | Problem:
    plain = _UNIT.sub("", re.sub(r"[\s,]", "", raw))
    if not plain:
        return Problem("amount_empty")
    if not _AMOUNT.fullmatch(plain):
        return Problem("amount_form")
    yuan, _, rest = plain.partition(".")
    fen = int(yuan) * 100 + int((rest + "00")[:2])
    if fen < step.min * 100:
        return Problem("amount_small", {"min": Slot("amount", step.min * 100)})
    if fen > step.max * 100:
        return Problem("amount_large", {"max": Slot("amount", step.max * 100)})
    return Read(fen)


#: Without anything between them, only eight digits tell month and day apart.
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})|(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?")


def _date(step: Date, raw: str, facts: Facts) -> Read | Problem:
    if not raw:
        return Problem("date_empty")
    found = _DAY.fullmatch(re.sub(r"\s+", "", raw))
    try:
        day = date(*(int(part) for part in found.groups() if part)) if found else None
    except ValueError:
        day = None
    if day is None:
        return Problem("date_wrong")
    today = date.fromisoformat(str(facts["@today"]))
    if step.earliest is not None and day < (first := today + timedelta(days=step.earliest)):
        return Problem("date_early", {"first": Slot("date", first.isoformat())})
    if step.latest is not None and day > (last := today + timedelta(days=step.latest)):
        return Problem("date_late", {"last": Slot("date", last.isoformat())})
    return Read(day.isoformat())


def _text(step: ShortText, raw: str, facts: Facts) -> Read | Problem:
    plain = " ".join("".join(c if _readable(c) else " " for c in raw).split())
    if not any(unicodedata.category(char)[0] in "LN" for char in plain):
        return Read(None) if step.optional and not raw else Problem("text_empty")
    if len(plain) > step.max_length:
        return Problem("text_long", {"max": Slot("count", step.max_length)})
    return Read(plain)


def _readable(char: str) -> bool:
    """Letters, marks, digits, punctuation: no controls, no emoji, nothing a voice can't say."""
    if char in "\ufe0e\ufe0f\u20e3":  # only ever dress a sign up as an emoji
        return False
    return unicodedata.category(char)[0] in "LMNPZ" or char in "+=%¥$~<>"


READERS: Mapping[str, Callable[[Any, str, Facts], Read | Problem]] = {
    "choice": _choice,
    "yes_no": _yes_no,
    "paper": _paper,
    "notice": _notice,
    "digits": _digits,
    "amount": _amount,
    "date": _date,
    "text": _text,
}
