"""Values read aloud: each language turns a value into fragments that a pack has clips of.

A fragment is a piece of text such as ``二十三`` or ``December``; `GAP` is a short silence between
groups. `fragments` lists all that a pack must hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from voices.speaking.line import Value
from voices.speaking.spoken import en, ko, plain, zh
from voices.speaking.spoken.parts import GAP, Context

__all__ = ["GAP", "Context", "Reader", "fragments", "read"]


class Reader(Protocol):
    """How one language reads values."""

    def read(self, value: Value, context: Context) -> tuple[str, ...] | None:
        """The fragments, or None where only live speech can say it."""
        ...

    def fragments(self) -> tuple[str, ...]:
        """Every fragment that `read` can give, each once."""
        ...


#: Languages that read values their own way; any other leaves the digits to its synthesiser.
READERS: Mapping[str, Reader] = {"zh-CN": zh.READER, "en": en.READER, "ko": ko.READER}


def read(
    value: Value,
    language: str,
    context: Context = Context("", ""),  # noqa: B008 (immutable)
) -> tuple[str, ...] | None:
    """The value's fragments in that language, or None where only live speech can say it."""
    return _reader(language).read(value, context)


def fragments(language: str) -> tuple[str, ...]:
    return _reader(language).fragments()


def _reader(language: str) -> Reader:
    return READERS.get(language, plain.READER)
