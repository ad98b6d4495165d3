"""Checks of the style: short plain sentences, no bank words, no blame, nothing sold.

What is measured is in ``style/<language>.yaml``; rows 38, 44 and 46 of the requirements.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.content.checks.material import Material
from kiosk.content.locales import Place
from kiosk.content.source import ContentError, Finding, read_yaml
from kiosk.content.words import PLACEHOLDER, Message

#: Words for staff: the official terms are theirs.
STAFF = ("staff", "display", "alarm")


class Style(BaseModel):
    """What the words of one language keep to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_sentence: int = Field(ge=1)
    unit: Literal["characters", "words"]
    question_mark: str
    #: Bank words.
    jargon: tuple[str, ...]
    #: Blame, hurry, names of disabilities, pointing by place or colour.
    forbidden: tuple[str, ...]
    #: Selling and nudging (row 44).
    advertising: tuple[str, ...]
    #: What no question asks for: PINs, full card numbers, biometrics (row 38).
    never_ask: tuple[str, ...]
    #: Words with a better one: ``{你: 您}``.
    instead: Mapping[str, str] = {}


def read_style(language: str, folders: list[Path]) -> Style:
    """The style of a language, a branch's own first. Raises `ContentError`."""
    for folder in reversed(folders):
        path = folder / "style" / f"{language}.yaml"
        if path.is_file():
            source = read_yaml(path)
            try:
                return Style.model_validate(source.data)
            except ValidationError as error:
                raise ContentError(
                    [
                        source.finding(e["loc"], f"{'.'.join(map(str, e['loc']))}: {e['msg']}")
                        for e in error.errors()
                    ]
                ) from error
    file = f"style/{language}.yaml"
    raise ContentError([Finding(file, 1, f"{language} has no style; write {file} like the others")])


def plain_words(material: Material) -> Iterator[Finding]:
    for language in material.words:
        try:
            style = read_style(language, material.folders)
        except ContentError as error:
            yield from error.findings
            continue
        terms = _Terms(style)
        for key, (message, place) in material.judged(language).items():
            if for_customers(key):
                yield from _message(key, message, place, style, terms)


def for_customers(key: str) -> bool:
    return key.split(".")[0] not in STAFF and not key.endswith(".official")


def _message(
    key: str, message: Message, place: Place, style: Style, terms: _Terms
) -> Iterator[Finding]:
    asks = key.endswith(".ask")
    for form in ("text", "speech"):
        text = getattr(message, form)
        if text is None:
            continue
        at = Place(place.source, (*place.where, form))
        for sentence in sentences(text):
            size = MEASURES[style.unit](sentence)
            if size > style.max_sentence:
                yield at.finding(
                    f"{key}: {size} {style.unit} in one sentence, at most {style.max_sentence}; "
                    f"make two of {sentence!r}"
                )
        if asks and text.count(style.question_mark) > 1:
            yield at.finding(f"{key}: two questions at once; ask one")
        yield from (at.finding(f"{key}: {trouble}") for trouble in terms.troubles(text, asks=asks))
    brackets = _BRACKETS.findall(message.form("speech"))
    if brackets:
        yield place.finding(f"{key}: {brackets[0]!r} can't be said; write a `speech` without it")


_BRACKETS = re.compile(r"[()（）\[\]【】<>《》]")
#: A full stop ends a sentence where a space or the end follows, so that 1.5 stays whole.
_END = re.compile(r"[。！？；!?;\n]|\.(?=[\s”’\"]|$)")


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _END.split(text) if part.strip()]


def _characters(sentence: str) -> int:
    plain = PLACEHOLDER.sub("", sentence)
    return sum(unicodedata.category(char)[0] not in "PZC" for char in plain)


def _words(sentence: str) -> int:
    return sum(any(char.isalnum() for char in word) for word in sentence.split())


MEASURES: Mapping[str, Callable[[str], int]] = {"characters": _characters, "words": _words}


class _Terms:
    """The lists of a style, made ready to find."""

    def __init__(self, style: Style) -> None:
        whole = style.unit == "words"
        self._rules = (
            (_any_of(style.jargon, whole), False, "is a bank word; say it in an everyday word"),
            (_any_of(style.forbidden, whole), False, "must not be said; say what to do next"),
            (_any_of(style.advertising, whole), False, "sells something; take it out"),
            (_any_of(style.never_ask, whole), True, "is never asked for; take the question out"),
        )
        self._instead = [
            (_any_of((term,), whole), f"say {better} instead")
            for term, better in style.instead.items()
        ]

    def troubles(self, text: str, *, asks: bool) -> Iterator[str]:
        for pattern, only_asks, why in self._rules:
            if asks or not only_asks:
                for term in dict.fromkeys(pattern.findall(text)):
                    yield f"“{term}” {why}"
        for pattern, why in self._instead:
            for term in dict.fromkeys(pattern.findall(text)):
                yield f"“{term}”: {why}"


def _any_of(terms: tuple[str, ...], whole: bool) -> re.Pattern[str]:
    """A pattern for any of the terms, longest first; whole words where words have spaces."""
    if not terms:
        return re.compile(r"(?!)")
    any_one = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
    return re.compile(rf"\b(?:{any_one})\b" if whole else any_one, re.IGNORECASE)


style_checks = (plain_words,)
