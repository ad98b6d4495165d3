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


#: Characters that most given names are made of.
GIVEN = (
    "伟芳娜敏静秀英丽强磊军洋勇艳杰娟涛明超霞平刚桂文建国华志玲红梅玉兰春凤云龙海波鹏辉斌宇浩凯健俊帆雪琳晨"
    "欣怡佳嘉琪雨轩博思远子涵梓睿泽晓小淑珍荣贵福祥庆德忠义仁礼智信永光金银生林森山峰岩松柏竹菊莲荷萍蓉婷婉"
    "燕莉颖慧雯倩瑶琴瑾璐雅洁美玥月星辰阳旭东南北冬秋夏宝贝家兴旺成功达康宁安友良才学武振振宏鸿飞翔立新民胜利"
    "卫爱惠素莹晶彬彪栋梁维正清江河湖泉源根树"
)
#: Surnames that more often are a verb or part of a word: a given name of one character doesn't
#: show that they are meant.
SELDOM = "过种重应相折藏黑秘员祭撒召盖区"
#: What looks like a surname and a given name, and is none: a pattern.
NO_NAMES = (
    "查[明清]|解[明冬]|华[东南北夏山美达星丽光文源阳安]|宁[波夏静安海国德武远宁]|乐[山平东安子]|"
    "燕[山子国]|柏[林树木]|朴[树素]|任家|单[利子晶家月星根]|纪家|仇家|种花|"
    "过国庆|过立[春夏秋冬]|过家家|[重应]建[国家]"
)


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
    """A surname before a title, after 姓, and at the head of a name: one before a title (单小明
    先生), or one that is all there is between marks of punctuation or after who it is (客户单小明).
    """
    names, titles = "|".join(surnames()), "|".join(TITLES)
    start = rf"(?:(?<![\u4e00-\u9fff])|(?<=[{_BEFORE}]))"
    end = r"(?![\u4e00-\u9fff])"
    whole = rf"(?!(?:{NO_NAMES}){end})"
    given, seldom = f"[{GIVEN}]{{1,2}}", f"(?:[{SELDOM}][{GIVEN}]{end})"
    return re.compile(
        rf"{start}(?:{names})(?=(?:{given})?(?:{titles}))"
        rf"|(?<=姓)(?:{names})"
        rf"|{start}(?!{seldom}){whole}(?:{names})(?={given}{end})"
    )


def named(text: str) -> tuple[tuple[int, Surname], ...]:
    """Where surnames of the table stand in a text, as names."""
    return tuple((found.start(), surnames()[found[0]]) for found in _pattern().finditer(text))


def sounded(text: str) -> str:
    """The text with such surnames written by characters of their sound."""
    return _pattern().sub(lambda found: surnames()[found[0]].sounds, text)
