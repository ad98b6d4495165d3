"""The braille of a session: everything that is shown or said is felt, and nothing private."""

from __future__ import annotations

from dataclasses import replace

import pytest

from braille.cells import is_six_dot
from braille.chords import Key
from braille.displays.ports import Moved, Routed
from kiosk.flow.text import Slot, Text
from kiosk.session.events import CallHelp, End, Headset, Open, Press, Put, Start, Submit, Tell
from kiosk.session.ports import TicketStatus
from tests.support.cells import script
from tests.support.customer import WAYS, Customer, customer_at
from tests.support.reader import SENSES, WITHOUT_CURSOR, Reader, at


@pytest.mark.parametrize("screen", WAYS)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_word_of_a_screen_is_felt_in_six_dots(screen: str, language: str) -> None:
    reader = at(screen).do(Put("language", language))
    prompt = reader.prompt
    script_of = script(language)
    felt = reader.all_felt()
    for said in (prompt.ask, *(choice.label for choice in prompt.choices)):
        assert script_of.cells(said).replace("⠀", "") in felt.translate(WITHOUT_CURSOR)
    assert all(is_six_dot(line.translate(WITHOUT_CURSOR)) for line in reader.display.lines)


@pytest.mark.parametrize("cells", [*range(1, 9), 12, 18, 20, 24, 32, 40, 64, 80])
def test_any_number_of_cells_shows_all_of_it(cells: int) -> None:
    reader = at("task", cells)
    assert all(len(line) == cells for line in reader.display.lines)
    assert reader.all_felt().translate(WITHOUT_CURSOR) == at("task").all_felt().translate(
        WITHOUT_CURSOR
    )


def test_braille_is_shown_to_who_asked_for_it_and_the_first_page_to_all() -> None:
    reader = Reader()
    assert reader.felt == "您好。想怎么办？"
    reader.choose("large_text")
    assert set(reader.display.line) == {"⠀"}
    assert reader.do(Put("braille", "on")).felt == "盲文打开了。"


def test_what_is_private_is_only_counted_unless_the_customer_wants_it() -> None:
    reader = at("task")
    reader.choose("card", "no", "today")
    reader.type("1", "12", "14", "145")
    assert reader.felt == "已填 4 位"
    reader.type("8")
    reader.choose("self", "yes").do(Submit(reader.prompt.step, "13800138000"))
    assert reader.prompt.kind == "review"
    assert script("zh-CN").table.write("138") not in reader.all_felt()
    reader.do(Put("aloud", "on"))
    assert "⠼⠁⠉⠓⠼⠚⠚⠁⠉" in reader.all_felt()


def test_digits_heard_so_far_are_felt_as_typed_ones_are_and_the_last_counts() -> None:
    reader = at("task")
    reader.choose("card", "no", "today")
    about = reader.session.moment.question
    for digits in ("1", "12", "123"):
        private = Slot("last4", digits, private=True)
        reader.tactile.heard_so_far(Text("touch.so_far", {"digits": private}), about)
    reader.tactile.settle(5)
    # A finger is on the first of them; behind it only the last is waiting.
    assert reader.felt.startswith("听到：")
    assert script("zh-CN").table.write("123") not in reader.all_felt()
    heard = [one for one in reader.tactile.reading.messages if one.subject == "heard"]
    assert len(heard) <= 2
    reader.do(End())
    assert "听到" not in reader.felt
    reader.tactile.heard_so_far(Text("touch.so_far", {"digits": Slot("last4", "1")}), about)
    assert "听到" not in reader.felt, "whoever comes next is told nothing of it"


def test_every_change_is_felt() -> None:
    reader = at("task")
    reader.do(Press("down"))
    assert reader.display.line.startswith("⣼⣁⣌⣼⣙")
    reader.do(Press("louder"))
    assert reader.felt.startswith("声音第")
    reader.do(Tell(Text("notice.not_saved")))
    assert reader.felt.startswith("声音第"), "what is under the finger isn't exchanged"
    reader.type("6", space=True)
    assert reader.felt.startswith("没关系，刚才没记下来。")
    reader.type("2", space=True).do(Press("digit9"))
    assert reader.felt.startswith("这里用不上这个键")
    reader.type("2", space=True).do(CallHelp("person"))
    assert reader.felt == "已经叫人了。"


