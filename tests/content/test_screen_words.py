"""The kiosk's own screens, in every state they can be in, have words in every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from typing import get_args

import pytest

from kiosk.content.loader import Content, load
from kiosk.content.words import Locale
from kiosk.flow.engine import Task
from kiosk.flow.matter import Matter
from kiosk.flow.text import Text
from kiosk.flow.visit import Visit
from kiosk.session.bar import BAR
from kiosk.session.ports import CallWait, TicketStatus
from kiosk.session.screens import OVERLAYS, SCREENS, Screen, World, current_prompt
from kiosk.session.state import Place, State
from kiosk.session.switches import Switches
from kiosk.sign_slots import SignSlot

SLOT = SignSlot("李敏", datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
CONFIRMED = Matter("withdraw")


def states(content: Content, language: str) -> Iterator[State]:
    in_task = Visit("task", task=Task("withdraw", "account"))
    for place in get_args(Place):
        yield State(place=place)
        yield State(place=place, overlay="help")
    for group in World(content.catalog, "", (), content.covers).groups(language):
        yield State(place="visit", visit=Visit(group=group.id))
    yield State(place="visit", visit=Visit(confirmed=(CONFIRMED,)))
    visits = (Visit(), in_task, replace(in_task, confirmed=(CONFIRMED,)))
    for overlay, visit in product(sorted(OVERLAYS), visits):
        yield State(place="visit", visit=visit, overlay=overlay)
    for overlay in ("call", "book_call"):
        booked = State(place="visit", overlay=overlay, officer_wanted=True, request_id="r1")
        yield booked
        yield replace(booked, sign_call=SLOT)


def worlds(content: Content) -> Iterator[World]:
    calm = World(content.catalog, "2026-11-24", tuple(content.locales), content.covers)
    for help_state in SCREENS["person"].phases:
        yield replace(calm, help_state=None if help_state == "failed" else help_state)
    for call_state in SCREENS["call"].phases:
        yield replace(calm, call_state=None if call_state == "booked" else call_state)
    for wait in (CallWait(2), CallWait(2, 5)):
        yield replace(calm, call_state="busy", call_wait=wait, slots=(SLOT,))
    for status, (ahead, counter) in product(SCREENS["ticket"].phases, ((0, None), (2, "3"))):
        yield replace(calm, ticket=TicketStatus(status.partition("_counter")[0], ahead, counter))


def prompted(content: Content, language: str) -> Iterator[Text]:
    """Every text of every prompt; a screen's `why` may have no words, so it isn't here."""
    for state, world, sign in product(states(content, language), worlds(content), (False, True)):
        one = current_prompt(replace(state, switches=Switches(language, sign=sign)), world)
        labels = (choice.label for choice in one.choices)
        yield from (one.title, one.ask, one.help)
        yield from (label for label in labels if isinstance(label, Text))


def named() -> Iterator[Text]:
    """Every text that is known by its name alone."""
    yield from (text for screen in SCREENS.values() for text in words_of(screen))
    yield from (button.label for button in BAR)
    for sense, word in product(("voice", "braille", "sign"), ("missing", "on", "off")):
        yield Text(f"notice.{word}.{sense}")
    yield Text("notice.language_stays")


def words_of(screen: Screen) -> Iterator[Text]:
    """What a screen says in each of its phases."""
    for key in screen.keys:
        yield Text(f"{key}.ask")
        yield Text(f"{key}.help", fallback="common.screen.help")


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def unsaid(content: Content, language: str, found: Iterable[Text]) -> list[str]:
    """The texts that a language has no words of its own for."""
    # No other language may stand in for one that is missing.
    words = Locale(language, content.locales[language].messages)
    seen = {(said.key, said.fallback) for said in found}
    return [key for key, other in seen if not any(words.has(one) for one in (key, other) if one)]


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
def test_every_screen_has_words(content: Content, language: str) -> None:
    found = {(said.key, said.fallback): said for said in prompted(content, language)}
    assert len(found) > 100
    assert unsaid(content, language, (*found.values(), *named())) == []
    words = content.words(language)
    assert [key for key, said in found.items() if "{" in words.render(said)] == []


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
def test_a_phase_without_words_is_found(content: Content, language: str) -> None:
    planted = replace(SCREENS["person"], phases=("raised", "lost_on_the_way"))
    assert unsaid(content, language, words_of(planted)) == ["screen.person.lost_on_the_way.ask"]


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
def test_the_ear_is_told_of_each_button_below(content: Content, language: str) -> None:
    words = content.words(language)
    told = words.text("ear.bar").lower()
    at = [told.index(words.render(button.label).lower()) for button in BAR]
    assert at == sorted(at), "and in their order"
