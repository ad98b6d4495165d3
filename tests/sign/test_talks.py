"""Who is rung, in what order, and what remains of a conversation."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kiosk.mailbox import Mailbox
from kiosk.sign.call import RING
from kiosk.sign.presence import Colleague, Presence
from kiosk.sign.talk import MAX_LETTERS, REJOIN, Talk, belongs_to_other
from kiosk.sign.talks import Talks

SU = Colleague("su", "苏静", "sign_officer")
LIN = Colleague("lin", "林红", "sign_officer")
ZHANG = Colleague("zhang", "张敏", "lobby")
CHEN = Colleague("chen", "陈主管", "manager")


class Branch:
    """Colleagues who are here, a clock in hand, and what was written down."""

    def __init__(self, *here: Colleague) -> None:
        self.here = here
        self.now = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
        self.trail: list[tuple[str, str, Mapping[str, object]]] = []
        self.away: list[str] = []
        self.visit = "visit-1"
        self.talks = Talks(
            lambda: self.here,
            lambda who, what, about, more: self.trail.append((who, what, more)),
            lambda: self.now,
            lambda: None,
            trail=Mailbox("trail", inline=True),
        )
        self._first = self.talks.of("device", "visit-1", "K1")

    @property
    def talk(self) -> Talk:
        """The conversation as it stands."""
        return self.talks.get(self._first.id) or self._first

    def pass_(self, span: timedelta) -> None:
        self.now += span
        self.away += [talk.device for talk in self.talks.tick(lambda device: self.visit)]

    @property
    def rings(self) -> set[str]:
        assert self.talk.call is not None
        return set(self.talk.call.rings)

    @property
    def state(self) -> str:
        assert self.talk.call is not None
        return self.talk.call.state

    def told(self) -> list[str]:
        return [what for _, what, _ in self.trail]


class Page:
    """An open page's end of the socket."""

    def __init__(self, branch: Branch, party: Any) -> None:
        self.got: list[Mapping[str, Any]] = []
        self.leave = branch.talks.attach(branch.talk, party, self.got.append)

    def last(self, kind: str) -> Mapping[str, Any]:
        return [one for one in self.got if one["type"] == kind][-1]


def connected() -> tuple[Branch, Page, Page]:
    branch = Branch(SU)
    customer = Page(branch, "customer")
    branch.talks.ring(branch.talk)
    branch.talks.answer(branch.talk.id, SU)
    return branch, customer, Page(branch, "staff")


def test_one_officer_then_the_next_then_the_lobby_then_nobody() -> None:
    branch = Branch(SU, LIN, ZHANG, CHEN)
    assert branch.talks.ring(branch.talk)
    first = branch.rings
    assert len(first) == 1
    branch.pass_(RING - timedelta(seconds=1))
    assert branch.rings == first
    branch.pass_(timedelta(seconds=1))
    assert first | branch.rings == {"su", "lin"}
    branch.pass_(RING)
    assert branch.rings == {"zhang"}
    branch.pass_(RING)
    assert (branch.state, branch.away) == ("away", ["device"])
    assert branch.told() == ["call.rang", "call.unanswered"]


def test_nobody_here_is_known_at_once() -> None:
    branch = Branch(CHEN)
    assert not branch.talks.ring(branch.talk)
    assert branch.state == "away"
    assert branch.away == [], "whoever called is told by the answer itself"


def test_an_officer_who_comes_while_it_rings_is_rung_next() -> None:
    branch = Branch(SU)
    branch.talks.ring(branch.talk)
    branch.here = (SU, LIN)
    branch.pass_(RING)
    assert branch.rings == {"lin"}


def test_it_doesn_t_ring_at_somebody_in_a_call() -> None:
    branch = Branch(SU, LIN)
    branch.talks.ring(branch.talk)
    branch.talks.answer(branch.talk.id, SU)
    other = branch.talks.of("other", "visit-9", "K2")
    branch.talks.ring(other)
    call = branch.talks.of("other", "visit-9").call
    assert call is not None
    assert call.rings == {"lin"}
    assert belongs_to_other(branch.talk, "lin")
    assert not belongs_to_other(branch.talk, "su")


