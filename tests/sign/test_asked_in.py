"""A colleague is asked into a call: who is rung, who is in it, and what ends with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.sign.call import ASKED
from kiosk.sign.talk import belongs_to_other, may_hang_up, seat_of
from tests.sign.test_talks import CHEN, LIN, SU, ZHANG, Branch, Page


@pytest.fixture
def branch() -> Branch:
    """苏静 took the call; the others are here."""
    found = Branch(SU, LIN, ZHANG)
    found.talks.ring(found.talk)
    found.talks.answer(found.talk.id, SU)
    return found


def test_who_is_asked_is_rung_for_a_minute_and_is_in_it_at_once(branch: Branch) -> None:
    pages = Page(branch, "customer"), Page(branch, "staff")
    assert belongs_to_other(branch.talk, "lin")
    assert branch.talks.ask_in(branch.talk, "su", LIN)
    assert branch.rings == {"lin"}
    assert not belongs_to_other(branch.talk, "lin")
    assert may_hang_up(branch.talk, "lin")
    assert belongs_to_other(branch.talk, "zhang")
    branch.pass_(ASKED - timedelta(seconds=1))
    assert branch.rings == {"lin"}
    branch.pass_(timedelta(seconds=1))
    assert branch.rings == set()
    assert not belongs_to_other(branch.talk, "lin")
    assert pages[1].last("hello")


def test_only_who_is_in_it_asks_and_only_who_is_here_is_asked(branch: Branch) -> None:
    before = branch.talk
    assert not branch.talks.ask_in(branch.talk, "zhang", LIN)
    assert not branch.talks.ask_in(branch.talk, "su", CHEN), "she isn't here"
    assert not branch.talks.ask_in(branch.talk, "su", SU)
    assert branch.talk == before
    assert branch.talks.ask_in(branch.talk, "su", LIN)
    assert branch.talks.ask_in(branch.talk, "lin", ZHANG), "whoever is in it may ask"


def test_whoever_was_not_asked_does_not_come_in(branch: Branch) -> None:
    assert branch.talks.join(branch.talk.id, LIN) is None
    branch.talks.ask_in(branch.talk, "su", LIN)
    assert branch.talks.join(branch.talk.id, LIN) == branch.talk
    assert branch.talk.call is not None
    assert branch.talk.call.guests == ("林红",)
    assert branch.rings == set()
    assert (seat_of(branch.talk, "su"), seat_of(branch.talk, "lin")) == ("staff", "guest lin")
    assert branch.told()[-2:] == ["call.asked_in", "call.joined"]


def test_with_the_call_its_guests_are_over(branch: Branch) -> None:
    branch.talks.ask_in(branch.talk, "su", LIN)
    branch.talks.join(branch.talk.id, LIN)
    branch.talks.hang_up(branch.talk, "staff")
    assert branch.talk.call is not None
    assert branch.talk.call.guests == ()
    assert dict(branch.talk.call.asked) == {}
    # And in the next one they are nobody's guests
    branch.talks.ring(branch.talk)
    branch.talks.answer(branch.talk.id, ZHANG)
    assert belongs_to_other(branch.talk, "lin")
    assert belongs_to_other(branch.talk, "su")
