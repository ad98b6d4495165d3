"""Checks of what customers may say: every choice can be said, and means one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kiosk.content.checks.material import Material
from kiosk.content.coverage import covers_all
from kiosk.content.locales import Messages
from kiosk.content.source import Finding
from kiosk.flow.kinds.choice import Choice
from kiosk.flow.kinds.step import Step
from kiosk.flow.kinds.yes_no import YesNo

#: People say one matter in many ways; fewer than these leave too many unheard. A language that
#: covers a part has fewer services to tell apart.
TITLE_PHRASES, TITLE_PHRASES_PART = 10, 5
_SILENT = re.compile(r"[\W_]+")


def can_be_said(material: Material) -> Iterator[Finding]:
    """Titles in many ways, everything that can be chosen in at least one."""
    titles = {f"{service}.title" for service in material.catalog.services}
    for language in material.words:
        whole = language not in material.torn and covers_all(
            material.covers[language], material.catalog
        )
        least = TITLE_PHRASES if whole else TITLE_PHRASES_PART
        for key, (message, place) in material.judged(language).items():
            if key in titles and len(message.say) < least:
                yield place.finding(
                    f"{key}: `say` has {len(message.say)} phrases; write at least {least} "
                    "ways people say it"
                )
            elif not message.say and _is_choice(key, material):
                yield place.finding(f"{key}: can't be said; write a `say` list of phrases")
            for phrase in message.say:
                if not _plain(phrase):
                    yield place.finding(f"{key}: the phrase {phrase!r} has no words in it")


def _is_choice(key: str, material: Material) -> bool:
    head, *_, last = parts = key.split(".")
    if len(parts) > 2 and parts[-2] == "option":
        return True
    if head == "group":
        return last == "title"
    homes = {step.home for service in material.services for step in service.steps}
    return len(parts) == 3 and head in homes and last in ("yes", "no", "unknown", "skip")


def means_one_thing(material: Material) -> Iterator[Finding]:
    """No phrase answers one question in two ways, or asks for two services."""
    for language in material.words:
        messages = material.judged(language)
        titles = [(f"{service}.title",) for service in material.catalog.services]
        yield from _clashes(titles, messages)
        yield from _clashes([(f"group.{g.id}.title",) for g in material.catalog.groups], messages)
        yield from _clashes([(f"common.paper.{have}",) for have in _PAPER], messages)
        for service in material.services:
            for step in service.steps:
                yield from _clashes(_meanings(step), messages)


_PAPER = ("yes", "no", "unknown")


def _meanings(step: Step) -> Iterable[tuple[str, ...]]:
    """The keys of everything that can be said to a step, each with its stand-in."""
    if isinstance(step, Choice):
        yield from (step.words_of(option.id).keys for option in step.options)
    if isinstance(step, YesNo):
        yield from (step.words_of(value).keys for value in (True, False))
    if step.unknown_words is not None:
        yield step.unknown_words.keys


def _clashes(meanings: Iterable[tuple[str, ...]], messages: Messages) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for keys in meanings:
        key = next((one for one in keys if one in messages), None)
        if key is None:
            continue
        message, place = messages[key]
        for phrase in message.say:
            before = taken.setdefault(_plain(phrase), key)
            if before != key:
                yield place.finding(f"{key}: {phrase!r} already means {before}; keep it in one")


def _plain(phrase: str) -> str:
    return _SILENT.sub("", phrase.casefold())


say_checks = (can_be_said, means_one_thing)