def test_the_first_to_answer_has_the_call() -> None:
    branch = Branch(SU, LIN)
    branch.talks.ring(branch.talk)
    branch.pass_(timedelta(seconds=4))
    assert branch.talks.answer(branch.talk.id, SU) == branch.talk
    assert branch.talks.answer(branch.talk.id, LIN) is None
    assert branch.talks.answer(branch.talk.id, SU) == branch.talk
    branch.pass_(timedelta(seconds=30))
    branch.talks.hang_up(branch.talk, "staff")
    who, what, more = branch.trail[-1]
    assert (who, what) == ("su", "call.ended")
    assert more == {"kiosk": "K1", "reason": "hung_up", "seconds": 30.0}
    assert branch.trail[1][2]["ring_seconds"] == 4.0


def test_signalling_only_passes_while_the_call_is_on() -> None:
    branch, customer, officer = connected()
    branch.talks.receive(branch.talk, "customer", "", {"type": "signal", "data": {"a": 1}})
    assert officer.last("signal")["data"] == {"a": 1}
    assert not [one for one in customer.got if one["type"] == "signal"]
    branch.talks.hang_up(branch.talk, "customer")
    assert officer.last("over")
    before = len(officer.got)
    branch.talks.receive(branch.talk, "customer", "", {"type": "signal", "data": {"a": 2}})
    assert len(officer.got) == before


def test_letters_and_lines_reach_the_other_side() -> None:
    branch, customer, officer = connected()
    branch.talks.receive(branch.talk, "customer", "", {"type": "draft", "text": "卡"})
    assert officer.last("draft")["text"] == "卡"
    branch.talks.receive(branch.talk, "customer", "", {"type": "line", "text": " 卡丢了 "})
    line = {"type": "line", "who": "customer", "name": "", "text": "卡丢了"}
    assert officer.last("line") == customer.last("line") == line
    branch.talks.receive(branch.talk, "staff", "苏静", {"type": "line", "text": "字" * 9999})
    assert len(customer.last("line")["text"]) == MAX_LETTERS


@pytest.mark.parametrize("message", [{}, {"type": "line"}, {"type": "evil"}, {"type": "draft"}])
def test_what_makes_no_sense_is_nothing(message: dict[str, Any]) -> None:
    branch, _, officer = connected()
    branch.talks.receive(branch.talk, "customer", "", message)
    assert branch.talk.lines == ()
    assert not [one for one in officer.got if one["type"] == "line"]


def test_a_page_that_comes_back_finds_everything() -> None:
    branch, customer, officer = connected()
    branch.talks.write(branch.talk, "staff", "苏静", "您好")
    branch.talks.draft(branch.talk, "customer", "我想")
    customer.leave()
    assert officer.last("peer")["here"] is False
    branch.pass_(REJOIN - timedelta(seconds=1))
    assert branch.state == "connected"
    again = Page(branch, "customer")
    hello = again.last("hello")
    assert [line["text"] for line in hello["lines"]] == ["您好"]
    assert hello["mine"] == "我想"
    assert officer.last("peer")["here"] is True
    branch.pass_(REJOIN * 2)
    assert branch.state == "connected"


def test_a_page_that_stays_away_ends_the_call() -> None:
    branch, customer, officer = connected()
    customer.leave()
    branch.pass_(REJOIN)
    assert branch.state == "over"
    assert officer.last("over")
    assert branch.trail[-1][2]["reason"] == "lost"


def test_a_second_page_takes_the_place_of_the_first() -> None:
    branch, first, officer = connected()
    second = Page(branch, "customer")
    assert first.last("elsewhere")
    first.leave()
    assert officer.last("peer")["here"] is True
    branch.talks.write(branch.talk, "staff", "苏静", "您好")
    assert second.last("line")["text"] == "您好"


def test_the_words_are_gone_with_the_visit() -> None:
    branch, _, officer = connected()
    branch.talks.write(branch.talk, "customer", "", "我的卡丢了")
    branch.visit = "visit-2"
    branch.pass_(timedelta(seconds=1))
    assert branch.talks.open() == ()
    assert officer.last("over")
    assert branch.talks.of("device", "visit-2").lines == ()
    assert "我的卡丢了" not in repr(branch.trail)


