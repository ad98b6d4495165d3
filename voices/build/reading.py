"""What a front end is given: digits as words, no marks it would stumble over."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping

from languages import tongue

_ENGLISH_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_CHINESE_QUOTES = str.maketrans(dict.fromkeys("“”‘’「」（）()", "，"))
_COMMAS = re.compile(r"，+(?=[，。、！？!?；]|$)|(?<=[，。、！？!?；])，+|^，+")


def chinese(text: str) -> str:
    """Numbers in characters, and quotation marks as the short silence they are."""
    plain = tongue("zh-CN").said.text(text)
    quoted = _COMMAS.sub("", plain.translate(_CHINESE_QUOTES))
    return NAMES.get(quoted, quoted)


def english(text: str) -> str:
    """Numbers in words."""
    return tongue("en").said.text(text).translate(_ENGLISH_QUOTES)


#: Latin letters as Mandarin speakers say them.
_NAMES = (
    "诶 必 西 弟 伊 艾弗 记 爱曲 爱 杰 开 艾勒 艾母 "
    "恩 欧 批 扣 阿尔 艾丝 踢 优 维 达不溜 艾克斯 歪 贼德"
)
NAMES: Mapping[str, str] = dict(zip(string.ascii_uppercase, _NAMES.split(), strict=True))

READINGS: Mapping[str, Callable[[str], str]] = {"zh-CN": chinese, "en": english}
