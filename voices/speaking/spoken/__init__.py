"""Values in the pieces that a pack has clips of: words of the language, cut as they are recorded.

`languages` says a value in words; here they become fragments such as ``二十三`` or ``December``.
`GAP` is a short silence between groups. `fragments` lists all that a pack must hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache

from languages import GAP, Context, Said, Words, tongue
from voices.speaking.line import Value, ValueKind
from voices.speaking.spoken import en, zh

__all__ = ["GAP", "Context", "fragments", "read"]

#: What is recorded; values of any other language are said live.
RECORDED: Mapping[str, Callable[[], tuple[str, ...]]] = {"zh-CN": zh.fragments, "en": en.fragments}

#: How each kind of value is said.
KINDS: Mapping[ValueKind, Callable[[Said, Value, Context], Words | None]] = {
    "digits": lambda said, value, context: said.digits(str(value.value)),
    "last4": lambda said, value, context: said.digits(str(value.value)),
    "phone": lambda said, value, context: said.phone(str(value.value)),
    "ticket": lambda said, value, context: said.ticket(str(value.value)),
    "count": lambda said, value, context: said.count(int(value.value), context),
    "amount": lambda said, value, context: said.amount(int(value.value)),
    "date": lambda said, value, context: said.date(str(value.value)),
    "time": lambda said, value, context: said.time(str(value.value)),
    "spell": lambda said, value, context: said.spell(str(value.value)),
    "free": lambda said, value, context: said.free(str(value.value)),
}
#: What stands between words that are recorded together.
BETWEEN: Mapping[str, str] = defaultdict(str, {"en": " "})


def read(
    value: Value,
    language: str,
    context: Context = Context("", ""),  # noqa: B008 (immutable)
) -> tuple[str, ...] | None:
    """The value's fragments in that language, or None where only live speech can say it."""
    words = KINDS[value.kind](tongue(language).said, value, context)
    if words is None:
        return None
    return _cut(words, _known(language), BETWEEN[language])


def fragments(language: str) -> tuple[str, ...]:
    """Every fragment that a pack of the language must hold, each once."""
    return RECORDED[language]() if language in RECORDED else ()


@cache
def _known(language: str) -> frozenset[str]:
    return frozenset(fragments(language))


def _cut(words: Words, known: frozenset[str], between: str) -> tuple[str, ...]:
    """Words as they are recorded: as many together as have a clip (五百元), each, or in its
    characters. The fewer joints, the better a value is understood."""
    found: list[str] = []
    at = 0
    while at < len(words):
        ends = range(len(words), at + 1, -1)
        end = next((one for one in ends if between.join(words[at:one]) in known), at + 1)
        together = between.join(words[at:end])
        found += (together,) if end > at + 1 else _pieces(together, known)
        at = end
    return tuple(found)


def _pieces(word: str, known: frozenset[str]) -> tuple[str, ...]:
    split = word not in known and all(one in known for one in word)
    return tuple(word) if split else (word,)
