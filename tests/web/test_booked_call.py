"""A booked call in sign on the pages: the customer's by forms alone, and what staff see of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from kiosk.app import create_app
from kiosk.content.loader import Content
from kiosk.hours import Hours, Signer, Span
from kiosk.queue.errors import StorageError
from kiosk.settings import Settings
from kiosk.web.staff.shown.sign_calls import days
from kiosk.web.wiring import EXTENSION, Wiring
from tests.conftest import FakeClock
from tests.support.colleagues import colleague
from tests.support.pages import check_page, text
from tests.support.visits import Visit, report_loss, take_ticket

NINE = (Span(time(9), time(11)),)


@pytest.fixture
def app(tmp_path: Path, clock: FakeClock, shipped: Content) -> Iterator[Flask]:
    hours = Hours(signers=(Signer("李敏", (NINE,) * 7),))
    settings = Settings(data=tmp_path / "data", busy_timeout_ms=200)
    made = create_app(settings, clock=clock, content=replace(shipped, hours=hours))
    yield made
    made.extensions[EXTENSION].close()


def booked(visit: Visit) -> Visit:
    """A customer who finds nobody and books tomorrow at nine."""
    visit.start("sign").choose("urgent", "loss_report").press("officer")
    assert visit.path == "/call"
    visit.choose("book")
    assert (visit.path, visit.ask) == ("/call/book", "您想约什么时候？")
    tomorrow = visit.choices[2]
    return visit.choose(tomorrow)


def test_a_call_is_booked_by_forms_alone(visit: Visit, parts: Wiring) -> None:
    booked(visit)
    assert (visit.path, visit.ask) == ("/call", "约好了：明天 9 点，李敏。")
    (call,) = parts.queue.sign_calls.taken(parts.settings.branch)
    assert (call.officer, call.ticket_id) == ("李敏", None)


def test_the_ticket_page_says_it(app: Flask, visit: Visit) -> None:
    booked(visit).choose("close")
    take_ticket(report_loss(visit))
    assert "约好了手语视频：2026 年 11 月 25 日，星期三，9 点，李敏。" in visit.words


def test_staff_see_it_on_the_console_and_on_the_ticket(
    app: Flask, visit: Visit, parts: Wiring
) -> None:
    booked(visit).choose("close")
    officer = colleague(app, "sign_officer")
    shown = text(check_page(officer.get("/staff")))
    assert "今天和明天约好的手语视频 11-25 09:00 李敏 客户还在机器前" in shown
    take_ticket(report_loss(visit))
    (row,) = parts.queue.waiting(parts.settings.branch)
    assert f"11-25 09:00 李敏 {row.number}" in text(check_page(officer.get("/staff")))
    assert "约了手语视频 11-25 09:00 李敏" in text(
        check_page(officer.get(f"/staff/tickets/{row.id}"))
    )


def test_without_one_the_list_is_hidden(app: Flask) -> None:
    page = check_page(colleague(app, "sign_officer").get("/staff"))
    (section,) = (node for node in page.iter() if node.get("id") == "sign_calls")
    assert section.get("hidden") is not None


def test_a_time_that_another_kiosk_took_is_said(visit: Visit, parts: Wiring) -> None:
    visit.start("sign").choose("urgent", "loss_report").press("officer").choose("book")
    wanted = visit.choices[2]
    at = datetime.strptime(wanted.partition(" ")[0], "%Y%m%dT%H%M%z")
    parts.queue.sign_calls.book(parts.settings.branch, "another", "李敏", at)
    visit.choose(wanted)
    assert visit.path == "/call/book"
    assert "这个时间刚被约走" in visit.words
    assert wanted not in visit.choices


def test_a_disk_that_refuses_books_nothing_and_loses_nothing(
    visit: Visit, parts: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit.start("sign").choose("urgent", "loss_report").press("officer").choose("book")

    def refuse(*_: object) -> None:
        raise StorageError("full", "a disk")

    monkeypatch.setattr(parts.queue.sign_calls, "book", refuse)
    visit.choose(visit.choices[2])
    assert "还没有约上" in visit.words
    assert visit.choose("close").choose("close").path == "/visit/loss_report/lost_what"


def test_whoever_comes_back_with_the_number_reads_it(visit: Visit, parts: Wiring) -> None:
    booked(visit).choose("close")
    take_ticket(report_loss(visit))
    (row,) = parts.queue.waiting(parts.settings.branch)
    visit.choose("end").start().choose("number").enter(str(int(row.number[1:])))
    visit.enter("8000")
    assert row.number in visit.words
    assert "约好了手语视频" in visit.words


def test_the_days_of_the_list_are_the_branchs(clock: FakeClock) -> None:
    since, until = days(clock.now, ZoneInfo("Europe/Berlin"))
    assert (since.hour, until - since) == (0, timedelta(days=2))
