"""How a customer is served: presets and switches, at any moment, losing nothing."""

from __future__ import annotations

import pytest

from kiosk.session.switches import (
    CUSTOMER_SIZES,
    PRESETS,
    RATES,
    THEMES,
    VOLUMES_DB,
    SwitchError,
    Switches,
    put,
    turn,
)
from tests.support.customer import Customer, content
from tests.support.kept import dump, load

LANGUAGES = ("zh-CN", "en")


@pytest.mark.parametrize(
    ("preset", "name", "value"),
    [
        ("large_text", "text_size", 4),
        ("voice", "voice", True),
        ("braille", "braille", True),
        ("sign", "sign", True),
    ],
)
def test_a_preset_is_a_starting_point_for_the_switches(
    preset: str, name: str, value: object
) -> None:
    customer = Customer().choose(preset)
    assert customer.screen == "menu"
    assert getattr(customer.state.switches, name) == value
    assert customer.state.presets == (preset,)


@pytest.mark.parametrize("preset", ["voice", "braille", "sign"])
def test_a_sense_this_kiosk_lacks_is_announced_in_those_it_has(preset: str) -> None:
    customer = Customer().choose(preset)
    assert customer.notice == content().words("zh-CN").text(f"notice.missing.{preset}")


@pytest.mark.parametrize("preset", ["voice", "braille", "sign"])
def test_a_sense_this_kiosk_has_needs_no_announcement(preset: str) -> None:
    customer = Customer(senses=frozenset({"screen", preset})).choose(preset)
    assert customer.notice is None


@pytest.mark.parametrize("mode", ["voice", "braille", "sign"])
def test_a_mode_is_switched_on_and_off_and_both_are_said(mode: str) -> None:
    words = content().words("zh-CN")
    customer = Customer(senses=frozenset({"screen", mode}))
    # Large text comes with voice where there is one.
    start = "large_text" if mode != "voice" else "sign"
    customer.choose(start).press("help").choose("settings", "settings_modes")
    customer.choose(mode)
    assert getattr(customer.state.switches, mode) is True
    assert customer.notice == words.text(f"notice.on.{mode}")
    assert [c.selected for c in customer.prompt.choices if c.value == mode] == [True]
    customer.choose(mode)
    assert getattr(customer.state.switches, mode) is False
    assert customer.notice == words.text(f"notice.off.{mode}")


def test_modes_are_mixed_freely() -> None:
    customer = Customer().choose("sign").press("help").choose("settings", "settings_modes")
    customer.choose("braille", "voice")
    switches = customer.state.switches
    assert (switches.sign, switches.braille, switches.voice) == (True, True, True)


@pytest.mark.parametrize(
    ("page", "name", "values"),
    [
        ("settings_text_size", "text_size", CUSTOMER_SIZES),
        ("settings_theme", "theme", THEMES),
        ("settings_language", "language", LANGUAGES),
    ],
)
def test_every_place_of_a_switch(page: str, name: str, values: tuple[object, ...]) -> None:
    customer = Customer().choose("large_text").press("help").choose("settings", page)
    for value in values:
        customer.choose(str(value))
        assert getattr(customer.state.switches, name) == value
        chosen = [c.value for c in customer.prompt.choices if c.selected]
        assert chosen == [str(value)]
        assert customer.screen == page, "it is seen at once, on the same page"
    assert customer.choose("done").screen == "settings"


def test_buttons_lower_down() -> None:
    customer = Customer().choose("large_text").press("help").choose("settings", "low_reach")
    assert customer.state.switches.low_reach
    assert not customer.choose("low_reach").state.switches.low_reach


def test_another_language_in_the_middle_loses_no_answer() -> None:
    # Given a customer with answers, standing at the fourth question with two digits typed
    customer = Customer().choose("large_text", "urgent", "loss_report", "card", "no", "today")
    customer.press("digit1", "digit2")
    before = customer.state.visit
    # When they change the language and come back
    customer.press("language").choose("en", "done").press("back")
    # Then everything is where it was, in English
    assert customer.state.visit == before
    assert customer.ask == content().words("en").text("loss_report.last4.ask")
    assert customer.prompt.entry is not None
    assert customer.prompt.entry.text == "12"


def test_the_language_can_be_chosen_before_the_start() -> None:
    customer = Customer().choose("language:en", "large_text")
    assert customer.state.switches.language == "en"


def test_loudness_and_speed_stop_at_their_ends() -> None:
    customer = Customer().choose("large_text").press(*["louder"] * 20, *["slower"] * 20)
    assert customer.state.switches.volume == len(VOLUMES_DB) - 1
    assert customer.state.switches.rate == 0
    customer.press(*["softer"] * 20, *["faster"] * 20)
    assert customer.state.switches.volume == 0
    assert customer.state.switches.rate == len(RATES) - 1
    assert turn(Switches(), "volume", 1).volume == Switches().volume + 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("text_size", "1"), ("text_size", "9"), ("theme", "pink"), ("language", "xx"), ("no", "on")],
)
def test_what_a_switch_cannot_be(name: str, value: str) -> None:
    with pytest.raises(SwitchError, match=name):
        put(Switches(), name, value, LANGUAGES)


def test_a_forged_place_changes_nothing() -> None:
    customer = Customer().choose("large_text").press("help").choose("settings")
    before = customer.choose("settings_text_size").state
    assert customer.choose("1", "9", "huge").state == before


def test_every_preset_survives_being_written_down() -> None:
    for preset in PRESETS:
        state = Customer().choose(preset).state
        assert load(dump(state)) == state
