"""A call in sign booked for later: chosen, taken by others, replaced, given back, and kept."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from kiosk.flow.text import Text
from kiosk.outgoing.paper import contents
from kiosk.session import outside
from kiosk.session.errands import Errands, InlineErrands, ThreadErrands
from kiosk.session.events import End, Open, Ring
from kiosk.session.numbers import Holding
from kiosk.session.ports import CallWait
from kiosk.session.taking import slip_of
from kiosk.session.waiting import asides
from kiosk.sign_slots import SignSlot
from tests.support.customer import Customer, MemoryDesk, content, with_signers
from tests.support.explorer import MemoryLine


@dataclass
class Line(MemoryLine):
    """A line that finds nobody free."""

    there: bool = False
    minutes: int | None = 5

    def wait(self, device: str, visit_id: str) -> CallWait | None:
        return CallWait(2, self.minutes) if self.now == "busy" else None


def nobody_free(
    line: Line | None = None, desk: MemoryDesk | None = None, errands: Errands | None = None
) -> Customer:
    """A customer who signs, has called, and found nobody."""
    desk = desk or MemoryDesk()
    customer = Customer(
        line=line or Line(),
        desk=desk,
        content=with_signers(),
        errands=errands or InlineErrands(),
    )
    customer.desk = desk
    return customer.choose("sign", *customer.way_to("balance")).do(Ring())


def times(customer: Customer) -> list[str]:
    words = content().words(customer.state.switches.language)
    return [words.render(one.label) for one in customer.prompt.choices]


def offered(customer: Customer) -> list[str]:
    return [one.value for one in customer.prompt.choices]


def first(customer: Customer, at: int = 0) -> Customer:
    return customer.choose(customer.prompt.choices[at].value)


def why(customer: Customer) -> str:
    words = content().words(customer.state.switches.language)
    return words.render(customer.prompt.why)


def booked(customer: Customer, at: int = 0) -> Customer:
    return first(customer.choose("book"), at)


# -- the wait


def test_while_all_are_busy_it_is_said_how_many_and_how_long() -> None:
    line = Line()
    customer = nobody_free(line)
    line.now = "busy"
    customer.wait(1)
    assert customer.prompt.key == "screen.call.busy_minutes"
    assert "前面还有 2 位，大约要等 5 分钟。" in why(customer)
    assert offered(customer) == ["close", "book", "board", "again"]


def test_without_a_measured_call_only_how_many() -> None:
    line = Line(minutes=None)
    customer = nobody_free(line)
    line.now = "busy"
    customer.wait(1)
    assert customer.prompt.key == "screen.call.busy"
    assert "分钟" not in why(customer)


def test_once_somebody_has_time_calling_again_comes_first() -> None:
    line = Line()
    customer = nobody_free(line)
    line.now = "free"
    customer.wait(1)
    assert offered(customer)[0] == "again"


# -- choosing


def test_the_times_are_in_words() -> None:
    customer = nobody_free().choose("book")
    assert customer.screen == "book_call"
    assert times(customer)[0] == "今天 10 点，李敏"
    assert times(customer)[2] == "明天 9 点，李敏"
    assert offered(customer)[-1] == "close"
    assert len(offered(customer)) == 7


def test_choosing_one_books_it_and_the_call_says_so() -> None:
    customer = booked(nobody_free(), 2)
    assert (customer.screen, customer.prompt.key) == ("call", "screen.call.booked")
    assert customer.ask == "约好了：明天 9 点，李敏。"
    (slot,) = customer.desk.booked.values()
    assert (slot.officer, slot.day, slot.clock) == ("李敏", "2026-11-25", "09:00")
    customer.choose("close")
    assert customer.screen == "task"


def test_the_list_leads_back_to_the_call() -> None:
    customer = nobody_free().choose("book", "close")
    assert customer.screen == "call"
    assert customer.choose("book").press("back").screen == "call"


def test_a_closed_branch_offers_times_too() -> None:
    customer = Customer(line=Line(), content=with_signers(), attended=lambda: False)
    customer.choose("sign", *customer.way_to("balance")).do(Ring())
    assert customer.prompt.key == "screen.call.closed"
    assert offered(customer) == ["close", "book", "again"]


def test_a_branch_without_signers_offers_none() -> None:
    customer = Customer(line=Line()).choose("sign", *Customer().way_to("balance")).do(Ring())
    assert offered(customer) == ["close", "board", "again"]


def test_before_a_visit_there_is_nothing_to_book_for() -> None:
    customer = Customer(line=Line(), content=with_signers()).press("officer")
    assert "book" not in offered(customer)


def test_a_time_that_isnt_free_is_never_booked() -> None:
    customer = nobody_free().choose("book")
    customer.choose("20261125T0900+0800 somebody", "20261125T0315+0800 李敏", "tomorrow")
    assert customer.screen == "book_call"
    assert customer.desk.booked == {}


def test_another_one_takes_the_place_of_the_first() -> None:
    customer = booked(nobody_free())
    first(customer.choose("rebook"), 1)
    ((request_id, slot),) = customer.desk.booked.items()
    assert (request_id, slot) == (customer.state.request_id, customer.state.sign_call)


def test_the_same_press_twice_books_once() -> None:
    customer = nobody_free().choose("book")
    value = offered(customer)[0]
    customer.choose(value, value)
    assert len(customer.desk.booked) == 1
    assert customer.screen == "call"


# -- what may go wrong


def test_a_time_that_somebody_took_meanwhile_is_said_and_the_others_shown() -> None:
    customer = nobody_free().choose("book")
    wanted, other = customer.prompt.choices[0].value, customer.prompt.choices[1].value
    world = customer.session.moment.world
    assert world.slots is not None
    customer.desk.booked["somebody"] = world.slots[0]
    customer.choose(wanted)
    assert customer.screen == "book_call"
    assert customer.notice == "没关系，这个时间刚被约走。请再选一个。"
    assert offered(customer)[0] == other
    assert first(customer).prompt.key == "screen.call.booked"


def test_a_desk_that_is_away_is_said_and_nothing_is_lost() -> None:
    customer = nobody_free().choose("book")
    customer.desk.away = True
    first(customer)
    assert (customer.screen, customer.prompt.key) == ("book_call", "screen.book_call.unread")
    assert customer.notice == "没关系，还没有约上。请再选一次。"
    assert customer.state.sign_call is None
    customer.desk.away = False
    customer.wait(1)
    assert first(customer).prompt.key == "screen.call.booked"


class HangingDesk(MemoryDesk):
    """A desk that books nothing until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()

    def book_call(self, request_id: str, slot: SignSlot) -> None:
        assert self.free.wait(60)
        super().book_call(request_id, slot)


