"""A prompt as clips: every message of every visit is in the script that signers record."""

from __future__ import annotations

import pytest

from kiosk.content.signed import Script, script
from kiosk.flow.text import Slot, Text
from kiosk.senses.sign.render import Part, Signing, render, said, spelled
from kiosk.session.events import Open
from kiosk.session.waiting import results
from tests.support.customer import WAYS, Customer, content, customer_at

SCRIPT = script(content(), "zh-CN")


def signed(customer: Customer, language: str = "zh-CN") -> Signing:
    words = content().words(language)
    return render(customer.prompt, words, content().words("zh-CN"))


def all_parts(signing: Signing) -> list[Part]:
    return [*signing.parts, *(part for parts in signing.picks.values() for part in parts)]


def check(signing: Signing, scripted: Script = SCRIPT) -> None:
    for part in all_parts(signing):
        assert part.id in scripted.wanted, f"{part.id} is in no signer's script"
        assert part.text == scripted.wanted[part.id].text, part.id


@pytest.mark.parametrize("service", sorted(content().catalog.services))
def test_every_step_of_every_service_is_in_the_script(service: str) -> None:
    customer = Customer().choose("sign", *Customer().way_to(service))
    needs = set(SCRIPT.needs[service])
    for _ in range(60):
        signing = signed(customer)
        check(signing)
        assert {part.id for part in all_parts(signing)} <= needs
        prompt = customer.prompt
        if prompt.kind == "done":
            return
        # Past a notice at which one may wait instead.
        onward = (
            prompt.choices[-1 if prompt.kind == "notice" else 0].value if prompt.choices else ""
        )
        customer.choose("unknown" if prompt.unknown else onward)
    raise AssertionError("never done")


@pytest.mark.parametrize("screen", sorted(set(WAYS) - {"keys", "settings_language"}))
def test_every_screen_is_in_the_script(screen: str) -> None:
    check(signed(customer_at(screen)))


def test_a_problem_is_signed_before_the_question() -> None:
    customer = Customer().choose("sign", "urgent", "loss_report", "card", "no", "today", "12")
    parts = signed(customer).parts
    assert next(part.id for part in parts) == "problem.last4_length"
    check(signed(customer))


def test_help_is_signed_as_its_own_clip() -> None:
    ids = [part.id for part in signed(customer_at("help")).parts]
    assert ids[0] == "screen.help"
    assert ids[1].endswith(".help")
    assert len(ids) == 2


@pytest.mark.parametrize("screen", ["menu", "group", "ticket", "task"])
def test_help_over_any_screen_is_in_the_script(screen: str) -> None:
    check(signed(customer_at(screen).do(Open("help"))))


def test_values_are_shown_and_never_composed() -> None:
    words = content().words("zh-CN")
    assert list(said(Slot("amount", 50_000), words, words)) == []
    (part,) = said(Text("screen.result.day", {"day": Slot("date", "2026-12-01")}), words, words)
    assert "{day}" in part.text
    assert "2026" in part.caption


def test_captions_follow_the_screen_s_language_and_clips_the_signer_s() -> None:
    customer = Customer().choose("language:en", "sign")
    (part, *_) = signed(customer, "en").parts
    assert part.text == SCRIPT.wanted["screen.menu"].text
    assert part.caption == content().words("en").text("screen.menu.ask")


def test_a_ticket_s_number_is_spelled_sign_by_sign() -> None:
    assert [part.id for part in spelled("A023")] == ["sign.A", "sign.0", "sign.2", "sign.3"]
    assert all(part.id in SCRIPT.wanted for part in spelled("A023"))


def test_results_are_in_the_script() -> None:
    assert {f"screen.result.{s}" for s in ("done", "rescheduled", "home_visit", "day")} <= set(
        SCRIPT.wanted
    )
    assert results.__doc__
