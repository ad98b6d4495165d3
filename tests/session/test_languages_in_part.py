"""A language that covers some services: the customer meets it whole, or isn't offered it."""

from __future__ import annotations

import pytest

from kiosk.flow.events import Choose, OpenMenu
from kiosk.senses.speech.actions import SERVICE
from kiosk.senses.speech.answering import grammar, offers
from kiosk.session.events import Put
from kiosk.session.screens import screen_of
from kiosk.session.screens.attract import NUMBER
from kiosk.session.screens.group import PERSON
from tests.support.customer import Customer, content

COVERED = ("loss_report", "fraud", "pin_reset", "withdraw", "home_visit", "need_help")
WORDS = content().words("zh-CN")


def values(customer: Customer) -> list[str]:
    return [choice.value for choice in customer.prompt.choices]


def korean(preset: str = "large_text") -> Customer:
    return Customer().choose("language:ko", preset)


def languages(customer: Customer) -> list[str]:
    """What the page of languages offers now; the customer goes back to where they were."""
    found = values(customer.press("language"))
    customer.press("back", "back")
    return [one for one in found if one != "done"]


def test_what_korean_covers() -> None:
    assert content().covers["ko"] == set(COVERED)
    assert content().complete == ("zh-CN", "en")


def test_the_menu_holds_only_what_has_words() -> None:
    # Given a customer who reads Korean
    customer = korean()
    *groups, last = values(customer)
    assert last == NUMBER
    # Then every group leads to something, and all of it together is what Korean covers
    found = []
    for group in groups:
        *offered, none_of_these = values(customer.choose(group))
        assert none_of_these == PERSON
        found += offered
        customer.press("back")
    assert sorted(found) == sorted(COVERED)
    assert "ask" not in groups
    # And in Chinese all of them are there
    every = [group.id for group in content().catalog.groups]
    assert values(Customer().choose("large_text")) == [*every, NUMBER]


def test_only_what_has_words_can_be_asked_for_aloud() -> None:
    customer = korean("voice")
    words = content().words("ko")
    moment = customer.session.moment
    named = {offer.value for offer in offers(moment, words) if offer.value.startswith(SERVICE)}
    assert named == {f"{SERVICE}{one}" for one in COVERED}
    assert "카드를 잃어버렸어요" in grammar(moment, words).phrases
    chinese = [one for one in grammar(moment, words).phrases if "丢" in one]
    assert chinese == []


@pytest.mark.parametrize("event", [Choose("agent"), Choose("balance"), OpenMenu("ask")])
def test_what_has_no_words_cannot_be_reached_by_an_old_page(event: object) -> None:
    customer = korean()
    before = customer.state
    assert customer.do(event).state == before  # type: ignore[arg-type]


@pytest.mark.parametrize("service", ["transfer", "balance", "agent"])
def test_a_language_is_not_offered_within_what_it_does_not_cover(service: str) -> None:
    # Given a customer in a matter that Korean has no words for
    customer = Customer().choose("large_text")
    customer.choose(*customer.way_to(service))
    # Then Korean isn't offered, and the page says why
    assert languages(customer) == ["zh-CN", "en"]
    customer.press("language")
    assert customer.prompt.key == "screen.settings_language.fewer"
    assert WORDS.render(customer.prompt.why) == WORDS.text("screen.settings_language.fewer.why")
    # When it is asked for all the same
    before = customer.state
    customer.choose("ko")
    # Then they are told kindly, and nothing else changes
    assert customer.notice == WORDS.text("notice.language_stays")
    assert customer.state.switches == before.switches
    assert customer.state.visit == before.visit
    # When the matter is given up, it is offered again
    customer.press("back", "back", "cancel").choose("yes")
    assert languages(customer) == ["zh-CN", "en", "ko"]
    assert customer.screen == "menu"


def test_by_event_from_anywhere_the_language_stays() -> None:
    customer = Customer().choose("large_text", "account", "balance")
    customer.do(Put("language", "ko"))
    assert customer.state.switches.language == "zh-CN"
    assert customer.notice == WORDS.text("notice.language_stays")
    assert customer.do(Put("language", "en")).state.switches.language == "en"


def test_other_switches_are_free_meanwhile() -> None:
    customer = Customer().choose("large_text", "account", "balance").do(Put("text_size", "2"))
    assert customer.state.switches.text_size == 2
    assert customer.notice is None


def test_what_was_confirmed_is_held_as_well() -> None:
    # Given a confirmed matter that Korean doesn't cover, and a number
    customer = Customer().take_ticket("balance")
    assert customer.screen == "ticket"
    # Then the waiting page isn't offered in Korean
    assert languages(customer) == ["zh-CN", "en"]
    # And with a matter that it covers, it is
    assert languages(Customer().take_ticket("withdraw")) == ["zh-CN", "en", "ko"]


def test_one_matter_in_part_keeps_the_next_in_the_language_too() -> None:
    customer = Customer().choose("large_text", "money", "withdraw").to_review().confirm()
    assert languages(customer) == ["zh-CN", "en", "ko"]
    customer.choose("yes", "account", "balance")
    assert languages(customer) == ["zh-CN", "en"]


def test_within_what_it_covers_the_language_changes_and_nothing_is_lost() -> None:
    customer = Customer().choose("large_text", "urgent", "loss_report", "card", "no", "today")
    customer.press("digit1", "digit2")
    before = customer.state.visit
    customer.press("language").choose("ko", "done").press("back")
    assert customer.state.visit == before
    assert customer.ask == content().words("ko").text("loss_report.last4.ask")
    assert customer.prompt.entry is not None
    assert customer.prompt.entry.text == "12"
    customer.press("language").choose("zh-CN", "done").press("back")
    assert customer.state.visit == before


def test_a_page_of_the_menu_without_words_gives_way_to_the_menu() -> None:
    customer = Customer().choose("large_text", "ask")
    assert customer.screen == "group"
    customer.press("language").choose("ko", "done").press("back")
    assert customer.screen == "menu"
    assert "ask" not in values(customer)


def test_a_page_of_the_menu_with_words_stays() -> None:
    customer = Customer().choose("large_text", "card")
    customer.press("language").choose("ko", "done").press("back")
    assert (customer.screen, customer.state.visit.group) == ("group", "card")
    assert values(customer) == ["pin_reset", PERSON]


def test_a_visit_in_a_part_survives_a_restart() -> None:
    customer = korean().choose("urgent", "loss_report", "card")
    before = customer.state
    assert customer.restart().state == before
    assert screen_of(customer.state) == "task"


@pytest.mark.parametrize("service", COVERED)
def test_every_covered_service_becomes_a_request(service: str) -> None:
    customer = korean()
    customer.choose(*customer.way_to(service)).to_review().confirm().finish()
    assert customer.screen == "ticket"
    (request,) = customer.desk.requests.values()
    assert request["language"] == "ko"
    (task,) = request["tasks"]
    assert task["service"] == service
    # The official name is the staff's, in the language they read.
    assert task["official"] == WORDS.text(f"{service}.official")