def test_a_desk_that_takes_long_holds_up_no_page_and_books_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outside, "PATIENCE", 0.05)
    desk, errands = HangingDesk(), ThreadErrands()
    customer = nobody_free(desk=desk, errands=errands)
    assert errands.settle(30)
    value = offered(customer.choose("book"))[0]
    customer.choose(value, value)
    assert (customer.screen, customer.notice) == ("book_call", "正在约，请等一等。")
    # Whoever goes back meanwhile is told there
    customer.choose("close")
    desk.free.set()
    assert errands.settle(30)
    assert customer.prompt.key == "screen.call.booked"
    assert len(desk.booked) == 1


# -- given back


def test_a_visit_that_ends_without_a_ticket_gives_it_back() -> None:
    customer = booked(nobody_free()).do(End())
    assert customer.desk.booked == {}


def test_whoever_leaves_silently_gives_it_back() -> None:
    customer = booked(nobody_free()).wait(300)
    assert customer.state.place == "attract"
    assert customer.desk.booked == {}


def test_what_the_desk_could_not_take_back_it_takes_later() -> None:
    customer = booked(nobody_free())
    customer.desk.away = True
    customer.do(End())
    assert len(customer.desk.booked) == 1
    customer.desk.away = False
    customer.wait(1)
    assert customer.desk.booked == {}


def test_an_abandoned_visit_gives_it_back_at_the_next_start() -> None:
    customer = booked(nobody_free()).set_clock(3600).restart()
    assert customer.state.place == "attract"
    assert customer.desk.booked == {}


# -- kept


def test_it_is_kept_over_a_restart_of_the_kiosk() -> None:
    customer = booked(nobody_free())
    before = customer.state.sign_call
    assert customer.restart().state.sign_call == before
    assert customer.prompt.key == "screen.call.booked"


def told(customer: Customer) -> list[str]:
    words = content().words(customer.state.switches.language)
    now = customer.session.moment
    return [words.render(one.said) for one in asides(now.state, now.world)]


def test_the_ticket_and_the_paper_say_it() -> None:
    customer = booked(nobody_free(), 2).choose("close").to_review().confirm().finish()
    assert customer.state.place == "ticket"
    assert "约好了手语视频：2026 年 11 月 25 日，星期三，9 点，李敏。" in told(customer)
    slip = slip_of(customer.state, content().catalog, "2026-11-24")
    words = content().words("zh-CN")
    lines = [words.render(said) for said, _ in contents(slip, "")]
    at = lines.index("约好的手语视频")
    assert lines[at + 1] == "2026 年 11 月 25 日，星期三，9 点，李敏"
    assert len(customer.desk.booked) == 1


def test_a_confirmed_visit_that_ends_keeps_it() -> None:
    customer = booked(nobody_free()).choose("close").to_review().confirm().wait(300)
    assert customer.state.place == "ticket"
    assert len(customer.desk.booked) == 1


def test_without_one_nothing_is_said() -> None:
    customer = nobody_free().choose("close").to_review().confirm().finish()
    assert not [one for one in told(customer) if "约好" in one]
    slip = slip_of(customer.state, content().catalog, "2026-11-24")
    assert Text("paper.ticket.sign_call") not in [said for said, _ in contents(slip, "")]


def test_whoever_comes_back_with_the_number_is_told() -> None:
    customer = booked(nobody_free(), 2).choose("close").to_review().confirm().finish()
    customer.do(End()).desk.kept = Holding()
    customer.choose("large_text", "number", "1", "1234")
    assert customer.state.returned
    assert "约好了手语视频：2026 年 11 月 25 日，星期三，9 点，李敏。" in told(customer)


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
def test_it_is_said_in_every_language(language: str) -> None:
    slot = booked(nobody_free(), 2).state.sign_call
    assert slot is not None
    customer = nobody_free()
    state = customer.state
    assert slot.at - customer.around.today() == timedelta(hours=24)
    customer.come_to(
        replace(state, sign_call=slot, switches=replace(state.switches, language=language))
    )
    assert "李敏" in customer.ask
    assert "{" not in customer.ask + why(customer)


def test_a_screen_can_be_opened_by_its_name() -> None:
    assert nobody_free().do(Open("book_call")).screen == "book_call"
