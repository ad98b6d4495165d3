"""What a chord means: on every screen something, and never what it shouldn't."""

from __future__ import annotations

import pytest

from braille.cells import cell
from braille.chords import Chord
from braille.latin import DIGITS, LOWER_DIGITS
from kiosk.flow.events import Draft
from kiosk.senses.cells.composing import Typed
from kiosk.senses.cells.typing import COMMANDS, Meaning, meaning
from kiosk.session.events import Press, Put, Start
from kiosk.session.moment import Moment
from tests.support.customer import WAYS, Customer, content, customer_at

NUMBER_SIGN, ESCAPE = Chord.of("3456"), Chord.of("26", space=True)


def moment(customer: Customer) -> Moment:
    return customer.session.moment


def means(
    customer: Customer, dots: str, *, space: bool = False, typed: Typed | None = None
) -> Meaning:
    return meaning(moment(customer), Chord.of(dots, space=space), typed or Typed())


def type_on(customer: Customer, cells: str) -> Typed:
    typed = Typed()
    for one in cells:
        found = meaning(moment(customer), Chord(ord(one) - 0x2800), typed)
        typed = found.typed
        customer.do(*found.events)
    return typed


def at_phone() -> Customer:
    customer = customer_at("task")
    customer.choose("card", "no", "today", "unknown", "self", "yes")
    assert customer.prompt.entry is not None
    return customer


@pytest.mark.parametrize("bits", [1, 2, 37, 63])
def test_any_chord_on_the_first_page_starts_braille(bits: int) -> None:
    customer = customer_at("attract")
    assert meaning(moment(customer), Chord(bits), Typed()).events == (Start("braille"),)
    assert meaning(moment(customer), Chord(bits, space=True), Typed()).events == (Start("braille"),)


@pytest.mark.parametrize("screen", WAYS)
def test_every_chord_on_every_screen_does_something_or_says_that_it_does_nothing(
    screen: str,
) -> None:
    now = moment(customer_at(screen))
    leaves = now.prompt.can_back or now.state.overlay is not None
    for bits in range(256):
        for space in (False, True):
            chord = Chord(bits, space)
            found = meaning(now, chord, Typed())
            quiet = chord == NUMBER_SIGN or (chord == ESCAPE and not leaves)
            assert found.events or found.move or found.remark or found.aid or quiet, chord


def test_digits_choose_upper_and_lower() -> None:
    customer = customer_at("menu")
    for table in (DIGITS, LOWER_DIGITS):
        chord = Chord(ord(table["3"]) - 0x2800)
        assert meaning(moment(customer), chord, Typed()).events == (Press("digit3"),)


def test_the_number_sign_alone_says_nothing() -> None:
    assert means(customer_at("menu"), "3456") == Meaning()


def test_a_chord_without_a_meaning_is_told() -> None:
    remark = means(customer_at("menu"), "123456").remark
    assert remark is not None
    assert remark.key == "touch.not_here"


def test_a_number_is_typed_with_its_sign_and_erased() -> None:
    customer = at_phone()
    type_on(customer, "⠼⠁⠉⠓")
    assert customer.prompt.entry is not None
    assert customer.prompt.entry.text == "138"
    type_on(customer, "⠛")
    assert customer.prompt.entry.text == "1387"


def test_dot_seven_erases_what_came_from_another_device_too() -> None:
    customer = at_phone().press("digit1", "digit3")
    assert means(customer, "7").events == (Press("back"),)
    step = customer.prompt.step
    typed = type_on(customer, "⠓")
    assert customer.prompt.entry is not None
    assert customer.prompt.entry.text == "138"
    assert means(customer, "7", typed=typed).events == (Draft(step, "13"),)


def test_a_cell_that_is_no_digit_changes_nothing_and_is_told() -> None:
    customer = at_phone()
    typed = type_on(customer, "⠁⠉")
    found = means(customer, "123", typed=typed)
    assert not found.events
    assert found.remark is not None
    assert found.remark.key == "touch.only.digits"
    assert found.typed == typed


def test_a_full_entry_takes_no_more() -> None:
    customer = at_phone()
    typed = type_on(customer, "⠁" * 12)
    found = means(customer, "1", typed=typed)
    assert found.remark is not None
    assert found.remark.key == "touch.full"


def test_escape_leaves_a_half_typed_entry_without_erasing_it() -> None:
    customer = at_phone()
    type_on(customer, "⠁⠉")
    before = customer.prompt.step
    customer.do(*means(customer, "26", space=True).events)
    assert customer.prompt.step != before


def at_text() -> Customer:
    customer = Customer().choose("large_text", *Customer().way_to("complaint"))
    while customer.prompt.entry is None or customer.prompt.entry.kind != "text":
        prompt = customer.prompt
        customer.choose(prompt.choices[0].value if prompt.choices else "unknown")
    return customer


def test_a_text_is_typed_in_chinese_braille_and_stands_as_pinyin() -> None:
    customer = at_text()
    type_on(customer, "⠃⠮⠄⠀⠛⠡⠁")
    assert customer.prompt.entry is not None
    assert customer.prompt.entry.text == "běi jīng"


def test_a_cell_that_is_no_letter_is_told() -> None:
    remark = means(at_text(), "2").remark
    assert remark is not None
    assert content().words("zh-CN").render(remark) == "这一方在这里读不通。请再打一次。"


def test_a_text_is_typed_in_letters_in_english() -> None:
    customer = at_text()
    customer.do(Put("language", "en"))
    type_on(customer, "⠠⠃⠑⠊")
    assert customer.prompt.entry is not None
    assert customer.prompt.entry.text == "Bei"


def test_the_tutor_explains_every_chord_and_is_left_by_escape_twice() -> None:
    words = content().words("zh-CN")
    for chord, command in COMMANDS.items():
        customer = customer_at("keys")
        found = meaning(moment(customer), chord, Typed())
        customer.do(*found.events)
        assert customer.screen == "keys", "a chord that is tried out does nothing else"
        if found.remark is not None:
            assert words.has(found.remark.key)
        else:
            assert customer.state.tutor_key is not None, command
    customer = customer_at("keys")
    for _ in range(2):
        customer.do(*means(customer, "26", space=True).events)
    assert customer.screen == "task"


def test_every_command_of_a_move_has_words_in_the_tutor() -> None:
    words = content().words("zh-CN")
    for command in COMMANDS.values():
        if command.move is not None:
            assert words.has(f"touch.key.{command.id}")
    assert cell("") == "⠀"


def at_amount(language: str) -> Customer:
    customer = customer_at("menu").do(Put("language", language))
    customer.choose("money", "withdraw", "card")
    assert customer.prompt.entry is not None
    assert customer.prompt.entry.kind == "amount"
    return customer


@pytest.mark.parametrize(
    ("language", "refused"), [("zh-CN", "⠲⠨⠄⠐"), ("en", "⠂⠨⠄⠐"), ("ko", "⠂⠨⠄⠐")]
)
def test_a_point_of_another_language_leaves_the_amount_as_it_was(
    language: str, refused: str
) -> None:
    for point in refused:
        customer = at_amount(language)
        typed = type_on(customer, "⠼⠁⠃")
        found = meaning(moment(customer), Chord(ord(point) - 0x2800), typed)
        assert found.events == ()
        assert found.remark is not None
        assert found.typed == typed
        assert customer.prompt.entry is not None
        assert customer.prompt.entry.text == "12"
