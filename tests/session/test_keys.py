"""Keys: one table for every device and every screen; a keypad alone is enough."""

from __future__ import annotations

import pytest

from kiosk.senses.screen.render import NUMBERED
from kiosk.session.keys import BINDINGS, KEYS, page_bindings
from kiosk.session.press import KEY_ACTIONS, targets
from kiosk.session.screens import SCREENS
from tests.support.customer import WAYS, Customer, content, customer_at


def test_every_screen_can_be_reached_here() -> None:
    assert set(WAYS) == set(SCREENS)


@pytest.mark.parametrize("screen", WAYS)
def test_no_key_fails_on_any_screen(screen: str) -> None:
    for key in KEYS:
        customer = customer_at(screen).press(key, key)
        prompt = customer.prompt
        assert prompt.choices or prompt.entry, f"{key} leads to a screen with nothing to do"


def test_the_tutor_explains_every_key() -> None:
    words = content().words("zh-CN")
    for key in KEYS:
        customer = customer_at("keys").press(key)
        assert customer.screen == "keys", "a key that is tried out does nothing else"
        assert customer.ask == words.text(f"screen.keys.key.{key}.ask")


def test_the_tutor_is_left_by_cancel_twice() -> None:
    customer = customer_at("keys").press("cancel")
    assert customer.screen == "keys"
    assert customer.press("digit1", "cancel").screen == "keys"
    assert customer.press("cancel").screen == "task"


def test_every_key_of_the_table_is_one_that_exists() -> None:
    assert set(KEY_ACTIONS) <= set(KEYS)
    assert set(page_bindings().values()) <= set(KEYS)
    assert set(KEYS) <= set(page_bindings().values()), "a key that no device has"


def test_a_key_bound_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BINDINGS, "pedal", {"F13": "help"})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="F13"):
        page_bindings()
    monkeypatch.setitem(BINDINGS, "pedal", {"F20": "dance"})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="dance"):
        page_bindings()


@pytest.mark.parametrize("screen", [name for name in WAYS if name != "keys"])
@pytest.mark.parametrize("kind", ["person", "emergency"])
def test_a_person_is_called_from_every_screen(screen: str, kind: str) -> None:
    customer = customer_at(screen)
    customer.desk.alarms.clear()
    customer.press(kind)
    assert customer.screen == "person"
    assert [alarm[:2] for alarm in customer.desk.alarms] == [("K1", kind)]


@pytest.mark.parametrize("screen", [name for name in WAYS if name not in ("keys", "person")])
def test_calling_somebody_loses_nothing(screen: str) -> None:
    customer = customer_at(screen)
    place, visit = customer.state.place, customer.state.visit
    customer.press("person").choose("close")
    assert (customer.state.place, customer.state.visit) == (place, visit)


def test_a_call_that_did_not_go_out_is_not_called_made() -> None:
    customer = customer_at("task")
    customer.desk.away = True
    customer.press("emergency")
    assert customer.ask == content().words("zh-CN").text("screen.person.failed.ask")


def test_who_signs_may_call_an_officer() -> None:
    customer = Customer().choose("sign").press("person").choose("officer")
    assert ("K1", "officer", None) in customer.desk.alarms
    assert "officer" not in [c.value for c in customer_at("person").prompt.choices]


def test_a_call_names_the_ticket_once_there_is_one() -> None:
    customer = customer_at("ticket").press("person")
    assert customer.desk.alarms == [("K1", "person", "ticket-1")]


@pytest.mark.parametrize("screen", [name for name in WAYS if name not in ("keys", "idle")])
def test_the_cursor_passes_everything_that_can_be_pressed(screen: str) -> None:
    customer = customer_at(screen)
    wanted = targets(customer.prompt)
    seen = []
    for _ in wanted:
        customer.press("down")
        seen.append(targets(customer.prompt)[customer.state.cursor])
    assert tuple(seen) == wanted
    assert "bar:person" in seen
    assert customer.press("down").state.cursor == 0, "and round again"
    assert customer.press("up").state.cursor == len(wanted) - 1


