"""What the screens claim: done only of what is done, and nothing is asked that is known."""

from __future__ import annotations

import pytest

from kiosk.session.ports import TaskResult, TicketStatus
from tests.support.customer import Customer, content


def ticket(*ends: str, state: str = "finished") -> Customer:
    customer = Customer().take_ticket()
    customer.desk.seen = TicketStatus(state, 0, None, tuple(TaskResult("balance", e) for e in ends))
    return customer.wait(1)


@pytest.mark.parametrize(
    ("ends", "headline"),
    [
        (("done",), "今天的事都办好了。"),
        (("done", "done"), "今天的事都办好了。"),
        (("escalated",), "已经报给上级，还没有办完。"),
        (("rescheduled",), "约好了，改天再办。"),
        (("home_visit",), "约好了，我们到家里去办。"),
        (("explained",), "今天没办成，原因和您说过了。"),
        (("left",), "这件事今天没有办。"),
        (("done", "escalated"), "有的办好了，有的还没有。"),
        (("explained", "rescheduled"), "今天还没有办成。"),
    ],
)
def test_the_headline_says_how_it_ended(ends: tuple[str, ...], headline: str) -> None:
    assert ticket(*ends).ask == headline


@pytest.mark.parametrize(
    ("first", "headline"),
    [
        ("done", "这一件办好了，接着办下一件。"),
        ("escalated", "这一件有了结果，接着办下一件。"),
    ],
)
def test_between_two_matters_only_what_is_done_is_called_so(first: str, headline: str) -> None:
    assert ticket(first, "waiting", state="task_done").ask == headline


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
def test_every_headline_has_words_of_its_own(language: str) -> None:
    words = content().words(language)
    phases = ("rescheduled", "home_visit", "explained", "escalated", "not_done")
    keys = [f"screen.ticket.{one}.ask" for one in ("finished", "some_done", "none_done", *phases)]
    assert len({words.message(key).text for key in keys}) == len(keys)


def test_who_asked_for_a_companion_is_not_asked_again_and_it_is_handed_over() -> None:
    customer = Customer().choose("voice", "help", "need_help", "companion", "finish", "none")
    assert customer.screen == "ticket"
    (request,) = customer.desk.requests.values()
    assert request["communication"]["companion"] is True
    assert request["aids"] == ["companion"]


def test_others_by_ear_are_still_asked() -> None:
    customer = Customer().choose("voice", "help", "need_help", "hearing_loop", "finish", "none")
    assert customer.prompt.key == "closing.companion"


def test_a_wheelchair_says_who_is_served_first() -> None:
    customer = Customer().choose("large_text", "help", "need_help", "wheelchair", "finish")
    assert customer.screen == "ticket"
    (request,) = customer.desk.requests.values()
    assert request["priority_group"] == "mobility"


def test_what_is_implied_is_kept_where_the_customer_walks_away() -> None:
    customer = Customer().choose("voice", "help", "need_help", "wheelchair", "confirm")
    customer.wait(181).wait(60)
    (request,) = customer.desk.requests.values()
    assert request["priority_group"] == "mobility"


def test_none_of_these_asks_in_the_customers_own_words() -> None:
    customer = Customer().choose("large_text", "money")
    *_, none = customer.prompt.choices
    assert content().words("zh-CN").render(none.label) == "都不是"
    assert customer.choose(none.value).prompt.key == "something_else.what"


def test_where_a_language_has_no_words_for_that_a_person_is_called() -> None:
    customer = Customer().choose("language:ko", "large_text", "money")
    *_, none = customer.prompt.choices
    customer.choose(none.value)
    assert customer.screen == "person"
    assert [kind for _, kind, _ in customer.desk.alarms] == ["person"]


def test_the_group_that_has_it_needs_no_second_way() -> None:
    offered = [one.value for one in Customer().choose("large_text", "ask").prompt.choices]
    assert offered.count("something_else") == 1
    assert len(offered) == 6


@pytest.mark.parametrize("service", sorted(content().catalog.services))
def test_each_service_is_two_presses_from_the_menu(service: str) -> None:
    customer = Customer().choose("large_text")
    assert customer.choose(*customer.way_to(service)).state.visit.stage == "task"
