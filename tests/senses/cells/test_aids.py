"""What a display does for whoever reads it, and for whoever it isn't for."""

from __future__ import annotations

import pytest

from braille.cells import BLANK
from braille.displays.ports import Moved, Routed
from kiosk.flow.text import Text
from kiosk.senses.cells.aids import SHORTEST, SPEEDS, Aids, paced, seconds
from kiosk.session.events import End, Put, Tell
from tests.support.cells import script
from tests.support.customer import WAYS
from tests.support.hands import DIGIT_DOTS
from tests.support.reader import Reader, at

PHONE = "13800138000"


def in_a_visit_without_braille(cells: int = 40) -> Reader:
    reader = Reader(cells)
    WAYS["group"](reader)
    assert not reader.state.switches.braille
    return reader


def at_private_digits(cells: int = 40) -> Reader:
    """At the last digits of a card, two of them typed."""
    reader = at("task", cells)
    reader.choose("card", "no", "today")
    reader.type("14", "145")
    assert reader.prompt.entry is not None
    assert reader.prompt.entry.private
    return reader


# -- whose display it is


@pytest.mark.parametrize("bits", [*range(1, 64), 64, 128])
def test_no_chord_at_a_blank_display_does_anything_in_somebody_elses_visit(bits: int) -> None:
    dots = "".join(str(n + 1) for n in range(8) if bits >> n & 1)
    for space in (False, True):
        reader = in_a_visit_without_braille()
        before = reader.state
        reader.type(dots, space=space)
        assert reader.state == before
        assert reader.felt == "有人正在用，没开盲文。是您的话，请按空格。"
        assert reader.tactile.view.line == "", "nobody who looks on has asked for it"


def test_no_other_key_of_it_does_either() -> None:
    for event in (Routed(0), Routed(5), Moved("right"), Moved("down"), Moved("home")):
        reader = in_a_visit_without_braille()
        before = reader.state
        reader.display.emit(event)
        assert reader.state == before
        assert reader.felt.startswith("有人正在用")


def test_space_alone_switches_braille_on_where_it_is_ones_own_visit() -> None:
    reader = in_a_visit_without_braille().type("1")
    reader.type("", space=True)
    assert reader.state.switches.braille
    assert reader.screen == "group"
    assert reader.felt == "盲文打开了。"


def test_whoever_waits_for_the_display_feels_when_it_is_free() -> None:
    reader = in_a_visit_without_braille().type("1")
    reader.do(End())
    assert reader.felt == "您好。想怎么办？"


def test_what_a_key_did_on_the_first_page_greets_nobody() -> None:
    reader = Reader()
    reader.display.emit(Routed(0))
    assert not reader.display.line.strip(BLANK), "felt as nothing"
    assert reader.elapse().felt == "您好。想怎么办？"


# -- one's own digits


def test_ones_own_digits_are_felt_and_nobody_looking_on_sees_them() -> None:
    reader = at_private_digits()
    assert reader.felt == "已填 2 位"
    reader.type("1234", space=True)
    assert script("zh-CN").table.write("34") in reader.display.line
    assert (reader.tactile.view.line, reader.tactile.view.text) == ("", "这里的字只给手指看。")
    reader.type("6", space=True)
    assert script("zh-CN").table.write("34") not in reader.display.line


def test_the_read_back_of_what_is_private_is_felt_line_by_line() -> None:
    reader = at("task")
    reader.choose("card", "no", "today")
    reader.type("1", "12", "14", "145").type("8")
    reader.choose("self", "yes")
    reader.type(*(DIGIT_DOTS[digit] for digit in PHONE)).type("8")
    while reader.prompt.kind != "review":
        reader.choose("unknown" if reader.prompt.unknown else reader.prompt.choices[0].value)
    assert "⠼⠁⠉⠓⠼⠚⠚⠁⠉" not in reader.all_felt()
    reader.type("1234", space=True)
    told = []
    while reader.tactile.reading.in_messages:
        told.append(reader.display.line.replace(BLANK, ""))
        assert PHONE not in reader.tactile.view.text
        reader.type("6", space=True)
    felt = "".join(told)
    assert script("zh-CN").table.write("1234") in felt
    assert script("zh-CN").table.write("138") in felt


