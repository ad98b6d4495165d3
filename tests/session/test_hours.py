"""Outside its hours the kiosk says when it opens, takes what is urgent, and promises nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from kiosk.flow.events import Request
from kiosk.flow.text import Slot
from kiosk.hours import Different, Hours, Span
from kiosk.session.events import CallHelp, Close, Ring
from kiosk.session.ports import StaffCall, TicketStatus
from kiosk.session.screens.ticket import PHASES
from tests.support.customer import Customer, content

DAY = (Span(time(9), time(17)),)
HOURS = Hours(
    (DAY, DAY, DAY, DAY, DAY, (), ()),
    (Different(date(2026, 11, 26), date(2026, 11, 26)),),
    few=(Span(time(12), time(13, 30)),),
    visits=frozenset({1, 4}),
    telephones=(("loss", "95500"),),
)
#: Tuesday: an hour before it opens, at noon, ten minutes before it closes, in the evening.
EARLY, NOON, LATE, EVENING = (
    datetime(2026, 11, 24, hour, minute, tzinfo=UTC)
    for hour, minute in ((0, 0), (4, 10), (8, 50), (12, 0))
)


class Branch(Customer):
    """A customer of a branch with hours; `here` says whether a colleague's page is open."""

    here = False

    def __init__(self, at: datetime, **other: Any) -> None:
        super().__init__(
            content=replace(content(), hours=HOURS),
            attended=lambda: self.here or HOURS.is_open(self.now, self.around.timezone),
            **other,
        )
        self.now = at
        self.session.refresh()

    @property
    def why(self) -> str:
        why = self.prompt.why
        assert why is not None
        return content().words(self.state.switches.language).render(why)

    def until(self, moment: datetime) -> None:
        self.now = moment
        self.session.refresh()


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (EARLY, "今天 9 点开门。"),
        (EVENING, "明天 9 点开门。"),
        (datetime(2026, 11, 25, 12, 0, tzinfo=UTC), "2026 年 11 月 27 日，星期五，9 点开门。"),
    ],
)
def test_it_says_when_it_opens_and_whom_to_telephone(at: datetime, says: str) -> None:
    branch = Branch(at)
    assert branch.ask == "您好。现在没有开门。"
    assert branch.why.splitlines()[0] == says
    assert "95500" in branch.why
    assert "96110" in branch.why
    assert "急救打 120" in branch.why


def test_it_opens_without_anybody_doing_anything() -> None:
    branch = Branch(EARLY)
    branch.wait(3600)
    assert branch.ask == "您好。想怎么办？"


def test_only_what_is_urgent_is_taken() -> None:
    branch = Branch(EVENING)
    branch.choose("large_text")
    assert branch.ask == "现在没有开门，只能先办急事。"
    # Or a number that somebody has already, which needs nobody
    assert [one.value for one in branch.prompt.choices] == ["urgent", "number"]
    branch.do(Request("withdraw", ()))
    assert branch.state.visit.task is None
    branch.choose("urgent", "loss_report")
    assert branch.screen == "task"
    branch.to_review().confirm().finish()
    assert branch.screen == "ticket"
    assert branch.ask == "现在没有人上班，您的号还留着。"
    assert branch.why.startswith("明天 9 点开门。")


def test_who_came_before_it_closed_is_served_to_the_end() -> None:
    branch = Branch(LATE)
    branch.choose("large_text", "money", "withdraw")
    branch.until(EVENING)
    assert branch.screen == "task"
    branch.to_review().confirm().choose("yes")
    assert len(branch.prompt.choices) > 2


def test_who_came_too_early_may_ask_for_all_once_it_is_open() -> None:
    branch = Branch(EARLY)
    branch.choose("large_text")
    branch.until(NOON)
    assert "money" in [one.value for one in branch.prompt.choices]


def test_nobody_is_called_where_nobody_is() -> None:
    branch = Branch(EVENING)
    branch.choose("large_text").do(CallHelp("person"))
    assert branch.desk.alarms == []
    assert branch.ask == "现在没有人上班。"
    assert [one.value for one in branch.prompt.choices] == ["close"]
    assert "急救打 120" in branch.why
    branch.do(Close(), CallHelp("emergency"))
    assert branch.desk.alarms == []
    branch.do(Close(), Ring())
    assert branch.ask == "会手语的人现在不在。"
    assert "没有人上班" in branch.why
    assert branch.state.officer_wanted
    assert branch.desk.alarms == []


def test_an_answer_calls_nobody_where_nobody_is_and_says_so() -> None:
    branch = Branch(EVENING)
    branch.choose("large_text", "urgent", "fraud", "yes")
    assert branch.desk.calls == {}
    assert branch.prompt.step == "hang_up"
    assert branch.notice is not None
    assert branch.notice.startswith("现在没有人上班。")
    assert "96110" in branch.notice
    # Nobody is said to come, so nobody is to wait
    assert "在这里等" not in branch.ask + branch.why
    assert [one.value for one in branch.prompt.choices] == ["next"]
    # Taken back, it isn't taken back from anybody
    branch.press("back").choose("no")
    assert branch.state.alarms == ()
    assert branch.notice is None
    # Once a colleague's page is open they are told, and the customer that they are
    branch.press("back").choose("yes")
    branch.wait(5)
    assert branch.desk.calls == {}
    branch.here = True
    branch.wait(1)
    assert [call.kind for call in branch.desk.calls] == ["fraud_now"]
    assert branch.notice == "已经告诉工作人员，骗子还在电话上。请在这里等。"
    assert "在这里等" in branch.why
    assert [one.value for one in branch.prompt.choices] == ["enough", "next"]


