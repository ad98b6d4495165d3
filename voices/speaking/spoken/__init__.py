"""Values in the pieces that a pack has clips of: words of the language, cut as they are recorded.

`languages` says a value in words; here they become fragments such as ``二十三`` or ``December``.
`GAP` is a short silence between groups. `fragments` lists all that a pack must hold.
"""

from __future__ import annotations

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


def read(
    value: Value,
    language: str,
    context: Context = Context("", ""),  # noqa: B008 (immutable)
) -> tuple[str, ...] | None:
    """The value's fragments in that language, or None where only live speech can say it."""
    words = KINDS[value.kind](tongue(language).said, value, context)
    return None if words is None else _cut(words, _known(language))


def fragments(language: str) -> tuple[str, ...]:
    """Every fragment that a pack of the language must hold, each once."""
    return RECORDED[language]() if language in RECORDED else ()


@cache
def _known(language: str) -> frozenset[str]:
    return frozenset(fragments(language))


def _cut(words: Words, known: frozenset[str]) -> tuple[str, ...]:
    """Words as they are recorded: all as one (五百元), each, or in its characters."""
    whole = "".join(words)
    if len(words) > 1 and whole in known:
        return (whole,)
    return tuple(piece for word in words for piece in _pieces(word, known))


def _pieces(word: str, known: frozenset[str]) -> tuple[str, ...]:
    split = word not in known and all(one in known for one in word)
    return tuple(word) if split else (word,)
