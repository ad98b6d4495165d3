"""Where the finger stands: windows, messages, the cursor, other widths."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.senses.cells import reading as finger
from kiosk.senses.cells.reading import Reading
from kiosk.senses.cells.render import Region
from tests.support.cells import unmarked

SCREEN = (
    Region("title", "⠁⠁⠁", "title"),
    Region("ask", "⠃⠃⠃⠀⠃⠃⠃⠀⠃⠃⠃", "ask"),
    Region("pick:a", "⠼⠁⠀⠁⠁", "1 a", lead=2),
    Region("pick:b", "⠼⠃⠀⠃⠃", "2 b", lead=2),
    Region("how", "⠓⠓", "how"),
)
MESSAGE = (Region("notice", "⠍⠍⠍⠀⠍⠍⠍", "message"),)


def at_screen(width: int = 20) -> Reading:
    return finger.show(Reading(width=width), SCREEN)


def test_a_screen_is_read_from_its_question_or_from_what_went_wrong() -> None:
    assert at_screen().text == "ask"
    wrong = (SCREEN[0], Region("problem", "⠏", "problem"), *SCREEN[1:])
    assert finger.show(Reading(), wrong).text == "problem"
    assert finger.left(at_screen()).text == "title"


def test_choices_stand_side_by_side_and_are_found_by_cell() -> None:
    choices = finger.right(at_screen())
    assert choices.line == "⠼⠁⠀⠁⠁⠀⠀⠼⠃⠀⠃⠃"
    assert [choices.about(cell) for cell in (0, 4, 7)] == ["pick:a", "pick:a", "pick:b"]
    assert [choices.about(cell) for cell in (5, 6, 12, 19)] == [None] * 4, "nothing is there"


def test_the_cursor_is_felt_under_the_place_of_a_choice() -> None:
    choices = finger.pointed(finger.right(at_screen()), "pick:b")
    assert choices.line == "⠼⠁⠀⠁⠁⠀⠀⣼⣃⠀⠃⠃"


def test_words_are_never_broken_where_they_fit() -> None:
    narrow = at_screen(width=7)
    assert narrow.line == "⠃⠃⠃⠀⠃⠃⢃", "dot 8 at the end: more follows"
    assert finger.right(narrow).line == "⠃⠃⠃"


def test_a_message_stays_until_the_reader_moves_on_and_is_found_again() -> None:
    told = finger.tell(at_screen(), MESSAGE)
    assert told.text == "message"
    assert finger.update(told, SCREEN).text == "message", "a change of the screen takes it not away"
    on = finger.right(told)
    assert on.text == "ask"
    assert finger.left(finger.left(on)).text == "message"
    assert finger.right(finger.left(finger.left(on))).text == "title", "and back again"
    assert finger.to_messages(finger.end(on)).text == "message"
    assert finger.show(on, SCREEN).message_pages == (), "another screen has no old messages"


def test_a_changed_screen_leaves_the_finger_where_it_reads() -> None:
    later = finger.right(at_screen(width=7))
    changed = (SCREEN[0], SCREEN[1], Region("entry", "⠑", "entry"), *SCREEN[2:])
    assert finger.update(later, changed).line == "⠃⠃⠃"


def test_of_what_has_other_words_the_beginning_is_read_and_of_what_is_gone_what_stood_before() -> (
    None
):
    later = finger.right(at_screen(width=7))
    other = (SCREEN[0], replace(SCREEN[1], cells="⠉⠉⠉⠀⠉⠉⠉⠀⠉⠉⠉"), *SCREEN[2:])
    assert finger.update(later, other).line == "⠉⠉⠉⠀⠉⠉⢉"
    assert finger.update(later, (SCREEN[0], *SCREEN[2:])).text == "title"


def test_messages_wait_until_they_are_read_one_after_another() -> None:
    first, second = Region("notice", "⠁", "first"), Region("notice", "⠃", "second")
    told = finger.tell(finger.tell(finger.end(at_screen()), (first,)), (second,))
    assert told.text == "first", "what is under the finger isn't exchanged"
    assert finger.moved_on(told).text == "second"
    assert finger.moved_on(finger.moved_on(told)).text == "how", "the finger is where it was"
    assert finger.show(told, SCREEN).text == "first", "another screen takes none of them away"
    assert finger.show(finger.moved_on(told), SCREEN).text == "second"


def test_home_and_end_pass_by_no_message() -> None:
    two = (*MESSAGE, Region("remark", "⠗", "remark"))
    for move in (finger.home, finger.end):
        told = finger.tell(at_screen(), two)
        assert move(told).text == "remark"
        assert not move(move(told)).in_messages


def test_what_cannot_wait_is_felt_first_and_the_messages_after_it() -> None:
    told = finger.tell(at_screen(), MESSAGE)
    urgent = finger.show(told, SCREEN, urgent=True)
    assert urgent.text == "ask"
    assert finger.show(urgent, SCREEN).text == "message"
    assert finger.moved_on(urgent).text == "message"


def test_of_messages_about_the_same_the_last_counts() -> None:
    def number(ahead: str) -> Region:
        return Region("ask", "⠁", ahead, subject="ask")

    told = finger.tell(finger.tell(at_screen(), MESSAGE), (number("3"),))
    told = finger.tell(finger.tell(told, (number("2"),)), (number("1"),))
    assert [one.text for one in told.messages] == ["message", "1"]
    felt = finger.tell(finger.right(told), (number("0"),))
    assert (felt.text, finger.right(felt).text) == ("1", "0"), "not under the finger"


def test_after_a_message_the_finger_is_where_it_was() -> None:
    later = finger.right(at_screen(width=7))
    told = finger.tell(later, MESSAGE)
    assert finger.moved_on(told).line == later.line
    assert finger.right(told).line == later.line


@given(st.lists(st.sampled_from(["tell", "left", "right", "home", "end", "messages", "act"])))
def test_every_message_is_met_before_the_screen_is_left_to_itself(moves: list[str]) -> None:
    reading, count, met = at_screen(7), 0, set()
    for move in (*moves, *["act"] * len(moves)):
        if move == "tell":
            count += 1
            reading = finger.tell(reading, (Region("notice", "⠍", f"message {count}"),))
        elif move == "act":
            reading = finger.moved_on(reading)
        else:
            reading = finger.MOVES[move](reading)
        met.add(reading.text)
    assert {f"message {one + 1}" for one in range(count)} <= met
    assert not reading.in_messages


@given(st.integers(1, 80), st.integers(1, 80), st.integers(0, 12))
def test_another_display_shows_the_same_region(before: int, after: int, moves: int) -> None:
    reading = at_screen(before)
    for _ in range(moves):
        reading = finger.right(reading)
    about = reading.about(0)
    assert finger.resized(reading, after).about(0) in (about, "pick:a" if about else None)
    assert len(finger.resized(reading, after).line) <= after


@given(st.integers(1, 80))
def test_all_of_a_screen_is_within_reach(width: int) -> None:
    reading, seen = finger.left(at_screen(width)), ""
    while finger.left(reading) != reading:
        reading = finger.left(reading)
    while True:
        seen += unmarked(reading.line)
        if finger.right(reading) == reading:
            break
        reading = finger.right(reading)
    whole = "".join(region.cells for region in SCREEN)
    assert seen.replace("⠀", "") == whole.replace("⠀", "")


@pytest.mark.parametrize("move", [finger.left, finger.right, finger.home, finger.end])
def test_nothing_to_read_is_no_trouble(move: object) -> None:
    assert callable(move)
    assert move(finger.laid(Reading())).line == ""
