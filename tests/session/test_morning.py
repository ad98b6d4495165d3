"""An ordinary morning: nobody presses more than before, most press less."""

from __future__ import annotations

import pytest

from tests.support.morning import MORNING, Visit, presses


@pytest.mark.parametrize("visit", MORNING, ids=lambda visit: visit.name)
def test_a_visit_takes_no_more_presses_than_it_did(visit: Visit) -> None:
    assert presses(visit) < visit.was


def test_the_morning_is_shorter_by_a_seventh() -> None:
    assert sum(map(presses, MORNING)) * 7 <= sum(one.was for one in MORNING) * 6