def test_where_nothing_is_private_it_says_so() -> None:
    reader = at("menu").type("1234", space=True)
    assert reader.felt == "这里没有只给您自己看的内容。"


# -- entries


def test_dot_7_in_an_empty_entry_stays_there() -> None:
    reader = at_private_digits().type("7", "7")
    step = reader.prompt.step
    reader.type("7")
    assert reader.prompt.step == step
    assert reader.felt == "还没有填"


def test_a_draft_is_there_again_after_going_back() -> None:
    reader = at_private_digits()
    step = reader.prompt.step
    reader.type("26", space=True)
    assert reader.prompt.step != step
    reader.choose("today")
    assert reader.prompt.entry is not None
    assert (reader.prompt.step, reader.prompt.entry.text) == (step, "34")


def test_a_wide_display_without_keys_for_dots_types_by_its_routing_keys() -> None:
    reader = at("task", 80)
    reader.choose("card", "no", "today")
    step = reader.prompt.step

    def route(about: str) -> None:
        for _ in range(20):
            for cell in range(80):
                if reader.tactile.reading.about(cell) == about:
                    reader.display.emit(Routed(cell))
                    return
            reader.display.emit(Moved("right"))
        raise AssertionError(f"{about} isn't met")

    for key in ("digit1", "digit2", "digit3", "digit3", "erase", "digit4"):
        reader.display.emit(Moved("home"))
        route(f"key:{key}")
    assert reader.prompt.entry is not None
    assert reader.prompt.entry.text == "1234"
    route("key:select")
    assert reader.prompt.step != step


def test_a_narrow_display_keeps_its_cells_for_words() -> None:
    reader = at("task", 40)
    reader.choose("card", "no", "today")
    assert not [one for one in reader.tactile.reading.regions if one.about.startswith("key:")]


# -- languages


def test_the_first_page_tells_in_each_language_how_to_change_it() -> None:
    felt = Reader().all_felt()
    for language in ("zh-CN", "en", "ko"):
        told = script(language).cells(Text("touch.change_language"))
        assert told.replace(BLANK, "") in felt, language


def test_the_language_chord_on_the_first_page_leads_to_languages_each_in_its_own_braille() -> None:
    reader = Reader().type("123", space=True)
    assert reader.screen == "settings_language"
    assert reader.state.switches.braille
    felt = reader.all_felt()
    for language, name in (("zh-CN", "中文"), ("en", "English"), ("ko", "한국어")):
        assert script(language).table.write(script(language).table.mark(name)) in felt


# -- reading aids


def test_dot_8_under_the_last_cell_says_that_more_follows() -> None:
    reader = at("task", 14)
    lines = {reader.tactile.reading.goes_on: reader.display.line}
    for _ in range(12):
        reader.type("6", space=True)
        lines[reader.tactile.reading.goes_on] = reader.display.line
    assert ord(lines[True][-1]) & 0x80
    assert not ord(lines[False][-1]) & 0x80


@pytest.mark.parametrize(("chord", "again"), [("5", "6"), ("2", "3")])
def test_the_cells_are_empty_for_a_moment_where_nothing_more_follows(
    chord: str, again: str
) -> None:
    reader = at("task").type(chord, space=True)
    while reader.display.line.strip(BLANK):
        line = reader.display.line
        reader.type(again, space=True)
    assert reader.elapse().display.line == line
    reader.type(again, space=True)
    assert not reader.display.line.strip(BLANK)
    reader.type("2" if chord == "5" else "5", space=True)
    assert reader.display.line.strip(BLANK), "whoever moves on doesn't wait"


def test_lines_move_on_by_themselves_as_fast_as_the_reader_wants_and_stop_at_the_end() -> None:
    reader = at("task").type("2456", space=True)
    lines = [reader.display.line]
    assert len(reader.later) == 1
    slow = reader.later[0][0]
    assert slow == seconds(len(lines[0].rstrip(BLANK)), Aids())
    reader.type("4", space=True)
    assert reader.later[-1][0] < slow, "space with 4 is faster, as it is farther down"
    for _ in range(40):
        reader.elapse()
        lines.append(reader.display.line)
        if not reader.later:
            break
    assert not reader.later
    whole = reader.tactile.reading
    assert whole.at == len(whole.pages) - 1
    assert reader.prompt.step == "lost_what", "moving on answers nothing"


