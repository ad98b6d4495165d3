"""Staff get what was read back, in the words it was read back in, whatever language comes after."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.queue.tickets.request import Request
from kiosk.queue.tickets.views import StaffRef
from kiosk.web.wiring import Wiring
from tests.support.pages import text
from tests.support.visits import Visit

LI = StaffRef("s1", "李敏", "counter")
#: Each language with a service of its own whose review is reached by first choices.
FIRST = {"zh-CN": "en", "en": "zh-CN", "ko": "en"}


def in_language(visit: Visit, language: str) -> Visit:
    """Change the language where one is, and go on there."""
    visit.bar("settings").choose("settings_language", language).bar("back").bar("back")
    assert visit.page.get("lang") == language
    return visit


def to_review(visit: Visit) -> dict[str, str]:
    """By first choices to the review, and what is read back there: label and value."""
    for _ in range(40):
        if visit.path.endswith("/review"):
            break
        visit.choose("unknown" if "unknown" in visit.choices else visit.choices[0])
    lines = [one for one in visit.page.iter("div") if one.get("class") == "line"]
    return {text(one[0]): text(one[1]) for one in lines}


def to_ticket(visit: Visit) -> None:
    for _ in range(5):
        if not visit.path.startswith("/visit/"):
            return
        visit.choose("unknown" if "unknown" in visit.choices else visit.choices[-1])


def received(parts: Wiring) -> Request:
    (row,) = parts.queue.open_tickets(parts.settings.branch)
    return parts.queue.document(row.id, LI)


def said(request: Request, number: int) -> dict[str, str]:
    return {one.question: one.label for one in request.tasks[number].answers}


def official(parts: Wiring, language: str, service: str) -> str:
    return parts.content.words(language).text(f"{service}.official")


def at_the_question_for_more(visit: Visit, other: str) -> None:
    in_language(visit, other).choose("no")
    to_ticket(visit)


def in_the_closing_questions(visit: Visit, other: str) -> None:
    visit.choose("no")
    in_language(visit, other)
    to_ticket(visit)


def on_the_ticket_page(visit: Visit, other: str) -> None:
    visit.choose("no")
    to_ticket(visit)
    in_language(visit, other)


@pytest.mark.parametrize("language", FIRST)
@pytest.mark.parametrize(
    "switch", [at_the_question_for_more, in_the_closing_questions, on_the_ticket_page]
)
def test_a_language_chosen_later_changes_no_label(
    visit: Visit, parts: Wiring, language: str, switch: Callable[[Visit, str], None]
) -> None:
    visit.choose(f"language:{language}").start().choose("urgent", "loss_report")
    read = to_review(visit)
    assert read
    visit.choose("confirm")
    switch(visit, FIRST[language])
    request = received(parts)
    assert said(request, 0).items() <= read.items()
    assert request.tasks[0].official == official(parts, language, "loss_report")


def test_each_matter_is_in_its_own_language(visit: Visit, parts: Wiring) -> None:
    # Given a matter read back in English, and another in Chinese
    visit.choose("language:en").start().choose("urgent", "loss_report")
    first = to_review(visit)
    visit.choose("confirm")
    in_language(visit, "zh-CN").choose("yes", "urgent", "pin_reset")
    second = to_review(visit)
    visit.choose("confirm")
    # When a third language is chosen before all is handed over
    in_language(visit, "en").choose("no")
    to_ticket(visit)
    # Then staff get each in the words of its own read-back
    request = received(parts)
    assert said(request, 0).items() <= first.items()
    assert said(request, 1).items() <= second.items()
    assert request.tasks[0].official == official(parts, "en", "loss_report")
    assert request.tasks[1].official == official(parts, "zh-CN", "pin_reset")
    assert request.language == "en"
