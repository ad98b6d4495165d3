"""Numbers that name and aren't counted: telephones, cards, documents, rooms, tickets, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable

from languages.parts import phone_groups
from languages.zh.numbers import DIGITS, one_by_one
from languages.zh.quantities import COUNTED, MEASURE, number

#: Words that a code follows.
_CODE = (
    r"尾号|卡号|账号|帐号|账户|验证码|校验码|密码|工号|编号|单号|订单号|流水号|票号|"
    r"身份证号码|身份证号|身份证|证件号码|证件号|证号|邮编|邮政编码|执照号|合同号|凭证号|房号|机号|代码|"
    r"[后末]\s*[4四]\s*位(?:数字|数)?"
)
#: Words after which digits are typed or dialled, where there are enough of them.
_TYPED = r"填|输入|按键"
_CALL = r"电话|手机|拨打|致电|拨|打|热线|转|分机|座机|传真"
_IS = r"(?:号码|号)?\s*(?:是|为|[:：])?\s*"
#: Lines of three digits, and such lines of banks and cities as end in noughts.
_LINES = r"11[0249]|12[02]|95\d00|96\d00"


def dialled(digits: str, size: int = 0) -> str:
    """One by one, in groups of `size`."""
    if not size:
        return one_by_one(digits)
    return "，".join(one_by_one(digits[at : at + size]) for at in range(0, len(digits), size))


def document(digits: str) -> str:
    """An identity card's number: place, year, day, the rest."""
    cuts = (digits[:6], digits[6:10], digits[10:14], digits[14:])
    return "，".join(_characters(one) for one in cuts)


def _characters(text: str) -> str:
    return "".join(one_by_one(one) if one.isdecimal() else one.upper() for one in text)


def call(digits: str) -> str:
    return "，".join(one_by_one(group) for group in phone_groups(digits))


def _only(text: str) -> str:
    return re.sub(r"[^\dXx]", "", text)


def _named(found: re.Match[str]) -> str:
    word, digits = found["word"], _only(found["n"])
    if len(digits) == 18 and "证" in word:
        return word + document(digits)
    return word.replace("4", "四") + dialled(digits, 4 if len(digits) >= 12 else 0)


def _called(found: re.Match[str]) -> str:
    digits = _only(found["n"])
    grouped = len(digits) in (7, 8)
    local = (digits[:-4], digits[-4:])
    return found["word"] + ("，".join(map(one_by_one, local)) if grouped else call(digits))


def _mobile(found: re.Match[str]) -> str:
    return ("加八六，" if found["plus"] else "") + call(_only(found["n"]))


def _landline(found: re.Match[str]) -> str:
    local = found["n"]
    return f"{one_by_one(found['area'])}，{one_by_one(local[:-4])}，{one_by_one(local[-4:])}"


def _free_call(found: re.Match[str]) -> str:
    return "，".join(one_by_one(found[part]) for part in ("a", "b", "c"))


def _masked(found: re.Match[str]) -> str:
    return f"{one_by_one(found['a'])}，星号，{one_by_one(found['b'])}"


def _all(found: re.Match[str]) -> str:
    return one_by_one(found[0])


def _lettered(found: re.Match[str]) -> str:
    """A023 → A零二三, PM2.5 → PM二点五."""
    digits = found["n"]
    groups = (one_by_one(group, DIGITS) for group in digits.split("-"))
    said = number(digits) if "." in digits else "，".join(groups)
    return f"{found['letters']} {said}"


Rule = tuple[str, Callable[[re.Match[str]], str | None]]

#: Tried before anything else.
FIRST: tuple[Rule, ...] = (
    (rf"(?P<word>(?:{_CODE}){_IS})(?P<n>\d[\d \-]*\d[Xx]?)(?![\d*]|\s*\*|\s*{COUNTED})", _named),
    (rf"(?P<word>(?:{_TYPED})\s*)(?P<n>\d{{5,}})(?!\d)", _named),
    (rf"(?P<word>(?:转|分机){_IS})(?P<n>\d{{2,6}})(?!\d|\s*{MEASURE})", _named),
    (r"(?P<a>\d{3,6})\s?\*[\s*]*\*\s?(?P<b>\d{2,4})(?!\d)", _masked),
    (r"(?<!\d)(?P<plus>\+86[- ]?)?(?P<n>1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)", _mobile),
    (r"(?P<n>\d{17}[\dXx])(?![\dA-Za-z])", lambda found: document(found["n"])),
    (r"\d{4}(?: \d{4}){2,3}(?: \d{1,4})?(?!\d)", lambda found: dialled(_only(found[0]), 4)),
    (r"\d{15,19}(?![\d元])", lambda found: dialled(found[0], 4)),
    (r"\(?(?P<area>0\d{2,3})[-) ]\s?(?P<n>\d{7,8})(?!\d)", _landline),
    (r"(?P<a>[48]00)-?(?P<b>\d{3})-?(?P<c>\d{4})(?!\d)", _free_call),
    (rf"(?P<word>(?:{_CALL}){_IS})(?P<n>\d{{3,12}})(?![\d-]|\s\d|\s*{MEASURE})", _called),
)
RULES: tuple[Rule, ...] = (
    (r"\d+(?:\.\d+){3,}(?!\d)", _all),
    (r"\d+(?:\.\d+){2}(?![\d.])", lambda found: one_by_one(found[0], DIGITS)),
    (rf"(?<![\d.,])(?:{_LINES})(?!\d|[.,%‰]\d|\s*{MEASURE}|\s*[A-Za-z%‰℃㎡/\-~～—])", _all),
    (r"\d{3,4}(?=\s*(?:室|房|号房))", _all),
    (r"\d{3}(?=\s*路)", _all),
    (r"(?P<letters>[A-Za-z]+)-?(?P<n>\d+(?:-\d+)+|\d+(?:\.\d+)?)(?![\d.]*\d)", _lettered),
    (r"[Nn][Oo]\.?\s*(?P<n>\d+)(?!\d)", lambda found: f"{number(found['n'])}号"),
)
