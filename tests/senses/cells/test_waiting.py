"""The waiting page under fingers: all of it can be read, and nothing is exchanged meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flow.text import Text
from kiosk.senses.cells.regions import screen_regions
from kiosk.session.around import ADVICE_SECONDS
from kiosk.session.events import Put, Tell
from kiosk.session.ports import TaskResult, TicketStatus
from kiosk.session.waiting import asides, missing_papers
from tests.support.cells import script
from tests.support.reader import WITHOUT_CURSOR, Reader

#: Services whose papers differ, so that many are missing.
SERVICES = ("account_closure", "agent", "activation")
RESULTS = tuple(TaskResult(one, "done", note=f"第 {i} 条说明") for i, one in enumerate(SERVICES))


def waiting(cells: int = 40, *services: str) -> Reader:
    """Somebody who has none of the papers, at the waiting page."""
    reader = Reader(cells)
    reader.choose("large_text")
    for number, service in enumerate(services or SERVICES):
        if number:
            reader.choose("yes")
        reader.choose(*reader.way_to(service))
        while reader.prompt.kind != "review":
            values = {one.value for one in reader.prompt.choices}
            no_paper = "no" if reader.prompt.step.startswith("documents.") else None
            unknown = "unknown" if reader.prompt.unknown else None
            first = reader.prompt.choices[0].value if values else ""
            reader.choose(no_paper if no_paper in values else unknown or first)
        reader.confirm()
    reader.finish()
    reader.do(Put("braille", "on")).type("2", space=True)
    assert reader.screen == "ticket"
    return reader


def move_to(reader: Reader, about: str) -> Reader:
    """Read from the beginning until the finger is there."""
    while reader.tactile.reading.in_messages:
        reader.type("6", space=True)
    while reader.tactile.reading.at:
        reader.type("3", space=True)
    for _ in range(200):
        if reader.tactile.reading.about(0) == about:
            return reader
        reader.type("6", space=True)
    raise AssertionError(f"{about} isn't met")


def identities(reader: Reader) -> list[str]:
    now = reader.session.moment
    return [one.about for one in screen_regions(now, script(now.state.switches.language))]


@pytest.mark.parametrize("cells", [14, 40])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_paper_result_and_aside_is_read(cells: int, language: str) -> None:
    reader = waiting(cells)
    reader.desk.seen = replace(TicketStatus("waiting", 2), tasks=RESULTS)
    reader.do(Put("language", language)).session.refresh()
    while reader.tactile.reading.in_messages:
        reader.type("6", space=True)
    moment = reader.session.moment
    assert len(missing_papers(moment.state, moment.world)) >= 3
    felt = reader.all_felt().translate(WITHOUT_CURSOR)
    for one in asides(moment.state, moment.world):
        assert script(language).cells(one.said).replace("⠀", "") in felt, one.id


def test_no_two_things_have_the_same_identity() -> None:
    reader = waiting()
    reader.desk.seen = replace(TicketStatus("waiting", 2), tasks=RESULTS)
    reader.session.refresh()
    assert len(set(identities(reader))) == len(identities(reader))


@pytest.mark.parametrize("cells", [14, 40])
def test_a_refresh_leaves_the_finger_on_each_thing(cells: int) -> None:
    reader = waiting(cells)
    for about in dict.fromkeys(identities(reader)):
        if about.startswith("pick:"):
            continue
        move_to(reader, about)
        line = reader.display.line
        reader.session.refresh()
        assert reader.display.line == line, about


def test_what_changes_elsewhere_comes_as_a_message_and_the_finger_stays() -> None:
    reader = waiting()
    paper = next(one for one in identities(reader) if one.startswith("papers:"))
    reader.desk.seen = TicketStatus("waiting", 2)
    reader.session.refresh()
    move_to(reader, paper)
    line = reader.display.line
    reader.desk.seen = replace(reader.desk.seen, ahead=1)
    reader.session.refresh()
    assert reader.felt == "前面还有 1 位。"
    reader.desk.seen = TicketStatus("called", 0, counter="3")
    reader.session.refresh()
    assert reader.felt == "前面还有 1 位。", "not under the finger"
    reader.type("6", space=True)
    assert reader.felt == "请到 3 号窗口。"
    reader.type("6", space=True)
    assert reader.display.line == line
    reader.desk.seen = replace(reader.desk.seen, tasks=RESULTS[:1])
    reader.session.refresh()
    told = [reader.felt]
    while reader.type("6", space=True).tactile.reading.in_messages:
        told.append(reader.felt)
    assert told[-1] == "第 0 条说明"
    assert reader.display.line == line


def test_results_with_the_same_words_are_each_told() -> None:
    reader = waiting()
    reader.desk.seen = TicketStatus("waiting", 0, tasks=(TaskResult(SERVICES[0], "done"),))
    reader.session.refresh()
    while reader.tactile.reading.in_messages:
        reader.type("6", space=True)
    both = tuple(TaskResult(one, "done") for one in SERVICES[:2])
    reader.desk.seen = TicketStatus("waiting", 0, tasks=both)
    reader.session.refresh()
    assert [one.about for one in reader.tactile.reading.messages] == ["result:1:0", "result:1:1"]


def test_advice_stays_as_long_as_it_is_read_and_another_comes_after_it() -> None:
    reader = waiting()
    advice = next(one for one in identities(reader) if one.startswith("advice:"))
    move_to(reader, advice)
    line = reader.display.line
    reader.wait(ADVICE_SECONDS)
    assert not [one for one in identities(reader) if one == advice], "it is another one's turn"
    assert reader.display.line == line
    reader.type("2", space=True).wait(ADVICE_SECONDS)
    move_to(reader, next(one for one in identities(reader) if one.startswith("advice:")))
    assert reader.display.line != line


def test_a_second_call_to_the_same_counter_is_told_again() -> None:
    reader = waiting()
    call = Text("notice.not_saved")
    reader.do(Tell(call))
    while reader.tactile.reading.in_messages:
        reader.type("6", space=True)
    reader.do(Tell(call))
    assert reader.felt.startswith("没关系，刚才没记下来。")


def test_whoever_comes_next_finds_no_message_of_the_visit_before() -> None:
    reader = waiting()
    reader.do(Tell(Text("notice.not_saved")))
    reader.choose("end")
    reader.wait(600)
    assert reader.screen == "attract"
    assert not reader.tactile.reading.messages
