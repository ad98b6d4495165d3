"""Which words of a run of Chinese are written together (分词连写).

Our reading of GF 0019-2018 and of 汉语拼音正词法基本规则 (GB/T 16159-2012), as docs/braille.md
tells it: particles of structure and tense stand at the word before them, 不 and 第 at the one
after, numbers with their measure words, a verb with what completes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Written together with the word before them, and with the one after.
LEANS_BACK = frozenset("的地得了着过们里")
LEANS_ON = frozenset("不第")
#: After a number these are its measure words, written together with it; then a new word begins.
MEASURES = frozenset("年月日号位个元角分岁次张笔件楼层室窗天点时周秒页项条种份字米台本家样回句")
#: 这张, 哪种: what points at a thing goes with its measure word alone.
_POINTING = frozenset("这那哪")
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿几]+")
#: Verbs of one syllable of a bank's texts, and what completes them: 取走, 存到, 填好, 拿出来.
_VERBS = frozenset(
    "存取填约锁停清找拿带送打说写选输记听看想做办收转交发寄报借换买卖用问念录放插盖刷查认投付领坐站"
    "走跑接等讲关开装贴擦删退撕丢叫印守签扣补"
)
_COMPLETES = frozenset("到给住掉好出成完错满见走回")
_WHERETO = frozenset(f"{way}{end}" for way in "出进回起下上过" for end in "来去")
#: What may follow 不 or 得 in 拿不准, 取不走, 看得清: whether something can be done.
_CAN = frozenset("了到准清走开上下着住掉懂完动成得及") | _WHERETO
_NOT_OR_CAN = re.compile(r"[不得](.+)")


def together(words: Sequence[str], at: int) -> bool:
    """Whether the word at `at` is written together with the one before it."""
    before, word = words[at - 1], words[at]
    if len(word) == 1 and word in LEANS_BACK:
        return True
    return before in LEANS_ON or _counts(words, at) or _completes(words, at) or _again(words, at)


def _counts(words: Sequence[str], at: int) -> bool:
    before, word = words[at - 1], words[at]
    if _NUMERAL.fullmatch(before):
        return bool(_NUMERAL.match(word)) or word in MEASURES
    return before in _POINTING and word in MEASURES


def _completes(words: Sequence[str], at: int) -> bool:
    before, word = words[at - 1], words[at]
    if before in _VERBS:
        can = _NOT_OR_CAN.fullmatch("".join(words[at : at + 2]) if word == "不" else word)
        return word in _COMPLETES | _WHERETO or (can is not None and can[1] in _CAN)
    return before == "得" and at > 1 and words[at - 2] in _VERBS and word in _CAN


def _again(words: Sequence[str], at: int) -> bool:
    """问一问 and 借不借, in whatever words they were cut."""
    before = words[at - 1]
    if "".join(words[at : at + 2]).startswith(f"不{before}"):
        return True
    if words[at] == f"一{before}":
        return before in _VERBS
    one = words[at - 1 : at + 2] if words[at] == "一" else words[at - 2 : at + 1] if at > 1 else ()
    return len(one) == 3 and one[1] == "一" and one[0] == one[2] and one[0] in _VERBS
