"""What a front end is given: digits as words, no marks it would stumble over."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping

from voices.speaking.spoken import en, zh

_NUMBER = re.compile(r"\d+")
#: Numbers that are dialled, not counted: emergency, fraud and bank lines.
_LINES = frozenset({"110", "119", "120", "122"})
_ENGLISH_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_CHINESE_QUOTES = str.maketrans(dict.fromkeys("“”‘’「」（）()", "，"))
_COMMAS = re.compile(r"，+(?=[，。、！？!?；]|$)|(?<=[，。、！？!?；])，+|^，+")


def chinese(text: str) -> str:
    """Numbers in characters, and quotation marks as the short silence they are."""
    spelled = _NUMBER.sub(lambda found: _mandarin(found[0], text[found.end() :]), text)
    plain = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", spelled)
    quoted = _COMMAS.sub("", plain.translate(_CHINESE_QUOTES))
    return NAMES.get(quoted, quoted)


def _mandarin(digits: str, after: str) -> str:
    if after.lstrip().startswith("年"):
        return "".join(zh.DIGITS[int(d)] for d in digits)
    if len(digits) > 4 or digits in _LINES:
        return "".join(zh.DIALLED[int(d)] for d in digits)
    return "".join(zh.cardinal(int(digits)))


def english(text: str) -> str:
    """Numbers in words."""
    spelled = _NUMBER.sub(lambda found: _english(found[0]), text)
    return spelled.translate(_ENGLISH_QUOTES)


def _english(digits: str) -> str:
    if len(digits) > 4 or digits in _LINES:
        return " ".join(en.ONES[int(d)] for d in digits)
    number = int(digits)
    parts = en.year(number) if 2000 < number < 2100 else en.cardinal(number)
    return " ".join(parts)


#: Latin letters as Mandarin speakers say them.
_NAMES = (
    "诶 必 西 弟 伊 艾弗 记 爱曲 爱 杰 开 艾勒 艾母 "
    "恩 欧 批 扣 阿尔 艾丝 踢 优 维 达不溜 艾克斯 歪 贼德"
)
NAMES: Mapping[str, str] = dict(zip(string.ascii_uppercase, _NAMES.split(), strict=True))

READINGS: Mapping[str, Callable[[str], str]] = {"zh-CN": chinese, "en": english}
