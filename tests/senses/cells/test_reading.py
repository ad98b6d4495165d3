"""Where the finger stands: windows, messages, the cursor, other widths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.senses.cells import reading as finger
from kiosk.senses.cells.reading import Reading
from kiosk.senses.cells.render import Region

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
    assert [choices.about(cell) for cell in (0, 4, 7, 19)] == [
        *("pick:a", "pick:a", "pick:b", "pick:b")
    ]


def test_the_cursor_is_felt_under_the_place_of_a_choice() -> None:
    choices = finger.pointed(finger.right(at_screen()), "pick:b")
    assert choices.line == "⠼⠁⠀⠁⠁⠀⠀⣼⣃⠀⠃⠃"


def test_words_are_never_broken_where_they_fit() -> None:
    narrow = at_screen(width=7)
    assert narrow.line == "⠃⠃⠃⠀⠃⠃⠃"
    assert finger.right(narrow).line == "⠃⠃⠃"


def test_a_message_stays_until_the_reader_moves_on_and_is_found_again() -> None:
    told = finger.tell(at_screen(), MESSAGE)
    assert told.text == "message"
    assert finger.update(told, SCREEN).text == "message", "a change of the screen takes it not away"
    on = finger.right(told)
    assert on.text == "ask"
    assert finger.left(finger.left(on)).text == "message"
    assert finger.to_messages(finger.end(on)).text == "message"
    assert finger.show(on, SCREEN).message_pages == (), "another screen has no old messages"


def test_a_changed_screen_leaves_the_finger_where_it_reads() -> None:
    later = finger.right(at_screen(width=7))
    changed = (SCREEN[0], SCREEN[1], Region("entry", "⠑", "entry"), *SCREEN[2:])
    assert finger.update(later, changed).line == "⠃⠃⠃"


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
        seen += reading.line
        if finger.right(reading) == reading:
            break
        reading = finger.right(reading)
    whole = "".join(region.cells for region in SCREEN)
    assert seen.replace("⠀", "") == whole.replace("⠀", "")


@pytest.mark.parametrize("move", [finger.left, finger.right, finger.home, finger.end])
def test_nothing_to_read_is_no_trouble(move: object) -> None:
    assert callable(move)
    assert move(finger.laid(Reading())).line == ""