def test_a_desk_that_is_away_while_nobody_is_there_is_said_the_same() -> None:
    branch = Branch(EVENING)
    branch.desk.away = True
    branch.choose("large_text", "urgent", "fraud", "yes").wait(5)
    assert branch.state.alarms == (("fraud_now", "closed"),)


def test_what_is_left_of_the_evening_does_not_ring_in_the_morning() -> None:
    branch = Branch(LATE)
    branch.choose("large_text", "help", "need_help")
    branch.until(EVENING)
    branch.choose("companion")
    assert branch.state.alarms == (("companion", "closed"),)
    branch.wait(181)
    branch.wait(60)
    assert branch.state == branch.around.fresh
    branch.here = True
    branch.wait(1)
    assert branch.desk.calls == {}


def test_an_alarm_of_somebody_before_is_not_taken_for_theirs() -> None:
    branch = Branch(EVENING)
    branch.desk.raise_alarm(StaffCall("K1", "fraud_now", "fraud", "another"))
    branch.choose("large_text", "urgent", "fraud", "yes")
    branch.wait(1)
    assert branch.state.alarms == (("fraud_now", "closed"),)


def test_a_colleague_who_is_still_there_is_called() -> None:
    branch = Branch(EVENING)
    branch.here = True
    branch.choose("large_text").do(CallHelp("person"))
    assert [kind for _, kind, _ in branch.desk.alarms] == ["person"]
    assert branch.ask == "已经叫人了。"
    # And once they have gone home, nothing is promised any more.
    branch.here = False
    branch.session.refresh()
    assert branch.ask == "现在没有人上班。"


def test_at_lunch_there_are_words_and_no_refusal() -> None:
    branch = Branch(NOON)
    branch.choose("large_text")
    assert branch.why == "现在窗口少一些，可能要多等一会儿。"
    groups = [group.id for group in content().catalog.groups]
    assert [one.value for one in branch.prompt.choices] == [*groups, "number"]


def test_one_carried_over_says_of_which_day_its_number_is() -> None:
    branch = Branch(NOON)
    branch.take_ticket()
    branch.desk.seen = TicketStatus("carried", 0, day="2026-11-23")
    branch.session.refresh()
    assert branch.ask == "那天没办完，您的事还留着。"
    assert "2026 年 11 月 23 日，星期一的 A001 号" in branch.why
    assert "carried" in PHASES


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
def test_every_language_says_it(language: str) -> None:
    branch = Branch(EVENING)
    branch.choose(f"language:{language}")
    assert "95500" in branch.why
    branch.choose("large_text").do(CallHelp("person"))
    assert "95500" in branch.why


def to_the_day(branch: Branch) -> Branch:
    branch.choose("large_text", *branch.way_to("home_visit"))
    for _ in range(20):
        if branch.prompt.kind == "date":
            return branch
        branch.choose(branch.prompt.choices[0].value)
    raise AssertionError(branch.prompt.key)


def test_days_that_are_offered_are_days_on_which_staff_visit() -> None:
    branch = to_the_day(Branch(NOON))
    # Tuesdays and Fridays; the Thursday is a holiday.
    assert [one.value for one in branch.prompt.choices] == [
        "2026-11-27",
        "2026-12-01",
        "2026-12-04",
    ]
    branch.choose("20261126")
    problem = branch.prompt.problem
    assert problem is not None
    said = content().words("zh-CN").render(problem)
    assert "2026 年 11 月 27 日" in said


def test_a_day_that_went_by_is_asked_again_before_it_is_handed_over() -> None:
    branch = to_the_day(Branch(NOON))
    branch.choose("2026-11-27").to_review().confirm()
    # It lies open for days; a visit that goes on is no visit that is over.
    branch.until(datetime(2026, 11, 27, 4, 0, tzinfo=UTC))
    branch.choose("no")
    while branch.prompt.kind in ("choice", "yes_no"):
        branch.choose(branch.prompt.choices[0].value)
    assert branch.notice == "您选的日子，现在办不了了。请再选一天。"
    assert branch.prompt.kind == "date"
    assert branch.desk.requests == {}
    branch.choose("2026-12-01")
    assert branch.prompt.kind == "review"
    branch.confirm().finish()
    (request,) = branch.desk.requests.values()
    days = [one["value"] for task in request["tasks"] for one in task["answers"]]
    assert "2026-12-01" in days
    assert "2026-11-27" not in days


def test_where_nothing_is_said_every_day_is_offered() -> None:
    customer = Customer()
    customer.choose("large_text", *customer.way_to("home_visit"))
    for _ in range(20):
        if customer.prompt.kind == "date":
            break
        customer.choose(customer.prompt.choices[0].value)
    days = [one.label for one in customer.prompt.choices]
    assert days == [Slot("date", f"2026-11-{day}") for day in (25, 26, 27)]
