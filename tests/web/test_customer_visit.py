"""Whole visits by forms alone, and everything that can go wrong on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk.app import create_app
from kiosk.queue.queue import Queue
from kiosk.queue.tickets.outcomes import Done
from kiosk.queue.tickets.views import CustomerStatus, StaffRef
from kiosk.session.events import End
from kiosk.session.state import State
from kiosk.settings import Settings
from kiosk.ticker import tick
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.visits import Visit, report_loss, take_ticket

LI = StaffRef("s1", "李敏", "counter")


def only_request(parts: Wiring) -> dict[str, Any]:
    (row,) = parts.queue.open_tickets(parts.settings.branch)
    return parts.queue.document(row.id, LI).model_dump(mode="json")


def test_a_lost_card_becomes_a_structured_request(visit: Visit, parts: Wiring) -> None:
    # Given a customer who has answered every question
    report_loss(visit)
    assert visit.ask == "我再念一遍，对吗？"
    assert "138 0013 8000" in visit.words
    # When they confirm and want nothing else
    take_ticket(visit)
    # Then they have a number, and staff have the whole request
    assert visit.path == "/ticket"
    assert "E001" in visit.words
    request = only_request(parts)
    assert request["priority_group"] == "age_80"
    assert request["flags"] == ["urgent"]
    assert request["contact"] == {"phone": "13800138000", "may_call": True}
    (task,) = request["tasks"]
    assert task["service"] == "loss_report"
    values = {answer["step"]: answer["value"] for answer in task["answers"]}
    assert values["lost_what"] == "card"
    assert values["money_moved"] is False
    assert values["last4"] == "1234"
    assert {paper["id"]: paper["have"] for paper in task["documents"]} == {"holder_id": "yes"}


def test_the_waiting_page_tells_the_truth(visit: Visit, parts: Wiring) -> None:
    take_ticket(report_loss(visit))
    assert visit.ask == "下一位就是您。"
    (row,) = parts.queue.waiting(parts.settings.branch)
    parts.queue.claim(row.id, LI, "3")
    assert visit.open("/ticket").ask == "工作人员已经看到了。"
    parts.queue.call(row.id, LI)
    assert visit.open("/ticket").ask == "请到 3 号窗口。"
    parts.queue.start_task(row.id, "t1", LI)
    parts.queue.close_task(row.id, "t1", LI, Done("新卡三天后来取。"))
    assert visit.open("/ticket").ask == "今天的事都办好了。"
    assert "新卡三天后来取。" in visit.words
    assert visit.choose("survey").ask == "今天为您办得怎么样？"
    assert visit.choose("5").path == "/thanks"
    assert visit.choose("end").path == "/"


def test_two_matters_one_after_another(visit: Visit, parts: Wiring) -> None:
    report_loss(visit).choose("confirm", "yes", "account", "balance")
    while not visit.path.endswith("/review"):
        assert "/phone" not in visit.path, "the telephone is asked once"
        options = [c for c in visit.choices if c not in ("unknown",)]
        visit.choose(options[0])
    take_ticket(visit)
    request = only_request(parts)
    assert [task["service"] for task in request["tasks"]] == ["loss_report", "balance"]


def test_change_an_answer_from_the_review_and_return(visit: Visit) -> None:
    report_loss(visit).choose("change:last4")
    assert visit.entry == "1234"
    assert visit.enter("5678").path.endswith("/review")
    assert "5678" in visit.words


def test_in_english(visit: Visit) -> None:
    visit.choose("language:en")
    report_loss(visit)
    assert visit.ask == "Let me read it back. Is it right?"
    assert visit.page.get("lang") == "en"


@pytest.mark.parametrize(
    ("entry", "kept"), [("12", "12"), ("12ab", "12ab"), ("１２３", "１２３"), ("😀", "😀")]
)
def test_bad_entries_get_kind_words_and_stay(visit: Visit, entry: str, kept: str) -> None:
    visit.start().choose("urgent", "loss_report", "card", "no", "today").enter(entry)
    assert visit.problem is not None
    assert visit.problem.startswith("没关系")
    assert visit.entry == kept


def test_the_keypad_on_the_screen_needs_no_scripts(visit: Visit) -> None:
    visit.start().choose("urgent", "loss_report", "card", "no", "today")
    visit.press("digit1", "digit2", "digit9", "back", "digit3", "digit4")
    assert visit.entry == "1234"
    assert visit.press("select").path.endswith("/for_whom")


def test_half_typed_survives_help_language_and_restart(
    settings: Settings, clock: Callable[[], object]
) -> None:
    app = create_app(settings, clock=clock)  # type: ignore[arg-type]
    client = app.test_client()
    visit = Visit(client).start().choose("urgent", "loss_report", "card", "no", "today")
    visit.press("digit1", "digit2").bar("help", entry="12").choose("close")
    assert visit.entry == "12"
    app.extensions[EXTENSION].close()
    # When the kiosk is started again
    again = create_app(settings, clock=clock)  # type: ignore[arg-type]
    cookie = client.get_cookie("wuai_kiosk")
    assert cookie is not None
    later = again.test_client()
    later.set_cookie("wuai_kiosk", cookie.value)
    # Then the visit goes on where it was
    resumed = Visit(later)
    assert resumed.path.endswith("/last4")
    assert resumed.entry == "12"
    again.extensions[EXTENSION].close()


@pytest.mark.parametrize(
    "path",
    ["/visit/loss_report/review", "/visit/x/y", "/menu/none", "/nothing", "/visit/withdraw/amount"],
)
def test_forged_addresses_say_so_and_lead_on(visit: Visit, path: str) -> None:
    visit.start().choose("urgent", "loss_report").open(path)
    assert visit.status == 404
    assert visit.ask == "这一页不在这里。"


def test_an_old_page_leads_to_where_the_customer_is(visit: Visit) -> None:
    take_ticket(report_loss(visit))
    assert visit.open("/visit/loss_report/review").path == "/ticket"
    assert visit.open("/menu").path == "/ticket"


def test_a_double_press_counts_once(visit: Visit, parts: Wiring) -> None:
    report_loss(visit)
    old = {"csrf_token": visit.hidden("csrf_token"), "step": "review", "value": "confirm"}
    for _ in range(2):
        visit.client.post("/do/choose", data=old)
    assert visit.open("/").path == "/visit/loss_report/done"
    visit.choose("no", "age_80")
    assert len(parts.queue.open_tickets(parts.settings.branch)) == 1


def test_forms_of_the_last_customer_are_refused(visit: Visit, parts: Wiring, clock: object) -> None:
    visit.start().choose("urgent", "loss_report")
    old = {"csrf_token": visit.hidden("csrf_token"), "step": "lost_what", "value": "card"}
    clock.pass_(181)  # type: ignore[attr-defined]
    tick(parts)
    assert visit.open("/").path == "/idle"
    clock.pass_(50)  # type: ignore[attr-defined]
    tick(parts)
    assert visit.open("/").path == "/"
    answer = visit.client.post("/do/choose", data=old)
    assert answer.status_code == 400
    assert "这一页已经过去了" in answer.get_data(as_text=True)


def test_what_was_confirmed_is_handed_over_when_the_customer_walks_away(
    visit: Visit, parts: Wiring, clock: object
) -> None:
    report_loss(visit).choose("confirm")
    clock.pass_(400)  # type: ignore[attr-defined]
    tick(parts)
    assert visit.open("/").path == "/ticket"
    assert len(parts.queue.open_tickets(parts.settings.branch)) == 1


def test_too_large_a_body_gets_plain_words(visit: Visit) -> None:
    form = {"csrf_token": visit.hidden("csrf_token"), "step": "x", "value": "a" * 200_000}
    answer = visit.client.post("/do/choose", data=form)
    assert answer.status_code == 413
    assert "写得太长了" in answer.get_data(as_text=True)


def test_help_is_called_from_every_screen(visit: Visit, parts: Wiring) -> None:
    for move in ((), ("large_text",), ("urgent",), ("loss_report",)):
        visit.choose(*move)
        before = visit.path
        visit.bar("person")
        assert visit.ask == "已经叫人了。"
        (alarm,) = parts.queue.alarms.open(parts.settings.branch)
        assert alarm.kiosk == "K1"
        parts.queue.alarms.acknowledge(alarm.id, LI)
        assert visit.open("/person").ask == "工作人员看到了。"
        visit.choose("no_help")
        assert visit.path == before
        assert parts.queue.alarms.open(parts.settings.branch) == []


def test_nothing_personal_stands_on_the_disk_in_the_clear(
    visit: Visit, parts: Wiring, settings: Settings
) -> None:
    take_ticket(report_loss(visit))
    for path in Path(settings.data).rglob("*"):
        if path.is_file():
            assert b"13800138000" not in path.read_bytes(), path


@pytest.mark.long
def test_every_service_reaches_its_review_in_both_languages(app: Flask, parts: Wiring) -> None:
    for language in ("zh-CN", "en"):
        for group in parts.content.catalog.groups:
            for service in group.services:
                parts.stations.first.session.dispatch(End())
                visit = Visit(app.test_client()).choose(f"language:{language}")
                visit.start().choose(group.id, service)
                _walk_to_review(visit)
                assert visit.path == f"/visit/{service}/review"


def _walk_to_review(visit: Visit) -> None:
    for _ in range(40):
        if visit.path.endswith("/review"):
            return
        # Past a notice at which one may wait for staff instead.
        onward = next((one for one in ("unknown", "next") if one in visit.choices), None)
        visit.choose(onward or visit.choices[0])
    raise AssertionError(f"stuck at {visit.path}")


def test_a_missing_sense_is_announced(visit: Visit) -> None:
    visit.start("braille")
    assert "这台机器暂时没有盲文" in visit.words


def test_the_kiosk_is_fresh_after_the_end(visit: Visit, parts: Wiring) -> None:
    take_ticket(report_loss(visit)).choose("end")
    assert parts.stations.first.session.state == State()


def test_the_press_that_hands_over_reads_its_ticket_once(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    status = Queue.status

    def counted(queue: Queue, ticket_id: str) -> CustomerStatus:
        asked.append(ticket_id)
        return status(queue, ticket_id)

    monkeypatch.setattr(Queue, "status", counted)
    visit.start().choose("urgent", "loss_report", "card", "no", "today", "unknown", "self", "yes")
    visit.unknown().choose("confirm", "no", "none")
    assert visit.path == "/ticket"
    assert len(asked) == 1