def test_any_other_key_stops_the_lines_and_does_nothing_else() -> None:
    reader = at("task").type("2456", space=True).type("1")
    assert reader.prompt.step == "lost_what"
    line = reader.display.line
    assert reader.elapse().display.line == line
    reader.type("1")
    assert reader.prompt.step != "lost_what"


def test_lines_that_move_on_keep_the_visit_awake() -> None:
    reader = at("task").type("2456", space=True)
    reader.wait(170)
    reader.elapse()
    reader.wait(170)
    assert reader.screen == "task"


def test_the_cursor_stays_blinks_or_is_hidden() -> None:
    reader = at("task").type("4", space=True)
    steady = reader.display.line
    assert reader.type("14", space=True).felt == "光标一闪一闪。"
    reader.type("6", space=True)
    seen = {reader.elapse().display.line for _ in range(4)}
    assert seen == {steady, reader.tactile.reading.without_cursor.ljust(40, BLANK)}
    assert reader.type("14", space=True).felt == "光标收起来了。"
    reader.type("6", space=True)
    assert {reader.elapse().display.line for _ in range(4)} == {
        reader.tactile.reading.without_cursor.ljust(40, BLANK)
    }
    reader.type("14", space=True).type("6", space=True)
    assert reader.display.line == steady


def test_english_has_eight_dots_where_asked_and_six_again() -> None:
    reader = at("task")
    reader.do(Put("language", "en")).display.emit(Moved("home"))
    six = reader.display.line
    assert reader.type("236", space=True).felt == "Eight dots now, in languages that have them."
    reader.type("6", space=True).display.emit(Moved("home"))
    assert reader.display.line.startswith("⡺⠓⠁⠞⠀⠙⠊⠙⠀⠽⠕⠥"), "a capital has dot 7"
    reader.type("235", space=True).type("6", space=True).display.emit(Moved("home"))
    assert reader.display.line == six


def test_the_next_customer_finds_the_display_as_it_was() -> None:
    reader = at("task").type("14", space=True).type("14", space=True).type("236", space=True)
    reader.do(End())
    WAYS["task"](reader)
    reader.do(Put("braille", "on")).type("2", space=True).type("4", space=True)
    assert ord(reader.display.line[0]) & 0xC0


def test_where_one_is_can_be_asked() -> None:
    reader = at("task").type("234", space=True)
    count = len(reader.tactile.reading.pages)
    assert reader.felt.endswith(f"行，共 {count} 行。")


def test_the_pace_has_ends_and_a_short_line_time() -> None:
    slowest, fastest = paced(Aids(), -99), paced(Aids(), 99)
    assert (SPEEDS[slowest.speed], SPEEDS[fastest.speed]) == (min(SPEEDS), max(SPEEDS))
    assert seconds(40, slowest) == 40 / min(SPEEDS)
    assert seconds(1, fastest) == SHORTEST


# -- what comes while lines turn


@pytest.mark.parametrize("cells", [14, 20, 40, 80])
def test_a_message_that_comes_while_lines_turn_has_its_own_time(cells: int) -> None:
    reader = at("task", cells).type("2456", space=True)
    for key in ("notice.not_saved", "notice.lost.voice", "notice.back.voice"):
        reader.do(Tell(Text(key)))
    first = reader.display.line
    begun = reader.later[:1]
    reader.later = reader.later[1:]
    for _, work in begun:
        work()
    assert reader.display.line == first, "the time of the line before it is over, not its own"
    reader.elapse()
    assert reader.display.line != first


def test_nothing_turns_by_while_the_display_is_unplugged() -> None:
    reader = at("task", 14).type("2456", space=True)
    reader.display.detach()
    reader.do(Tell(Text("notice.not_saved")))
    for _ in range(20):
        reader.elapse()
    reader.display.attach(14)
    assert reader.felt.startswith("没关系，刚才没记下来。")


@pytest.mark.parametrize("chord", ["2456", "14", "235", "236", "1234", "234"])
def test_what_the_display_shows_is_where_the_finger_is_after_any_aid(chord: str) -> None:
    """A routing key chooses what is felt, not what would be."""
    reader = at("task")
    reader.do(Tell(Text("notice.not_saved"))).type(chord, space=True)
    assert reader.display.line.rstrip(BLANK) == reader.tactile.reading.line.rstrip(BLANK)
