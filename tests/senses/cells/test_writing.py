"""Writing a text by braille alone: syllables become characters, nothing is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braille.chords import Chord
from braille.displays.ports import Moved, Routed
from kiosk.flow.events import Draft
from kiosk.flow.text import Slot
from kiosk.senses.cells.composing import Typed, asking
from kiosk.senses.cells.typing import COMMANDS, choose, meaning
from kiosk.session.events import AnyEvent, Close, End, Open, Press, Put
from tests.support.cells import script
from tests.support.examples import examples
from tests.support.reader import WITHOUT_CURSOR, Reader
from writing.ports import Engine, EngineDown, Found, ListedEngine
from writing.process import RimeProcess

CHINESE = script("zh-CN").table
#: Answers until the city is asked for, and from there to the read-back.
TO_CITY = ("lost",)


@pytest.fixture(scope="module")
def rime() -> Iterator[RimeProcess]:
    found = RimeProcess(answer=10.0)
    yield found
    found.close()


def at_city(engine: Engine | None = None, cells: int = 40, language: str = "zh-CN") -> Reader:
    """A reader who is asked for a city: at most 20 characters, not private."""
    reader = Reader(cells, engine)
    reader.choose("large_text", *reader.way_to("remote_urgent"), *TO_CITY)
    reader.do(Put("language", language), Put("braille", "on"))
    reader.display.emit(Moved("home"))
    assert reader.prompt.key.endswith(".city")
    return reader


def text(reader: Reader) -> str:
    assert reader.prompt.entry is not None
    return reader.prompt.entry.text


def felt_cells(reader: Reader) -> str:
    return reader.display.line.translate(WITHOUT_CURSOR).rstrip("⠀")


def test_a_city_is_written_chosen_and_found_in_the_read_back(rime: RimeProcess) -> None:
    reader = at_city(rime)
    # What is typed is felt as it was typed
    typed = "⠃⠮⠄⠛⠡⠁⠱⠦"[:6] + "⠱⠆"
    reader.cells(typed)
    assert felt_cells(reader).startswith(typed)
    # The likeliest characters stand beside it; dot 8 takes them, and again the whole
    assert "北京市" in reader.felt
    reader.type("8")
    assert text(reader) == "北京市"
    assert reader.felt == "现在填的是 北京市"
    reader.type("8")
    assert not reader.prompt.key.endswith(".city")
    # On to the read-back, where the characters stand
    while reader.prompt.kind != "review":
        prompt = reader.prompt
        reader.choose(prompt.choices[0].value if prompt.choices else "unknown")
    assert CHINESE.write(CHINESE.mark("北京市")).replace("⠀", "") in reader.all_felt()
    (city,) = [row.value for row in reader.prompt.rows if row.step == "city"]
    assert isinstance(city, Slot)
    assert city.value == "北京市"


def test_a_candidate_is_felt_with_the_word_that_tells_it_apart(rime: RimeProcess) -> None:
    reader = at_city(rime).cells("⠌⠲⠁")
    assert "中 中国的中" in reader.felt
    assert "钟 分钟的钟" in reader.felt or "钟 分钟的钟" in next_window(reader)


def next_window(reader: Reader) -> str:
    reader.display.emit(Moved("right"))
    return reader.felt


def test_a_routing_key_chooses_on_any_page_of_candidates(rime: RimeProcess) -> None:
    reader = at_city(rime).cells("⠌⠲⠁")
    for _ in range(3):
        reader.display.emit(Moved("right"))
    window = reader.tactile.reading.window
    region = reader.tactile.reading.regions[window[-1].item]
    assert region.about.startswith("write:")
    reader.display.emit(Routed(window[-1].at))
    assert text(reader) == region.text.split()[0]


def test_the_chords_of_choices_go_through_the_candidates(rime: RimeProcess) -> None:
    reader = at_city(rime).cells("⠌⠲⠁")
    texts = reader.tactile.typed.offers.texts
    reader.type("4", "4", "4", space=True).type("1", space=True)
    assert reader.felt.startswith(texts[1]) or f"  {texts[1]} " in reader.felt
    assert "⣌" in reader.display.line, "the cursor is felt under it"
    reader.type("8")
    assert text(reader) == texts[1]


def test_part_of_a_row_is_chosen_and_the_rest_waits(rime: RimeProcess) -> None:
    reader = at_city(rime).cells("⠃⠮⠄⠛⠡⠁⠱⠆")
    part = reader.tactile.typed.offers.texts.index("北京")
    for _ in range(part + 1):
        reader.type("4", space=True)
    reader.type("8")
    assert text(reader) == "北京shì"
    assert reader.tactile.typed.offers.texts[0] == "是"
    market = reader.tactile.typed.offers.texts.index("市")
    for _ in range(market + 1):
        reader.type("4", space=True)
    reader.type("8")
    assert text(reader) == "北京市"


@pytest.mark.parametrize(
    ("cells", "written"),
    [
        ("⠞⠁", "她"),
        ("⠈⠞", "它"),
        ("⠞", "他"),
        ("⠝", "你"),
        ("⠙", "的"),
        ("⠼⠁⠃", "12"),
        ("⠰⠁⠠⠃⠼⠉⠰⠭", "aB3x"),
        ("⠠⠠⠁⠞⠍", "ATM"),
        ("⠞⠁⠐⠀⠞⠐⠆", "她，他。"),
        ("⠘⠞⠘", "“他”"),
        ("⠼⠉⠤⠼⠑", "3-5"),
        ("⠼⠉⠂⠑", "3.5"),
        ("⠼⠑⠚⠼⠚⠴", "50%"),
    ],
)
def test_what_is_certain_needs_no_choice(cells: str, written: str) -> None:
    reader = at_city(ListedEngine({})).cells(cells)
    assert text(reader) == written
    assert felt_cells(reader) == cells.rstrip("⠀")


@pytest.mark.parametrize("odd", ["⠂", "⠃⠁", "⠃⠲", "⠙⠂", "⠼⠭"])
def test_what_cant_be_read_leaves_the_entry_as_it_was_and_says_why(odd: str) -> None:
    reader = at_city(ListedEngine({"bei": ("北",), "bei'b": ()})).cells("⠃⠮⠄" + odd[:-1])
    before = text(reader)
    reader.cells(odd[-1])
    assert text(reader) == before
    assert reader.felt.startswith("这一方在这里读不通。")


def test_the_field_takes_as_many_characters_as_it_has_room_for(rime: RimeProcess) -> None:
    reader = at_city(rime)
    for _ in range(20):
        reader.cells("⠃⠮⠄")
    assert text(reader).count("běi") == 20
    reader.cells("⠃")
    assert reader.felt.startswith("已经填满了。")
    assert text(reader).count("běi") == 20
    reader.type("8")
    assert len(text(reader)) == 20
    reader.type("8")
    assert not reader.prompt.key.endswith(".city")


def test_pinyin_that_is_too_long_is_chosen_first() -> None:
    reader = Reader(40, ListedEngine({}))
    reader.choose("large_text", *reader.way_to("complaint"))
    while reader.prompt.entry is None or reader.prompt.entry.kind != "text":
        prompt = reader.prompt
        reader.choose(prompt.choices[0].value if prompt.choices else "unknown")
    reader.do(Put("braille", "on"))
    for one in "⠟⠶⠁" * 40:
        before = text(reader)
        reader.cells(one)
        if reader.felt.startswith("前面的字还没有选。"):
            break
    assert text(reader) == before
    assert 190 < len(before) <= 200
    assert reader.felt.startswith("前面的字还没有选。")


class FailingEngine:
    """Nothing can be found."""

    def offer(self, spelled: Sequence[str]) -> Found:
        raise EngineDown("slow", "it hangs")

    def close(self) -> None:
        """Nothing to give back."""


def test_without_an_engine_pinyin_is_kept_and_handed_over() -> None:
    reader = at_city(FailingEngine()).cells("⠃⠮⠄⠛⠡⠁")
    assert text(reader) == "běi jīng"
    assert felt_cells(reader) == "⠃⠮⠄⠛⠡⠁"
    reader.type("8")
    assert not reader.prompt.key.endswith(".city")


def test_what_is_only_begun_isnt_taken() -> None:
    reader = at_city(ListedEngine({"bei": ("北",)})).cells("⠃⠮⠄⠛").type("8")
    assert reader.felt.startswith("最后一个还没打完。")
    assert text(reader) == "běi g"


def test_a_sound_without_characters_is_told() -> None:
    reader = at_city(ListedEngine({})).cells("⠃⠮⠄").type("8")
    assert reader.felt.startswith("没有这样念的字。")
    assert text(reader) == "běi"


def test_a_text_from_another_device_stays_and_is_written_on() -> None:
    reader = at_city(ListedEngine({"bei": ("北",)}))
    reader.do(Draft(reader.prompt.step, "湖"))
    reader.cells("⠃⠮⠄").type("8")
    assert text(reader) == "湖北"


def test_english_is_typed_contracted_and_stands_in_words() -> None:
    english = script("en").table
    reader = at_city(language="en")
    said = "The bank by Room 3"
    for one in english.write(said):
        reader.cells(one)
    assert text(reader) == said
    assert felt_cells(reader).endswith(english.write(said)[-10:])
    reader.type("7")
    assert text(reader) == "The bank by Room "
    before = text(reader)
    reader.cells("⠘⠄")
    assert reader.felt.startswith("This sign makes no sense here.")
    assert text(reader) == before


# -- whatever is typed

CHORDS = st.one_of(
    st.builds(Chord, st.integers(0, 63)),
    st.builds(Chord, st.sampled_from([0x40, 0x80, 0])),
    st.sampled_from(list(COMMANDS)),
)
#: Commands that leave the screen.
LEAVING = ("back", "cancel", "help", "person", "language", "next")


@examples(30, deadline=None)
@given(st.lists(CHORDS, max_size=40), st.sampled_from(["zh-CN", "en"]))
def test_any_row_of_chords_is_taken_or_told_and_never_raises(
    chords: list[Chord], language: str
) -> None:
    engine = ListedEngine({"shi": ("是", "市"), "shi'shi": ("实施",), "bei": ("北",)})
    reader = at_city(engine, language=language)
    for chord in chords:
        command = COMMANDS.get(chord)
        if command is not None and command.id in LEAVING:
            continue
        if reader.prompt.entry is None or not reader.prompt.key.endswith(".city"):
            return
        entry = reader.prompt.entry
        typed = reader.tactile.typed
        read = script(reader.state.switches.language).table.read
        found = meaning(reader.session.moment, chord, typed, read)
        assert found.events or found.move or found.remark or found.aid or found.typed != typed
        reader.type(chord.dots, space=chord.space)
        if reader.prompt.entry is not None and found.remark is not None:
            assert text(reader) == entry.text


WRITTEN = st.text(
    st.sampled_from("北京市银行卡的我你他她它在问不一二三，。？；：12390abcXY"), max_size=18
)


@examples(30, deadline=None)
@given(WRITTEN)
def test_nothing_typed_is_lost_and_each_erasing_undoes_one_cell(said: str) -> None:
    reader = at_city(ListedEngine({}), cells=80)
    cells = CHINESE.write(CHINESE.mark(said))
    stood = []
    for one in cells:
        before = text(reader), reader.tactile.typed.cells
        reader.cells(one)
        if reader.tactile.typed.cells != before[1]:
            stood.append(before)
    for before in reversed(stood):
        reader.type("7")
        assert (text(reader), reader.tactile.typed.cells) == before


@examples(30, deadline=None)
@given(WRITTEN)
def test_what_cells_are_certain_of_is_the_text_that_was_written(said: str) -> None:
    """Digits, letters, marks and characters of their own come back as they were."""
    sure = "".join(char for char in said if char not in "北京市银行卡我在问不一二三")
    # Two marks side by side aren't Chinese, and have the cells of one: ，： and 《.
    sure = re.sub(r"(?<=[，。？；：])[，。？；：]+", "", sure)
    cells = CHINESE.write(CHINESE.mark(sure))
    typed = asking(Typed(cells=cells))
    assert typed.offers.row is None
    assert CHINESE.read(cells).replace(" ", "").replace(",", "，") == sure.replace(" ", "")


def test_a_press_elsewhere_is_still_one() -> None:
    reader = at_city(ListedEngine({"bei": ("北", "背")})).cells("⠃⠮⠄")
    reader.do(Press("louder"))
    assert text(reader) == "běi"


# -- what changes elsewhere while something is being written

CITIES = ListedEngine({"bei'jing": ("北京", "背景")})


@pytest.mark.parametrize(
    ("elsewhere", "stands"),
    [
        (lambda reader: Draft(reader.prompt.step, "上海"), "上海"),
        (lambda reader: Draft(reader.prompt.step, ""), ""),
        (lambda reader: Press("back"), "běi jīn"),
        (lambda reader: Put("language", "en"), "běi jīng"),
    ],
)
def test_what_is_felt_is_what_would_be_sent_whoever_changed_it(
    elsewhere: Callable[[Reader], AnyEvent], stands: str
) -> None:
    reader = at_city(CITIES).cells("⠃⠮⠄⠛⠡⠁")
    over = reader.display.line.rindex("⠃⠮⠄⠛⠡⠁")
    reader.do(elsewhere(reader))
    assert text(reader) == stands
    assert "北京" not in "".join(region.text for region in reader.tactile.reading.regions)
    # A routing key where an offer was takes nothing, nor does one that was pressed before.
    reader.display.emit(Routed(over))
    assert text(reader) == stands


def test_an_offer_felt_before_the_entry_changed_takes_nothing() -> None:
    reader = at_city(CITIES).cells("⠃⠮⠄⠛⠡⠁")
    typed = reader.tactile.typed
    reader.do(Draft(reader.prompt.step, "上海"))
    assert choose(reader.session.moment, 0, typed).events == ()


def test_among_offers_the_keys_of_the_display_choose_what_dot_8_takes() -> None:
    reader = at_city(CITIES).cells("⠃⠮⠄⠛⠡⠁")
    for way, felt in (("down", "北京"), ("down", "背景"), ("up", "北京"), ("up", "背景")):
        reader.display.emit(Moved(way))
        assert felt in reader.felt
        assert reader.tactile.reading.cursor == f"write:{('北京', '背景').index(felt)}"
    reader.type("8")
    assert text(reader) == "背景"


@pytest.mark.parametrize("between", ["help", "person", "idle"])
def test_syllables_still_become_characters_after_a_screen_lay_over_them(between: str) -> None:
    reader = at_city(CITIES).cells("⠃⠮⠄⠛⠡⠁")
    if between == "idle":
        reader.wait(181)
        reader.type("8")
    else:
        reader.do(Open(between), Close())
    assert text(reader) == "běi jīng"
    assert reader.tactile.typed.offers.texts == ("北京", "背景")
    reader.type("8")
    assert text(reader) == "北京"


def test_nothing_that_was_being_written_is_there_for_whoever_comes_next() -> None:
    reader = at_city(CITIES).cells("⠃⠮⠄⠛⠡⠁").do(Open("help"), End())
    reader.choose("large_text", *reader.way_to("remote_urgent"), *TO_CITY)
    reader.do(Put("braille", "on"))
    assert reader.tactile.typed == Typed()