def test_only_the_proposal_on_the_table_can_be_settled() -> None:
    branch, _, _ = connected()
    first = branch.talks.propose(branch.talk, "lost_what", "card", "银行卡", "苏静")
    second = branch.talks.propose(branch.talk, "lost_what", "both", "都丢了", "苏静")
    assert branch.talks.settle(branch.talk, first.id) is None
    assert branch.talks.settle(branch.talk, second.id) == second
    assert branch.talks.settle(branch.talk, second.id) is None


def test_unread_lines_are_counted_until_somebody_looks() -> None:
    branch = Branch()
    branch.talks.write(branch.talk, "customer", "", "有人吗")
    branch.talks.write(branch.talk, "customer", "", "我听不见")
    assert branch.talk.unread == 2
    branch.talks.read(branch.talk)
    assert branch.talk.unread == 0


def test_presence_outlasts_the_way_from_page_to_page() -> None:
    now = [datetime(2026, 11, 24, 1, 0, tzinfo=UTC)]
    presence = Presence(lambda: now[0])
    with presence.of(SU), presence.of(SU):
        now[0] += timedelta(hours=1)
        assert presence.here() == (SU,)
    assert presence.here() == (SU,)
    now[0] += timedelta(seconds=11)
    assert presence.here() == ()


def test_a_conversation_is_one_visit_s() -> None:
    branch = Branch()
    assert isinstance(branch.talk, Talk)
    assert branch.talks.of("device", "visit-1") is branch.talk
    assert branch.talks.of("other", "visit-1") is not branch.talk


class Away(Exception):
    """The audit trail can't be written."""


def test_a_call_is_made_though_it_cannot_be_noted() -> None:
    # Given an audit trail that takes nothing
    branch = Branch(SU)

    def refuses(*what: object) -> None:
        raise Away

    talks = Talks(lambda: branch.here, refuses, lambda: branch.now, lambda: None)
    talk = talks.of("device", "visit-1", "K1")
    # Then an officer is rung, answers and hangs up like always
    assert talks.ring(talk)
    assert talks.answer(talk.id, SU) is not None
    talks.hang_up(talk, "staff")
    found = talks.get(talk.id)
    assert found is not None
    assert found.call is not None
    assert found.call.state == "over"


def test_an_audit_trail_that_hangs_holds_up_nobody() -> None:
    free = threading.Event()
    branch = Branch(SU)
    noted: list[str] = []

    def hangs(who: str, what: str, *more: object) -> None:
        assert free.wait(60)
        noted.append(what)

    trail = Mailbox("trail")
    talks = Talks(lambda: branch.here, hangs, lambda: branch.now, lambda: None, trail=trail)
    talk = talks.of("device", "visit-1", "K1")
    began = time.monotonic()
    assert talks.ring(talk)
    assert talks.find("device", "visit-1") == talks.get(talk.id)
    talks.write(talk, "customer", "", "有人吗")
    talks.tick(lambda device: "visit-1")
    assert time.monotonic() - began < 0.5
    free.set()
    assert trail.settle(20)
    assert noted == ["call.rang"]


def test_what_a_reader_holds_does_not_change_under_them() -> None:
    branch = Branch(SU)
    before = branch.talk
    branch.talks.ring(before)
    branch.talks.write(before, "customer", "", "有人吗")
    assert (before.call, before.lines) == (None, ())
    assert branch.talk.call is not None
    assert len(branch.talk.lines) == 1


def test_nothing_is_told_or_sent_under_the_lock() -> None:
    branch = Branch(SU)
    held: list[bool] = []

    def look(*anything: object) -> None:
        held.append(talks._lock.locked())

    talks = Talks(
        lambda: branch.here,
        look,
        lambda: branch.now,
        look,
        trail=Mailbox("trail", inline=True),
    )
    talk = talks.of("device", "visit-1", "K1")
    talks.attach(talk, "customer", look)
    talks.attach(talk, "staff", look)
    talks.ring(talk)
    talks.write(talk, "customer", "", "有人吗")
    branch.now += RING
    talks.tick(lambda device: "visit-1")
    talks.tick(lambda device: "visit-2")
    assert held
    assert not any(held)
