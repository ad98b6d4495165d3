"""Every way through what Korean covers is Korean: no word of another language stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kiosk.content.words import Locale
from kiosk.flow import engine
from kiosk.flow.asking import prompt
from kiosk.flow.course import Course
from kiosk.flow.engine import Task
from kiosk.flow.events import Answer
from kiosk.flow.prompt import Prompt
from kiosk.senses.screen.render import render
from kiosk.senses.speech.render import Audience, speakable
from tests.flow.walks import all_ends, content, course, standing, walk
from voices.speaking.live import NullEngine
from voices.speaking.voice import Voice

HAN = re.compile(r"[\u2e80-\u2fff\u3400-\u9fff\uf900-\ufaff]")
#: No default: a word that isn't there raises.
WORDS = Locale("ko", content().locales["ko"].messages)
SERVICES = sorted(content().covers["ko"])
VOICE = Voice("ko", None, NullEngine())
#: What is wrong with an entry, by the kind of step.
WRONG = {
    "digits": ("", "abc", "12", "99999999999", "123456789012345"),
    "amount": ("", "abc", "0", "99999999"),
    "date": ("", "20261345", "20200101", "20990101"),
}


def ways(service: str) -> Iterator[tuple[Course, Task]]:
    """Every step of every way that differs for some rule, and each with what is wrong there."""
    seen = set()
    for answers in all_ends(service):
        here = course(service, language="ko")
        for task in walk(here, answers):
            known = here.way(task.answers).known_at(task.at)
            mark = (task.at, tuple(sorted((k, str(v)) for k, v in known.items())))
            if mark in seen:
                continue
            seen.add(mark)
            yield here, task
            step = standing(task, here)
            for raw in WRONG.get(step.kind, ("nonsense",)):
                tried = engine.apply(task, Answer(step.id, raw), here)
                if tried.problem is not None:
                    yield here, tried


def everything(one: Prompt) -> Iterator[str]:
    """All that any sense makes of a prompt."""
    screen = render(one, WORDS)
    yield from (screen.title, screen.ask, *screen.why)
    yield from (text for text in (screen.problem, screen.left) if text)
    yield WORDS.render(one.help)
    for pick in screen.picks:
        yield from (pick.label, *((pick.hint,) if pick.hint else ()))
    for line in screen.lines:
        yield from (line.label, line.value)
    if screen.unknown:
        yield screen.unknown.label
    for form in ("braille", "sign"):
        yield from (WORDS.render(text, form) for text in (one.title, one.ask, one.help))  # type: ignore[arg-type]
    for hears in (False, True):
        for spoken in speakable(one, WORDS, Audience(hush=not hears, hears=hears)):
            yield from (spoken.line.caption, VOICE.text_of(spoken.line))


@pytest.mark.parametrize("service", [*SERVICES, "closing"])
def test_every_way_is_korean(service: str) -> None:
    met = 0
    for here, task in ways(service):
        met += 1
        for text in everything(prompt(task, here)):
            assert text
            assert not HAN.search(text), (task.at, text)
            assert "{" not in text, (task.at, text)
    assert met >= 3


@pytest.mark.parametrize("service", SERVICES)
def test_everything_to_be_chosen_can_be_said_in_korean(service: str) -> None:
    for here, task in ways(service):
        one = prompt(task, here)
        labels = [choice.label for choice in one.choices]
        for label in (*labels, *((one.unknown,) if one.unknown else ())):
            assert WORDS.say(label), label


def test_no_message_holds_another_script() -> None:
    """But for a language's own name, which carries its language on the page."""
    for key, message in WORDS.messages.items():
        if key == "language.zh-CN":
            continue
        for text in (message.text, message.speech or "", message.braille or "", *message.say):
            assert not HAN.search(text), (key, text)


def test_the_question_for_who_listens_is_korean() -> None:
    here = course("closing", language="ko", voice=True)
    task = engine.apply(engine.start(here), Answer("first_served", "none"), here)
    assert task.at == "companion"
    for text in everything(prompt(task, here)):
        assert not HAN.search(text), text