def test_a_wrong_entry_is_felt_first() -> None:
    reader = at("task")
    reader.choose("card", "no", "today").do(Submit(reader.prompt.step, "12"))
    assert reader.felt == "没关系，要四位数字，现在是 2 位。"


def test_the_warning_before_the_wipe_and_then_nothing_of_the_visit() -> None:
    reader = at("task")
    reader.wait(181)
    assert reader.felt == "您还在吗？"
    reader.wait(60)
    assert reader.felt == "您好。想怎么办？"
    assert "pick:card" not in str(reader.tactile.reading)


def test_the_waiting_page_is_live() -> None:
    reader = at("ticket")
    reader.desk.seen = TicketStatus("waiting", 2)
    reader.session.refresh()
    assert reader.felt == "前面还有 2 位。"
    reader.desk.seen = replace(reader.desk.seen, ahead=1)
    reader.session.refresh()
    assert reader.felt == "前面还有 1 位。"
    reader.desk.seen = TicketStatus("called", 0, counter="3")
    reader.session.refresh()
    assert reader.felt == "请到 3 号窗口。"


def test_routing_keys_choose_and_explain_themselves() -> None:
    reader = at("task")
    reader.display.emit(Routed(2))
    assert reader.felt.startswith("这里只是说明")
    reader.type("2", space=True).display.emit(Moved("right"))
    reader.display.emit(Routed(0))
    assert reader.prompt.step != "lost_what"
    reader = at("task")
    reader.type("5", space=True)
    bar = reader.display.line.index(script("zh-CN").cells(Text("bar.help")))
    reader.display.emit(Routed(bar))
    assert reader.screen == "help"


def test_the_display_comes_and_goes_and_the_others_are_told() -> None:
    reader = at("task")
    reader.display.detach()
    assert reader.notice == "盲文显示器断开了。您可以接着按键，或者按“找人”。"
    reader.display.attach(20)
    assert reader.felt == "盲文显示器又接上了。"
    assert len(reader.display.line) == 20


def test_what_cannot_be_written_is_named_and_the_rest_stays() -> None:
    reader = at("ticket")
    reader.desk.seen = TicketStatus("called", 0, counter="☎3")
    reader.session.refresh()
    named = script("zh-CN").table.write("（符号 260E）3号").replace("⠀", "")
    assert named in reader.all_felt()


def test_keys_of_a_keyboard_make_the_same_chords() -> None:
    reader = Reader()
    down = [Key("dot1", True, 0), Key("dot2", True, 10)]
    up = [Key("dot1", False, 80), Key("dot2", False, 90)]
    reader.tactile.keys([*down, *up])
    assert reader.screen == "menu"
    reader.tactile.keys(down)
    reader.tactile.keys(up, fresh=True)
    assert reader.screen == "menu", "keys from before the window was left make no chord"
    reader.tactile.keys([Key("dot1", True, 200), Key("dot1", False, 260)])
    assert reader.screen == "group"


def test_the_viewer_shows_helpers_what_is_felt() -> None:
    reader = at("task")
    assert reader.tactile.view.text == reader.felt
    assert reader.tactile.view.line == reader.tactile.reading.line
    reader.do(End())
    assert reader.tactile.view.text == ""


def test_starting_by_chord_needs_no_other_sense_and_leaves_the_others_alone() -> None:
    reader = Reader().type("125")
    assert isinstance(reader, Reader)
    assert reader.state.switches.braille
    assert not reader.state.switches.voice
    reader.do(Headset(plugged=True), Open("help"))
    assert reader.state.switches.voice
    assert reader.felt == "声音打开了。"
    reader.type("6", space=True)
    assert reader.felt == "要帮什么忙？"


def test_a_kiosk_without_a_display_says_so() -> None:
    customer = Customer(senses=SENSES, missing=lambda: frozenset({"braille"}))
    customer.do(Start("braille"))
    assert customer.notice == "这台机器暂时没有盲文。您可以看大字，或者按“找人”。"
    assert customer_at("menu").screen == "menu"
