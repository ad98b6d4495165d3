"""Staff see who is to be fetched and what keeps a printer from printing; a call buzzes a pager."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kiosk import app as wiring_of_app
from kiosk.app import create_app
from kiosk.content.loader import Content
from kiosk.outgoing import opening
from kiosk.outgoing.messengers import MemoryMessenger
from kiosk.outgoing.pagers import MemoryPager
from kiosk.settings import Settings
from kiosk.web import buzzing
from kiosk.web.wiring import EXTENSION, Wiring
from tests.conftest import FakeClock
from tests.support.colleagues import colleague
from tests.support.escpos import Simulator
from tests.support.told import until
from tests.support.visits import Visit, report_loss, take_ticket


@pytest.fixture
def pager(monkeypatch: pytest.MonkeyPatch) -> MemoryPager:
    made = MemoryPager()
    monkeypatch.setattr(wiring_of_app, "open_pager", lambda *_: made)
    monkeypatch.setattr(buzzing, "PAUSE", 0.01)
    return made


@pytest.fixture
def messenger(monkeypatch: pytest.MonkeyPatch) -> MemoryMessenger:
    made = MemoryMessenger()
    monkeypatch.setattr(opening, "open_messenger", lambda *_: made)
    return made


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    found = tmp_path / "lp0"
    found.touch()
    return found


@pytest.fixture
def app(
    tmp_path: Path,
    paper: Path,
    clock: FakeClock,
    shipped: Content,
    pager: MemoryPager,
    messenger: MemoryMessenger,
) -> Iterator[Flask]:
    settings = Settings(
        data=tmp_path / "data",
        busy_timeout_ms=200,
        printer=f"escpos:file:{paper}",
        pager="serial:/dev/ttyUSB0",
        messenger="http://127.0.0.1:9/",
        gateway_secret=tmp_path / "secret",
    )
    made = create_app(settings, clock=clock, content=shipped)
    yield made
    made.extensions[EXTENSION].close()


def causes(app: Flask) -> list[str]:
    return [one["cause"] for one in app.test_client().get("/healthz").get_json()["causes"]]


def test_the_number_comes_out_on_paper(visit: Visit, parts: Wiring, paper: Path) -> None:
    take_ticket(report_loss(visit))
    visit.choose("take", "paper")
    assert parts.outgoing.sheets.settle(60)
    visit.open("/")
    assert visit.ask == "打好了，请拿好。"
    simulator = Simulator()
    simulator.take(paper.read_bytes())
    assert len(simulator.receipts) == 1


def test_a_printer_that_is_gone_is_on_the_console_and_in_the_health(
    app: Flask, visit: Visit, parts: Wiring, paper: Path
) -> None:
    staff = colleague(app, "lobby")
    paper.unlink()
    parts.outgoing.look()
    assert parts.outgoing.sheets.settle(20)
    assert "打印机没有接上" in staff.get("/staff").text
    assert "printer" in causes(app)
    paper.touch()
    parts.outgoing.look()
    assert parts.outgoing.sheets.settle(20)
    assert "打印机没有接上" not in staff.get("/staff").text
    assert "printer" not in causes(app)


def test_whoever_is_to_be_fetched_stands_so_on_the_row(
    app: Flask, visit: Visit, parts: Wiring
) -> None:
    staff = colleague(app, "lobby")
    take_ticket(report_loss(visit))
    visit.choose("take", "fetch")
    assert visit.ask == "工作人员会来接您。"
    shown = staff.get("/staff").text
    assert "请去接" in shown
    (row,) = parts.queue.waiting(parts.settings.branch)
    staff.post(f"/staff/tickets/{row.id}/claim")
    mine = staff.get("/staff").text.partition('id="list-mine"')[2]
    assert mine.index(f'id="coming-{row.id}"') < mine.index(f'id="call-{row.id}"')
    visit.choose("no_fetch")
    assert "请去接" not in staff.get("/staff").text


def test_a_call_buzzes_the_pager_of_its_ticket_once_a_call(
    app: Flask, visit: Visit, parts: Wiring, pager: MemoryPager
) -> None:
    staff = colleague(app, "lobby")
    take_ticket(report_loss(visit))
    (row,) = parts.queue.waiting(parts.settings.branch)
    where = f"/staff/tickets/{row.id}"
    assert staff.post(f"{where}/pager", data={"pager": "x1"}).status_code == 422
    assert staff.post(f"{where}/pager", data={"pager": "12"}).status_code == 303
    assert "寻呼器 12 号" in staff.get("/staff").text
    staff.post(f"{where}/claim")
    buzzer = parts.health.buzzer
    assert buzzer is not None
    assert buzzer.settle(10)
    assert pager.called == []
    staff.post(f"{where}/call")
    staff.post(f"{where}/recall")
    until(lambda: pager.called == ["12", "12"], 30)


def test_a_pager_that_does_not_answer_is_told(
    app: Flask, visit: Visit, parts: Wiring, pager: MemoryPager
) -> None:
    pager.broken = True
    staff = colleague(app, "lobby")
    take_ticket(report_loss(visit))
    (row,) = parts.queue.waiting(parts.settings.branch)
    for step, form in (("pager", {"pager": "12"}), ("claim", {}), ("call", {})):
        staff.post(f"/staff/tickets/{row.id}/{step}", data=form)
    until(lambda: "pager" in causes(app), 30)
    pager.broken = False
    staff.post(f"/staff/tickets/{row.id}/recall")
    until(lambda: "pager" not in causes(app), 30)


def test_a_call_is_texted_to_whoever_asked_for_that(
    app: Flask, visit: Visit, parts: Wiring, messenger: MemoryMessenger
) -> None:
    staff = colleague(app, "lobby")
    for _ in range(2):
        take_ticket(report_loss(visit))
        visit.choose("end")
    asked, other = parts.queue.waiting(parts.settings.branch)
    parts.queue.own.call_by(asked.id, "message")
    for row in (other, asked):
        staff.post(f"/staff/tickets/{row.id}/claim")
        staff.post(f"/staff/tickets/{row.id}/call")
    until(lambda: bool(messenger.sent), 30)
    (sent,) = messenger.sent
    assert sent.to == "13800138000"
    assert asked.number in sent.text
    assert "叫到您了" in sent.text
    # Called once more, it is texted once more
    staff.post(f"/staff/tickets/{asked.id}/recall")
    until(lambda: len(messenger.sent) == 2, 30)


def test_a_text_that_waits_long_is_told(
    app: Flask, visit: Visit, parts: Wiring, messenger: MemoryMessenger, clock: FakeClock
) -> None:
    messenger.refuses = "away"
    take_ticket(report_loss(visit))
    visit.choose("take", "phone")
    assert "texts" not in causes(app)
    clock.pass_(11 * 60)
    assert "texts" in causes(app)
    messenger.refuses = None
    parts.outgoing.turn()
    until(lambda: "texts" not in causes(app), 30)
    assert len(messenger.sent) == 1
