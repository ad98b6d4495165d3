"""Mandarin values as people say them: 幺 and 两, 一千二 for 1,200, 五块八 for 5.80, 四个八."""

from __future__ import annotations

import re
from collections.abc import Mapping

from languages.zh import worth
from languages.zh.days import day, say_day
from languages.zh.numbers import DIGITS, cardinal

__all__ = ["amount", "day", "digit_words", "digits", "number", "say_amount", "say_count", "say_day"]

_DIALLED = {**worth.VALUES, "洞": 0, "幺": 1, "拐": 7, "勾": 9}
digit_words: Mapping[str, str] = {
    **{name: str(value) for value, name in enumerate(DIGITS)},
    "幺": "1",
}
_MEASURE = re.compile(r"(个人|口人|个|位|张|份|笔|本|名|把|次|件|只|人|口)$")
_BEFORE_CODE = re.compile(r"^(卡?尾号|[后末](四|4)位|手机号?码?|电话号?码?|\+86|加八六)(是|为)?")
_BETWEEN = re.compile(r"[-,，、。·]")
_MANY = re.compile(
    r"(?P<times>[二两三四五六七八九2-9一1])个(?P<digit>[零幺洞一二两三四五六七八九\d])"
)
_MOBILE = re.compile(r"86(?P<own>1[3-9]\d{9})")
_MONEY_WORDS = re.compile(r"^(取|存|转账|转|汇|人民币|rmb|¥)|(人民币|整|钱)$")
_DIGIT = "[一二两三四五六七八九1-9]"
_YUAN = re.compile(
    rf"(?P<yuan>.+?)(?:块|元)(?P<skip>零)?(?:(?P<half>半)|(?P<jiao>{_DIGIT})(?P<unit>毛|角)?)?"
    rf"(?:零?(?P<fen>{_DIGIT})分?)?"
)
_SMALL = re.compile(
    rf"(?:(?P<jiao>{_DIGIT})(?:毛|角)(?:(?P<bare>{_DIGIT}))?)?(?:(?P<fen>{_DIGIT})分)?"
)
#: Digits read out one by one as a sum: two would be 一二, which may be one or two.
_READ_OUT = 3


def digits(said: str) -> str | None:
    """幺三八零零 → 13800, 四个八 → 8888; a day with its year as eight digits."""
    text = _BETWEEN.sub("", worth.plain(said))
    if re.fullmatch(r".{2,}年.+月.+", text) and (found := day(text)) is not None:
        return f"{found:%Y%m%d}"
    bare = _MANY.sub(_repeated, _BEFORE_CODE.sub("", text))
    dialled = worth.digits(bare, _DIALLED)
    mobile = _MOBILE.fullmatch(dialled or "")
    return mobile["own"] if mobile else dialled


def _repeated(found: re.Match[str]) -> str:
    times = worth.section(found["times"])
    return found["digit"] * (times or 0)


def number(said: str) -> int | None:
    """A whole number: 十二, 一百零五, 两千三, 一万二, 3个, 仨."""
    return worth.whole(_MEASURE.sub("", worth.plain(said)))


def amount(said: str) -> str | None:
    """Yuan as typed: 五百块 → 500, 五块八 → 5.8, 五分 → 0.05, 1.5万 → 15000."""
    text = worth.plain(said)
    while (shorter := _MONEY_WORDS.sub("", text)) != text:
        text = shorter
    if (found := _YUAN.fullmatch(text)) is not None:
        return _with_parts(found)
    small = _SMALL.fullmatch(text)
    if small is not None and text:
        return f"0.{_cents(small['jiao'], small['fen'] or small['bare'])}"
    return _sum(text)


def _with_parts(found: re.Match[str]) -> str | None:
    jiao, fen = "5" if found["half"] else found["jiao"], found["fen"]
    if found["skip"] and jiao and not found["unit"]:
        # 三块零五 is 3.05.
        jiao, fen = None, jiao if fen is None else ""
    if fen == "" or (found["half"] and (found["skip"] or fen)):
        return None
    yuan = _sum(found["yuan"])
    if not jiao and not fen:
        return yuan
    whole = worth.whole(found["yuan"])
    return None if whole is None else f"{whole}.{_cents(jiao, fen)}"


def _cents(jiao: str | None, fen: str | None) -> str:
    return f"{worth.section(jiao) if jiao else 0}{worth.section(fen) if fen else ''}"


def _sum(text: str) -> str | None:
    """A number of yuan without its unit."""
    if re.fullmatch(r"\d+(\.\d{1,2})?", text):
        return text
    found = worth.decimal(text)
    if found is None:
        read_out = worth.digits(text)
        return read_out if read_out and len(read_out) >= _READ_OUT and text[0] != "零" else None
    if found * 100 % 1:
        return None
    return f"{found.normalize():f}"


def say_amount(yuan: int) -> tuple[str, ...]:
    said = "".join(cardinal(yuan))
    short = re.sub(r"([千万])([一二三四五六七八九])[百千]$", r"\1\2", said)
    return tuple(dict.fromkeys((f"{said}元", f"{said}块", said, short)))


def say_count(count: int) -> tuple[str, ...]:
    plain = "".join(cardinal(count))
    said = "两" if count == 2 else plain
    return (f"{said}个", f"{said}个人", plain)