def test_two_switches_reach_the_buttons_below() -> None:
    customer = customer_at("task")
    for name, screen in (("bar:help", "help"), ("bar:settings", "settings")):
        there = targets(customer.prompt).index(name)
        customer.press(*["down"] * (there + 1), "select")
        assert customer.screen == screen
        customer.press("back")


def test_digits_choose_and_zero_helps() -> None:
    customer = Customer().press("digit1", "digit1", "digit1")
    assert customer.prompt.step == "lost_what"
    assert customer.press("digit0").screen == "help"
    assert customer.press("digit1").screen == "task"
    assert customer.press("digit9").prompt.step == "lost_what", "no ninth choice, nothing happens"


def test_where_digits_are_entered_they_write_and_back_erases() -> None:
    customer = Customer().choose("large_text", "urgent", "loss_report", "card", "no", "today")
    customer.press("digit9", "digit0", "digit1", "back", "digit2", "digit3", "digit4")
    assert customer.prompt.entry is not None
    assert customer.prompt.entry.text == "9023"
    assert customer.press("back", "back", "back", "back").prompt.entry.text == ""  # type: ignore[union-attr]
    assert customer.press("back").prompt.step == "noticed", "empty: one question back"


def test_select_on_an_empty_entry_helps_instead_of_scolding() -> None:
    customer = Customer().choose("large_text", "urgent", "loss_report", "card", "no", "today")
    assert customer.press("select").screen == "help"


def test_next_never_confirms_a_review() -> None:
    customer = Customer().choose("large_text", "account", "balance").to_review()
    customer.press(*["next"] * 10)
    assert customer.prompt.kind == "review"
    assert customer.state.visit.confirmed == ()
    assert targets(customer.prompt)[customer.state.cursor] == "confirm"
    assert customer.press("select").prompt.kind == "done"


def test_next_keeps_an_answer_that_is_there() -> None:
    customer = Customer().choose("large_text", "urgent", "loss_report", "card").press("back")
    assert customer.prompt.step == "lost_what"
    assert customer.press("next").prompt.step == "money_moved"
    assert customer.state.visit.task is not None
    assert customer.state.visit.task.answers["lost_what"] == "card"


def test_cancel_asks_before_anything_is_given_up() -> None:
    customer = customer_at("task").choose("card").press("cancel")
    assert customer.screen == "leave"
    assert customer.choose("no").prompt.step == "money_moved"
    assert customer.press("cancel").choose("yes").screen == "menu"


def test_cancel_on_the_menu_ends_the_visit() -> None:
    assert customer_at("menu").press("cancel").choose("yes").screen == "attract"


def test_a_whole_visit_with_ten_digits_select_and_back() -> None:
    # Given a keypad and nothing else: a lost card
    customer = Customer().press("digit1", "digit1", "digit1")
    customer.press("digit1", "digit2", "digit1", *(f"digit{d}" for d in "1234"), "select")
    customer.press("digit1")
    while customer.prompt.kind == "paper":
        customer.press("digit1")
    customer.press(*(f"digit{d}" for d in "13800138000"), "select")
    assert customer.prompt.kind == "review"
    # When it is confirmed, nothing else is wanted, and the closing question is answered
    customer.press("digit1", "digit1", "digit1")
    # Then there is a number, and the request is the one that touch would make
    assert customer.screen == "ticket"
    (request,) = customer.desk.requests.values()
    answers = {a["step"]: a["value"] for a in request["tasks"][0]["answers"]}
    assert answers["last4"] == "1234"
    assert request["contact"]["phone"] == "13800138000"


@pytest.mark.parametrize("screen", [name for name in WAYS if name != "keys"])
def test_a_digit_does_what_is_told_of_it(screen: str) -> None:
    """What is written beside a choice, and said of it, is what its key does."""
    prompt = customer_at(screen).prompt
    if prompt.entry is not None:
        return
    for at, choice in enumerate(prompt.choices[:NUMBERED], 1):
        by_key = customer_at(screen).press(f"digit{at}")
        by_touch = customer_at(screen).choose(choice.value)
        alike = (by_key.screen, by_key.ask) == (by_touch.screen, by_touch.ask)
        assert alike == choice.keyed, f"digit {at} on {screen}, {choice.value}"
