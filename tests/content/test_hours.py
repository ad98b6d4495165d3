"""A branch's hours as it writes them: read whole, or every mistake by its line."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from kiosk.content.checks.registry import check
from kiosk.content.hours import hours_of
from kiosk.content.loader import load
from kiosk.content.source import ContentError
from kiosk.hours import ALWAYS, Signer, Span

WEEK = """\
week:
  monday: ["09:00-17:00"]
  tuesday: ["09:00-12:00", "13:30-17:00"]
  wednesday: ["09:00-17:00"]
  thursday: ["09:00-17:00"]
  friday: ["09:00-17:00"]
  saturday: ["09:30-24:00"]
  sunday: []
"""
WHOLE = f"""{WEEK}\
dates:
  - {{from: 2026-10-01, to: 2026-10-07, open: []}}
  - {{day: "2026-10-10", open: ["09:00-17:00"], visits: true}}
lunch: ["12:00-13:30"]
visits: [tuesday, thursday]
telephones: {{loss: "95500", fraud: "96110"}}
"""


SIGNERS = """\
signers:
  - {name: 李敏, at: {tuesday: ["09:00-11:00"], thursday: ["14:00-16:00"]}}
"""


def written(folder: Path, text: str) -> Path:
    folder.joinpath("hours.yaml").write_text(text, "utf-8")
    return folder


def test_ours_says_nothing_and_so_it_is_always_open() -> None:
    assert load().hours == ALWAYS


def test_a_branch_writes_its_week_its_holidays_and_its_numbers(tmp_path: Path) -> None:
    hours = load(written(tmp_path, WHOLE)).hours
    assert hours.spans(date(2026, 10, 13)) == (
        Span(time(9), time(12)),
        Span(time(13, 30), time(17)),
    )
    assert hours.spans(date(2026, 10, 17)) == (Span(time(9, 30), time()),)
    assert not hours.opens_on(date(2026, 10, 6))
    assert hours.visits_on(date(2026, 10, 10))
    assert dict(hours.telephones) == {"loss": "95500", "fraud": "96110"}
    assert check(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('week: {monday: ["09:00-17:00"]}', 1, "the week lacks tuesday"),
        (WEEK.replace("09:30-24:00", "17:00-09:00"), 7, "ends before it begins"),
        (WEEK.replace("09:30-24:00", "9-17"), 7, "expected times such as"),
        (WEEK.replace("09:30-24:00", "09:00-25:00"), 7, "a time that no day has"),
        (WEEK.replace("13:30", "11:30"), 3, "overlap"),
        (WEEK.replace("sunday: []", "sunday: closed"), 8, "expected a list such as"),
        (WEEK.replace("sunday", "someday"), 8, "monday"),
        (WHOLE.replace("to: 2026-10-07", "to: 2026-09-07"), 10, "before it begins"),
        (WHOLE.replace("2026-10-10", "the tenth"), 11, "is no day"),
        (WHOLE.replace("2026-10-07,", "2026-10-07, day: 2026-10-02,"), 10, "give either `day`"),
        (WHOLE.replace("[tuesday, thursday]", "[tuesday, sometimes]"), 13, "monday"),
        (WHOLE.replace('"95500"', '"call us"'), 14, "pattern"),
        ("lunch: []\ndates: [{day: 2026-10-01, open: []}]", 1, "without a `week`"),
        ("- monday", 1, "name: value"),
        ("opening: all day", 1, "Extra inputs"),
        ('softer: [{at: "12:00-13:30", by: 60}]', 1, "less than or equal to 20"),
        ('softer: [{at: "noon", by: 6}]', 1, "expected times such as"),
        (f'{SIGNERS}  - {{at: {{monday: ["09:00-10:00"]}}}}', 3, "Field required"),
        (f"{SIGNERS}  - {{name: '', at: {{monday: [\"09:00-10:00\"]}}}}", 3, "officer's name"),
        (f"{SIGNERS}  - {{name: 王, at: {{}}}}", 3, "at least 1"),
        (f'{SIGNERS}  - {{name: 王, at: {{someday: ["09:00-10:00"]}}}}', 3, "monday"),
        (f'{SIGNERS}  - {{name: 王, at: {{monday: ["9-10"]}}}}', 3, "expected times such as"),
        (f'{SIGNERS}  - {{name: 王, at: {{monday: ["09:00-09:20"]}}}}', 3, "no room"),
        (f"{SIGNERS}  - {{name: 王, at: {{monday: []}}}}", 3, "no room"),
        (f'{SIGNERS}  - {{name: 李敏, at: {{monday: ["09:00-10:00"]}}}}', 1, "there twice"),
    ],
)
def test_a_mistake_is_named_by_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    found = check(written(tmp_path, text))
    assert [(one.line, says in one.message) for one in found] == [(line, True)], found
    with pytest.raises(ContentError):
        load(tmp_path)


def test_a_branch_writes_who_takes_booked_calls(tmp_path: Path) -> None:
    (signer,) = load(written(tmp_path, SIGNERS)).hours.signers
    nine, two = Span(time(9), time(11)), Span(time(14), time(16))
    assert signer == Signer("李敏", ((), (nine,), (), (two,), (), (), ()))
    assert check(tmp_path) == []


def test_an_empty_file_says_nothing() -> None:
    assert hours_of(None) == (ALWAYS, [])
