"""What may be said on a screen, each with the value it stands for there: pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kiosk.content.words import Locale
from kiosk.flow.events import Request
from kiosk.flow.prompt import Entry
from kiosk.flow.text import Text, Words
from kiosk.flow.understand import Grammar, Offer, expected
from kiosk.senses.screen.render import number_of
from kiosk.senses.speech.actions import ENTRY_DONE, ENTRY_ERASE, KEY, SERVICE, SURE_TOLD
from kiosk.session.moment import Moment
from kiosk.session.screens import screen_of
from kiosk.session.screens.task import CHANGE, UNKNOWN
from voices.hearing.ports import Heard
from voices.hearing.sentences import NO_SENTENCES, Sentences

#: Keys that may be spoken, wherever the customer is: their words are ``voice.command.<key>``.
COMMANDS = (
    *("repeat", "help", "back", "cancel", "person", "emergency", "pause", "language"),
    *("louder", "softer", "faster", "slower"),
)
#: Screens where a service is asked for in one's own words.
MENUS = ("menu", "group")


def grammar(now: Moment, words: Words) -> Grammar:
    """The closed set of this screen."""
    entry = now.prompt.entry
    kind = entry.kind if entry and entry.kind != "text" else None
    return expected(tuple(offers(now, words)), kind, date.fromisoformat(now.world.today), words)


def sentences(now: Moment, words: Locale) -> Sentences:
    """The whole sentences that may be said on this screen: at the menu, to ask for a service."""
    if screen_of(now.state) not in MENUS:
        return NO_SENTENCES
    groups = now.world.groups(now.state.switches.language)
    return words.requests.graph(frozenset(one for group in groups for one in group.services))


def request(heard: Heard) -> Request | None:
    """The service that a whole sentence asked for, with the answers in it that were heard surely
    enough: the others are asked. None where it was no such sentence."""
    if heard.about is None:
        return None
    told = ((t.mark.name, t.mark.value) for t in heard.told if t.confidence >= SURE_TOLD)
    return Request(heard.about, tuple(told))


def offers(now: Moment, words: Words) -> Iterator[Offer]:
    """Everything that can be said, by the value it stands for."""
    prompt = now.prompt
    services = tuple(_services(now, words)) if screen_of(now.state) in MENUS else ()
    # Whoever names a service needn't go through its group.
    named = {phrase for offer in services for phrase in offer.phrases}
    for index, choice in enumerate(prompt.choices):
        number = number_of(index, prompt.entry is None and choice.keyed)
        counted = words.say(Text(f"voice.number.n{number}")) if number else ()
        said = (one for one in words.say(choice.label) if one not in named)
        yield Offer(choice.value, (*said, *counted))
    for row in prompt.rows:
        yield Offer(f"{CHANGE}{row.step}", _change(row.label, words))
    if prompt.unknown is not None:
        yield Offer(UNKNOWN, words.say(prompt.unknown))
    if prompt.entry is not None:
        yield from _entry(prompt.entry, words)
    yield from services
    for key in COMMANDS:
        yield Offer(f"{KEY}{key}", words.say(Text(f"voice.command.{key}")))


def _change(label: Text, words: Words) -> tuple[str, ...]:
    return (words.render(Text("voice.change", {"label": label})),)


def _entry(entry: Entry, words: Words) -> Iterator[Offer]:
    if entry.text:
        yield Offer(ENTRY_DONE, (*words.say(Text("common.enter")), *words.say(Text("common.yes"))))
        yield Offer(ENTRY_ERASE, (*words.say(Text("common.erase")), *words.say(Text("common.no"))))


def _services(now: Moment, words: Words) -> Iterator[Offer]:
    shown = {choice.value for choice in now.prompt.choices}
    for group in now.world.groups(now.state.switches.language):
        for service in group.services:
            if service not in shown:
                yield Offer(f"{SERVICE}{service}", words.say(Text(f"{service}.title")))
