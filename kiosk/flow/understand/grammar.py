"""The closed set of a screen: every phrase that may be said there, and what it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.flow.prompt import EntryKind
from kiosk.flow.text import Text, Words
from kiosk.flow.understand.numbers import FORMS, spoken_values
from kiosk.flow.understand.plain import plain

#: The words that carry nothing: politeness, hesitation, "I want to".
SOFTENERS = Text("voice.softeners")
#: Before the value of something that goes into an entry.
TYPED = "typed:"


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that may be meant, and the ways to say it."""

    value: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """What may be said on one screen.

    `meant` holds plain phrases (`plain`) and the values they stand for: more than one where a
    phrase is ambiguous. `phrases` are the same as people say them, for a recogniser. `digits` are
    the forms of digit strings that are expected (the digits of each place), `kind` what they are.
    """

    language: str
    phrases: tuple[str, ...]
    meant: Mapping[str, tuple[str, ...]]
    softeners: tuple[str, ...] = ()
    digits: tuple[tuple[str, ...], ...] = ()
    kind: EntryKind | None = None
    #: What tomorrow is seen from.
    today: date | None = None


def expected(offers: Sequence[Offer], kind: EntryKind | None, today: date, words: Words) -> Grammar:
    """The closed set of these offers, and of what is typed into an entry of that kind."""
    language = words.language
    typed = [Offer(f"{TYPED}{value}", said) for value, said in spoken_values(kind, today, language)]
    phrases: dict[str, None] = {}
    meant: dict[str, tuple[str, ...]] = {}
    for offer in (*offers, *typed):
        for phrase in offer.phrases:
            bare = plain(phrase)
            known = meant.get(bare, ())
            if bare and offer.value not in known:
                meant[bare] = (*known, offer.value)
            if bare and not known:
                phrases[phrase] = None
    return Grammar(
        language=language,
        phrases=tuple(phrases),
        meant=meant,
        softeners=_longest_first(words.say(SOFTENERS)),
        digits=FORMS.get(kind, ()) if kind else (),
        kind=kind,
        today=today,
    )


def _longest_first(softeners: Iterable[str]) -> tuple[str, ...]:
    bare = {plain(one) for one in softeners} - {""}
    return tuple(sorted(bare, key=lambda one: (-len(one), one)))
