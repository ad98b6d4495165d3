"""The kiosk's own screens, in every state they can be in, have words in every language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import get_args

import pytest

from kiosk.content.loader import Content, load
from kiosk.content.words import Locale
from kiosk.flow.answers import Answers
from kiosk.flow.engine import Task
from kiosk.flow.text import Said, Text
from kiosk.flow.visit import Visit
from kiosk.session.ports import TicketStatus
from kiosk.session.screens import World, current_prompt, texts_of_keys
from kiosk.session.state import Overlay, Place, State
from kiosk.session.switches import CUSTOMER_SIZES, PRESETS, THEMES, Switches

TICKETS = (
    *("waiting", "seen", "coming", "called", "serving", "task_done", "held", "finished", "left"),
)
CALLS = (None, "raised", "seen", "coming")
CONFIRMED = Task("withdraw", "done", Answers(), confirmed=True)


def states(content: Content, language: str) -> Iterator[State]:
    in_task = Visit("task", task=Task("withdraw", "account"))
    for place in get_args(Place):
        yield State(place=place)
        yield State(place=place, overlay="help")
    for group in World(content.catalog, "", (), content.covers).groups(language):
        yield State(place="visit", visit=Visit(group=group.id))
    yield State(place="visit", visit=Visit(confirmed=(CONFIRMED,)))
    for overlay, visit in product(
        get_args(Overlay), (Visit(), in_task, replace(in_task, confirmed=(CONFIRMED,)))
    ):
        yield State(place="visit", visit=visit, overlay=overlay)


def worlds(content: Content) -> Iterator[World]:
    calm = World(content.catalog, "2026-11-24", tuple(content.locales), content.covers)
    for call in CALLS:
        yield replace(calm, help_state=call)
    for state, (ahead, counter) in product(TICKETS, ((0, None), (2, "3"))):
        yield replace(calm, ticket=TicketStatus(state, ahead, counter))


def texts(content: Content, language: str) -> Iterator[Said]:
    """Every text of every screen; a screen's `why` may have no words, so it isn't here."""
    for state, world, sign in product(states(content, language), worlds(content), (False, True)):
        one = current_prompt(replace(state, switches=Switches(language, sign=sign)), world)
        yield from (one.title, one.ask, *(choice.label for choice in one.choices))
        yield one.help
    yield from (Text(f"{key}.ask") for key in texts_of_keys())
    yield from (Text(f"screen.attract.option.{preset}") for preset in PRESETS)
    yield from (Text(f"screen.settings_text_size.option.{size}") for size in CUSTOMER_SIZES)
    yield from (Text(f"screen.settings_theme.option.{theme}") for theme in THEMES)
    for sense, word in product(("voice", "braille", "sign"), ("missing", "on", "off")):
        yield Text(f"notice.{word}.{sense}")
    yield from (Text(f"screen.settings_language.fewer.{part}") for part in ("ask", "why", "help"))
    yield Text("notice.language_stays")


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
def test_every_screen_has_words(content: Content, language: str) -> None:
    # No other language may stand in for one that is missing.
    words = Locale(language, content.locales[language].messages)
    seen = {
        (said.key, said.fallback): said
        for said in texts(content, language)
        if isinstance(said, Text)
    }
    assert len(seen) > 100
    for said in seen.values():
        shown = words.render(said)
        assert shown
        assert "{" not in shown, said.key
