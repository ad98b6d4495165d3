"""Chords: three policies, unsteady hands, and digits that always come back."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braille.cells import cell
from braille.chords import KEYS, Chord, Hands, Key, Policy, Timing, chords, press
from braille.entry import LOWER, POINTS, UPPER, NotWritable, digit, letters, number
from braille.latin import DIGITS, LETTERS, LOWER_DIGITS, NUMBER
from tests.support.examples import examples
from tests.support.typists import STYLES, typed


def keys(*moves: str) -> list[Key]:
    """``+dot1`` goes down and ``-dot1`` up, 20 ms apart."""
    return [Key(move[1:], move[0] == "+", 20.0 * at) for at, move in enumerate(moves)]


def test_all_up_keeps_a_chord_that_is_built_slowly() -> None:
    moves = keys("+dot1", "+dot2", "-dot1", "+dot5", "-dot2", "-dot5")
    assert chords(moves) == [Chord.of("125")]


def test_first_release_lets_fast_hands_overlap() -> None:
    moves = keys("+dot1", "+dot4", "-dot1", "+dot2", "-dot4", "-dot2")
    assert chords(moves, "first_release") == [Chord.of("14"), Chord.of("2")]


def test_one_hand_taps_and_ends_with_space() -> None:
    moves = keys("+dot1", "-dot1", "+dot2", "-dot2", "+space", "-space")
    assert chords(moves, "one_handed") == [Chord.of("12")]


def test_one_hand_types_a_space_and_chords_with_it() -> None:
    alone = keys("+space", "-space", "+space", "-space")
    assert chords(alone, "one_handed") == [Chord.of("", space=True)]
    with_dots = keys("+space", "-space", "+dot2", "-dot2", "+dot6", "-dot6", "+space", "-space")
    assert chords(with_dots, "one_handed") == [Chord.of("26", space=True)]


def test_the_keyboards_own_repeat_changes_nothing() -> None:
    moves = keys("+dot1", "+dot1", "+dot1", "-dot1")
    assert chords(moves) == [Chord.of("1")]


def test_a_bouncing_key_counts_once() -> None:
    moves = [
        Key("dot1", True, 0),
        Key("dot1", False, 40),
        Key("dot1", True, 45),
        Key("dot1", False, 50),
    ]
    assert chords(moves) == [Chord.of("1")]
    assert len(chords(moves, timing=Timing(debounce=0))) == 2


def test_a_trembling_second_strike_counts_once_where_that_is_wished() -> None:
    moves = keys("+dot1", "-dot1", "+dot1", "-dot1")
    assert len(chords(moves)) == 2
    assert len(chords(moves, timing=Timing(double_strike=500))) == 1


def test_a_key_whose_going_up_was_lost_is_forgotten() -> None:
    moves = [Key("dot6", True, 0), Key("dot1", True, 30_000), Key("dot1", False, 30_050)]
    assert chords(moves) == [Chord.of("1")]


def test_a_key_that_is_none_of_ours_changes_nothing() -> None:
    hands = Hands()
    assert press(hands, Key("dot9", True, 0), "all_up", Timing()) == (hands, None)


POLICIES: tuple[Policy, ...] = ("all_up", "first_release", "one_handed")


@given(
    st.lists(st.tuples(st.sampled_from(KEYS), st.booleans(), st.floats(0, 50)), max_size=60),
    st.sampled_from(POLICIES),
)
def test_any_row_of_keys_ends_in_chords_of_keys_that_went_down(
    moves: list[tuple[str, bool, float]], policy: Policy
) -> None:
    at, row = 0.0, []
    for name, down, wait in moves:
        at += wait
        row.append(Key(name, down, at))
    pressed = {key.name for key in row if key.down}
    for chord in chords(row, policy):
        assert all(f"dot{dot}" in pressed for dot in chord.dots)
        assert not chord.space or "space" in pressed


@examples(200)
@given(st.text("0123456789", min_size=1, max_size=12), st.booleans(), st.integers(0, 2**31))
def test_digits_come_back_from_steady_hands(text: str, sign: bool, seed: int) -> None:
    cells = (NUMBER if sign else "") + "".join(DIGITS[char] for char in text)
    row = typed(cells, STYLES["steady"], random.Random(seed))
    assert number("".join(chord.cell for chord in chords(row))) == text


@pytest.mark.long
def test_twenty_thousand_digits_come_back() -> None:
    dice = random.Random(4)
    text = "".join(dice.choice("0123456789") for _ in range(20_000))
    row = typed("".join(DIGITS[char] for char in text), STYLES["steady"], dice)
    for policy in ("all_up", "first_release"):
        assert number("".join(chord.cell for chord in chords(row, policy))) == text


@given(st.text("0123456789", min_size=1, max_size=12), st.booleans())
def test_upper_and_lower_digits_are_read(text: str, lower: bool) -> None:
    table = LOWER_DIGITS if lower else DIGITS
    assert number("".join(table[char] for char in text)) == text


@pytest.mark.parametrize(("language", "point"), POINTS.items())
def test_each_language_has_one_point_and_only_among_upper_digits(language: str, point: str) -> None:
    assert number(f"⠼⠁⠃{point}⠑", point=point) == number(f"⠁⠃{point}⠑", point=point) == "12.5"
    assert number("⠲", point=point) == "4"
    assert number("⠂⠲", point=point) == "14"
    others = {chr(0x2800 + bits) for bits in range(1, 64)} - {point, *UPPER, "⠼"}
    for typed_cells in (f"⠁{point}⠑{point}", *(f"⠁{other}⠑" for other in others)):
        with pytest.raises(NotWritable):
            number(typed_cells, point=point)
    with pytest.raises(NotWritable):
        number(f"⠁{point}⠑")


def test_upper_and_lower_are_not_mixed() -> None:
    with pytest.raises(NotWritable, match="no digit"):
        number("⠂⠁")
    assert LOWER[cell("2")] == "1"
    assert digit(cell("2")) == digit(cell("1")) == "1"
    assert digit(cell("123456")) is None


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_letters_are_read(text: str) -> None:
    assert letters("".join(LETTERS[char] for char in text)) == text


def test_capitals_digits_and_spaces_in_a_text() -> None:
    assert letters("⠠⠁⠼⠁⠃⠀⠉") == "A12 c"
    with pytest.raises(NotWritable, match="no letter"):
        letters("⠿")
