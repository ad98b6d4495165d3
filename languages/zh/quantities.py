"""Quantities in Mandarin text: amounts, measures, percent, fractions, ranges, plain numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from languages.zh.numbers import DIGITS, cardinal, one_by_one

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
DASH = r"\s*[-~～—–−]+\s*"
#: Measures that name rather than count: two is 二 before them.
NAMED = (
    r"(?:号|月(?!份?之)|日|楼|层|室|路|级|栋|单元|区(?!间)|门|类|角|分(?!钟)|班|组|线|排|座|期|两)"
)
#: Measures and nouns that are counted: two is 两 before them.
COUNTED = (
    r"(?:个|位|名|张|份|本|笔|次|件|种|套|台|把|支|页|条|家|岁|周岁|年|周|天|小时|钟头|分钟|秒|点|"
    r"人|口|元|块|圆|毛|美元|欧元|英镑|港元|日元|米|公里|千米|里|厘米|毫米|公斤|千克|克|斤|吨|升|"
    r"毫升|平方|立方|度|倍|部|辆|只|双|对|包|盒|瓶|杯|项|道|步|段|句|字|遍|趟|回|场|季|代|户|万|亿|千|"
    r"成|码|下|遇|星期|礼拜|摄氏度)"
)
MEASURE = rf"(?:{NAMED}|{COUNTED}|百)"
_NAMED, _COUNTED, _MEASURE = (re.compile(rf"\s*{one}") for one in (NAMED, COUNTED, MEASURE))

_WRITTEN = {
    "公里每小时": "km/h", "米每秒": "m/s", "千瓦时": "kWh", "千瓦": "kW",
    "公斤": "kg KG Kg ㎏", "克": "g", "毫克": "mg", "吨": "t",
    "公里": "km KM ㎞", "米": "m", "分米": "dm", "厘米": "cm ㎝", "毫米": "mm ㎜",
    "平方米": "m² m2 ㎡", "立方米": "m³", "升": "L l", "毫升": "ml mL",
    "摄氏度": "℃ °C", "华氏度": "℉", "度": "°", "兆": "MB", "分贝": "dB", "瓦": "W", "伏": "V",
    "小时": "h", "分钟": "min",
}  # fmt: skip
UNITS: Mapping[str, str] = {
    sign: unit for unit, signs in _WRITTEN.items() for sign in signs.split()
}
_UNIT = "|".join(re.escape(one) for one in sorted(UNITS, key=len, reverse=True))
MONEY: Mapping[str, str] = {
    "￥": "元", "¥": "元", "RMB": "元", "CNY": "元", "US$": "美元", "USD": "美元", "$": "美元",
    "HK$": "港元", "HKD": "港元", "€": "欧元", "EUR": "欧元", "£": "英镑", "GBP": "英镑",
}  # fmt: skip
_SIGN = "|".join(re.escape(one) for one in sorted(MONEY, key=len, reverse=True))


def whole(number: int, *, counted: bool = False) -> str:
    """A whole number; two is 两 where something is counted."""
    return "两" if number == 2 and counted else "".join(cardinal(number))


def number(written: str, *, counted: bool = False) -> str:
    """A number as it is written: 1,250.8 → 一千二百五十点八."""
    head, point, rest = written.replace(",", "").partition(".")
    if not point:
        return whole(int(head), counted=counted)
    return f"{whole(int(head))}点{one_by_one(rest, DIGITS)}"


def yuan(written: str) -> str:
    """An amount in yuan: 1,250.80 → 一千二百五十元八角, 0.05 → 五分."""
    head, _, rest = written.replace(",", "").partition(".")
    if len(rest) > 2:
        return f"{number(written)}元"
    jiao, fen = (int(one) for one in f"{rest:0<2}")
    parts = [f"{whole(int(head), counted=True)}元"] if int(head) or not (jiao or fen) else []
    parts += [f"{DIGITS[jiao]}角"] if jiao else []
    parts += ["零"] if fen and parts and not jiao else []
    parts += [f"{DIGITS[fen]}分"] if fen else []
    return "".join(parts)


def money(written: str, unit: str) -> str:
    return yuan(written) if unit == "元" else f"{number(written, counted=True)}{unit}"


def _sign(minus: str | None) -> str:
    return "负" if minus else ""


def _marked(found: re.Match[str]) -> str:
    """¥1,250.80, and ¥3万."""
    unit, big = MONEY[found["unit"]], found["big"]
    sign = _sign(found["minus"] or found["less"])
    if big:
        return f"{sign}{number(found['n'], counted=True)}{big}{unit}"
    return sign + money(found["n"], unit)


def _yuan(found: re.Match[str]) -> str:
    return _sign(found["minus"]) + yuan(found["n"])


def _range(found: re.Match[str]) -> str:
    return f"{_counting(found['a'], found)}到{_counting(found['b'], found)}"


def _counting(written: str, found: re.Match[str]) -> str:
    after = found.string[found.end() :]
    return number(written, counted=bool(_COUNTED.match(after)) and not _NAMED.match(after))


def _percent(found: re.Match[str]) -> str:
    base = {"%": "百", "‰": "千"}[found["base"]]
    value = "百" if found["n"] == "100" and base == "百" else number(found["n"])
    return f"{_sign(found['minus'])}{base}分之{value}{'到' if found['to'] else ''}"


def _percents(found: re.Match[str]) -> str:
    return f"百分之{number(found['a'])}到{number(found['b'])}"


def _fraction(found: re.Match[str]) -> str:
    """1/2; more over less is no fraction but two numbers (120/80)."""
    if int(found["a"]) > int(found["b"]):
        return f"{whole(int(found['a']))}比{whole(int(found['b']))}"
    base = {"100": "百", "1000": "千", "10000": "万"}.get(found["b"]) or whole(int(found["b"]))
    return f"{base}分之{whole(int(found['a']))}"


def _unit(found: re.Match[str]) -> str:
    unit = UNITS[found["unit"]]
    below = "零下" if found["minus"] and unit.endswith("度") else _sign(found["minus"])
    return f"{below}{number(found['n'], counted=True)}{unit}"


def _units(found: re.Match[str]) -> str:
    a, b = (number(found[name], counted=True) for name in "ab")
    return f"{a}到{b}{UNITS[found['unit']]}"


def _ordinal(found: re.Match[str]) -> str:
    return f"第{number(found['n'])}"


def _plain(found: re.Match[str]) -> str:
    """Any other number: a quantity where a measure follows or it is round, else digits."""
    written = found["n"]
    sign = _sign(found["minus"])
    if "." in written or "," in written or _MEASURE.match(found.string, found.end()):
        leading = len(written) > 1 and written[0] == "0" and "." not in written
        if not leading:
            return sign + _counting(written, found)
    if (len(written) > 1 and written[0] == "0") or (len(written) > 4 and written[-2:] != "00"):
        return sign + one_by_one(written)
    return sign + number(written)


Rule = tuple[str, Callable[[re.Match[str]], str | None]]

#: Tried before days and codes: CNY1200 is no ticket.
FIRST: tuple[Rule, ...] = (
    (
        rf"(?P<minus>[-−])?(?P<unit>{_SIGN})\s*(?P<less>[-−])?(?P<n>{NUMBER})\s*(?P<big>[万亿])?元?",
        _marked,
    ),
)
RULES: tuple[Rule, ...] = (
    (rf"(?P<a>{NUMBER}){DASH}(?P<b>{NUMBER})%", _percents),
    (rf"(?P<minus>[-−])?(?P<n>{NUMBER})(?P<base>[%‰])(?P<to>{DASH}(?={NUMBER}[%‰]))?", _percent),
    (rf"(?P<a>{NUMBER}){DASH}(?P<b>{NUMBER})\s*(?P<unit>{_UNIT})(?![A-Za-z0-9])", _units),
    (rf"(?P<minus>[-−])?(?P<n>{NUMBER})\s*(?P<unit>{_UNIT})(?![A-Za-z0-9])", _unit),
    (r"第\s*(?P<n>\d+)", _ordinal),
    (r"(?P<a>\d+)/(?P<b>[1-9]\d*)(?![\d/])", _fraction),
    (rf"(?P<a>{NUMBER}){DASH}(?P<b>{NUMBER})(?![\d.]*\d)", _range),
    (rf"(?P<minus>[-−])?(?P<n>{NUMBER})\s*(?:元|圆)", _yuan),
    (r"(?<=\d)\s*[xX*]\s*(?=\d)|(?<=\S)\s*×\s*(?=\d)", lambda found: "乘"),
    (r"(?:(?<=\d)\s*)?\+\s*(?=\d)", lambda found: "加"),
    (r"(?<=\S)\s*=\s*(?=\d)", lambda found: "等于"),
    (r"(?<=[元角分块])\s*/\s*(?=[\u4e00-\u9fff])", lambda found: "每"),
    (rf"(?P<minus>(?<!\w)[-−])?(?P<n>{NUMBER})", _plain),
)
