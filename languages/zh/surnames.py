"""Surnames whose sound isn't the character's usual one: 单先生 is Shàn, not dān."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "surnames.yaml"
#: What follows a surname (patterns), which makes the character before it one.
TITLES = (
    *("先生", "女士", "小姐", "太太", "夫人", "同志", "师傅", "老师", "医生", "大夫", "律师"),
    *("主任", "行长", "科长", "处长", "局长", "主管", "柜员", "警官", "教授", "某(?![些个种])"),
    # 曾经理财 and 账单总额 have no manager in them.
    *("经理(?![财解论想])", "总(?![额数计价共结是])"),
    *("老先生", "老太太", "大爷", "大妈", "大叔", "大姐", "大哥", "大娘", "阿姨", "叔叔"),
    *("爷爷", "奶奶", "伯伯", "姐", "哥", "氏", "老"),
)
#: Words that stand before a name; after any other character it belongs to a word (简单, 主任).
_BEFORE = "请找叫给为是由和与跟向对让帮把被老小有见户人位问候问示及姓贵员"


@dataclass(frozen=True, slots=True)
class Surname:
    """How a surname is read: its syllables with tones, and characters that sound like it."""

    name: str
    pinyin: tuple[str, ...]
    sounds: str


@cache
def surnames() -> Mapping[str, Surname]:
    """The table by name; in the file names of two characters come first, as they must be tried."""
    found = yaml.safe_load(FILE.read_text("utf-8"))
    return {
        name: Surname(name, tuple(one["pinyin"].split()), one["as"]) for name, one in found.items()
    }


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(surnames())
    titles = "|".join(TITLES)
    start = rf"(?<![\u4e00-\u9fff])|(?<=[{_BEFORE}])"
    return re.compile(rf"(?:{start})(?:{names})(?={titles})|(?<=姓)(?:{names})")


def named(text: str) -> tuple[tuple[int, Surname], ...]:
    """Where surnames of the table stand in a text, as names."""
    return tuple((found.start(), surnames()[found[0]]) for found in _pattern().finditer(text))


def sounded(text: str) -> str:
    """The text with such surnames written by characters of their sound."""
    return _pattern().sub(lambda found: surnames()[found[0]].sounds, text)
