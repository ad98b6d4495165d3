"""What is said of every screen: golden transcripts, and nothing visible left unsaid.

Renew after a change that is meant: ``RENEW_GOLDEN=1 pytest tests/modes``, and read the difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.flow.asking import prompt
from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Slot, Text
from kiosk.senses.screen.render import Seen, render
from kiosk.senses.speech.render import Audience, Spoken, item, speakable, told
from tests.flow.walks import all_ends, content, course, services, walk
from tests.support.customer import WAYS, customer_at
from voices.speaking.line import Value

GOLDEN = Path(__file__).parent.parent / "golden"
#: As heard with a headset in, on a kiosk that understands speech.
PRIVATE = Audience(hush=False, hears=True)
OPEN = Audience(hush=True, hears=True)


def prompts(language: str) -> Iterator[Prompt]:
    """Every screen and every question of every service, each once."""
    for screen in WAYS:
        yield customer_at(screen).prompt
    for service in services():
        seen = set()
        way = course(service, language=language)
        for answers in all_ends(service):
            for task in walk(way, answers):
                found = prompt(task, way)
                if found.key not in seen:
                    seen.add(found.key)
                    yield found


def transcript(spoken: tuple[Spoken, ...]) -> str:
    """A line each: what it is on the screen, and the words, values in braces."""
    return "\n".join(f"{one.about:<22} {words_of(one)}" for one in spoken)


def words_of(one: Spoken) -> str:
    return " ".join(
        f"{{{part.kind} {part.value}}}" if isinstance(part, Value) else part.text
        for part in one.line.parts
    )


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_screen_is_said_as_agreed(language: str) -> None:
    words = content().words(language)
    said = "".join(
        f"# {one.service} {one.key}\n{transcript(speakable(one, words, OPEN))}\n\n"
        for one in prompts(language)
    )
    golden = GOLDEN / f"spoken.{language}.txt"
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_text(said, "utf-8")
    assert said == golden.read_text("utf-8")


_WORDS = re.compile(r"\w+")


def heard(spoken: tuple[Spoken, ...]) -> str:
    return " ".join(_WORDS.findall(" ".join(one.line.caption for one in spoken)))


def visible(screen: Seen) -> Iterator[str]:
    """Every text of a screen."""
    yield screen.ask
    yield from screen.why
    if screen.service != "screen":
        yield screen.title
    for optional in (screen.problem, screen.left):
        if optional:
            yield optional
    for pick in (*screen.picks, *((screen.unknown,) if screen.unknown else ())):
        yield pick.label
        if pick.hint:
            yield pick.hint
    for line in screen.lines:
        yield line.label
        yield line.value


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_r13_every_visible_text_is_said(language: str) -> None:
    """But for a text that has words of its own for the ear, which say the same."""
    words = content().words(language)
    own = {m.text for m in words.messages.values() if m.speech is not None}
    for one in prompts(language):
        said = heard(speakable(one, words, PRIVATE)).replace(" ", "")
        for text in visible(render(one, words)):
            if text in own or any(_pattern(template, text) for template in own):
                continue
            for word in _WORDS.findall(text):
                assert word in said, f"{one.key}: {word!r} of {text!r} isn't said"


def _pattern(template: str, text: str) -> bool:
    """Whether a text is that template filled in."""
    parts = re.split(r"\{[a-z_]+\}", template)
    return len(parts) > 1 and bool(re.fullmatch(".*".join(map(re.escape, parts)), text))


def test_a_prompt_comes_in_a_screen_readers_order() -> None:
    words = content().words("zh-CN")
    found = [one.about for one in speakable(customer_at("task").prompt, words, OPEN)]
    assert found[:2] == ["title", "ask"]
    assert found[-1] == "how"
    assert found.index("ask") < found.index("pick:card")


def test_heard_before_it_is_shorter_and_still_has_question_and_choices() -> None:
    words = content().words("zh-CN")
    asked = customer_at("task").prompt
    whole = {one.about for one in speakable(asked, words, OPEN)}
    short = {one.about for one in speakable(asked, words, OPEN, short=True)}
    assert short < whole
    assert {"ask", "how"} <= short
    assert {about for about in whole if about.startswith("pick:")} <= short


def test_private_numbers_are_masked_on_the_loudspeaker() -> None:
    words = content().words("zh-CN")
    phone = Slot("phone", "13800138000", private=True)
    open_, private = told("x", phone, words, OPEN), told("x", phone, words, PRIVATE)
    assert "138" not in open_[0].line.caption
    assert "不大声念" in open_[0].line.caption
    assert private[0].line.parts == (Value("phone", "13800138000"),)
    assert private[0].line.private


def test_the_thing_under_the_cursor_is_said_alone() -> None:
    words = content().words("zh-CN")
    asked = customer_at("task").prompt
    said = item(asked, "card", words, OPEN)
    assert {one.about for one in said} == {"pick:card"}
    assert item(asked, "bar:help", words, OPEN)[0].line.caption == words.text("bar.help")


def test_there_is_a_pause_after_every_line_and_a_longer_one_after_the_question() -> None:
    words = content().words("en")
    said = speakable(customer_at("task").prompt, words, OPEN)
    asked = next(one for one in said if one.about == "ask")
    assert all(one.line.pause > 0 for one in said)
    assert asked.line.pause == max(one.line.pause for one in said)


def test_where_nothing_is_heard_nobody_is_asked_to_speak() -> None:
    words = content().words("zh-CN")
    deaf = speakable(customer_at("task").prompt, words, Audience(hears=False))
    assert "说" not in deaf[-1].line.caption
    assert told("x", Text("ear.listening"), words, OPEN)[0].line.caption == "请说。"
