"""Who is served first, and that nobody waits for ever."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.queue import Queue
from kiosk.queue.tickets.priority import Rules, due_at, load_rules, score
from tests.queue.stories import MORNING, Clock, request, task

RULES = load_rules()
BRANCH = "nanjing-road"

ranks = st.sampled_from([0.0, *(one.weight for one in RULES.classes)])
arrivals = st.lists(st.tuples(st.integers(0, 2000), ranks), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("asked", "reasons"),
    [
        ({}, ("none",)),
        ({"presets": ("large_text",)}, ("none",)),
        ({"presets": ("sign",)}, ("sign",)),
        ({"priority_group": "age_80", "presets": ("voice",)}, ("age_80", "voice")),
        ({"flags": ["possible_fraud"], "priority_group": "age_60"}, ("suspected_fraud", "age_60")),
        ({"flags": ["emergency", "urgent"]}, ("emergency", "urgent")),
        ({"parts": [task(), task("t2", urgent=True)]}, ("urgent",)),
    ],
)
def test_the_strongest_reason_counts_and_all_are_shown(
    asked: dict[str, object], reasons: tuple[str, ...]
) -> None:
    priority = score(request(**asked), RULES)  # type: ignore[arg-type]
    assert priority.reasons == reasons
    weights = {one.id: one.weight for one in RULES.classes}
    assert priority.rank == max(weights.get(reason, 0) for reason in reasons)


def test_the_line_in_the_lobby(queue: Queue, clock: Clock) -> None:
    people = {
        "plain": request(),
        "eighty": request(priority_group="age_80"),
        "fraud": request(flags=["possible_fraud"]),
        "braille": request(presets=("braille",)),
    }
    names = {queue.hand_over(asked).id: name for name, asked in people.items()}
    line = [names[row.id] for row in queue.waiting(BRANCH)]
    assert line == ["fraud", "eighty", "braille", "plain"]


def test_waiting_long_is_a_reason_of_its_own(queue: Queue, clock: Clock) -> None:
    queue.hand_over(request())
    clock.pass_(minutes=31)
    assert queue.waiting(BRANCH)[0].reasons == ("long_wait",)


def test_an_old_ticket_goes_before_new_priority(queue: Queue, clock: Clock) -> None:
    patient = queue.hand_over(request())
    clock.pass_(minutes=41)
    queue.hand_over(request(presets=("voice",), created_at=clock.now))
    assert queue.waiting(BRANCH)[0].id == patient.id


def overtaken_for(rank: float) -> timedelta:
    """Nobody who comes later than this after a ticket of this rank can be served before it."""
    highest = max(one.weight for one in RULES.classes)
    return timedelta(minutes=max(highest - rank, 0) / RULES.raise_per_minute)


@given(arrivals)
def test_nobody_is_overtaken_for_longer_than_the_data_say(people: list[tuple[int, float]]) -> None:
    came = [(MORNING + timedelta(minutes=minute), rank) for minute, rank in people]
    line = sorted(came, key=lambda one: due_at(one[0], one[1], RULES))
    for place, (at, rank) in enumerate(line):
        latest = max((other for other, _ in line[:place]), default=at)
        assert latest <= at + overtaken_for(rank)


@given(arrivals, ranks)
def test_every_ticket_is_first_at_last(people: list[tuple[int, float]], rank: float) -> None:
    """Against a stream of emergencies without end, one more each minute."""
    mine = due_at(MORNING, rank, RULES)
    bound = overtaken_for(rank)
    before = [due_at(MORNING + timedelta(minutes=minute), other, RULES) for minute, other in people]
    highest = max(one.weight for one in RULES.classes)
    endless = [
        due_at(MORNING + timedelta(minutes=minute), highest, RULES) for minute in range(3000)
    ]
    ahead = sum(one < mine for one in [*before, *endless])
    assert ahead <= len(before) + bound / timedelta(minutes=1)


@given(st.floats(0, 1e4), st.floats(0, 1e4), st.integers(0, 10_000))
def test_the_order_of_two_never_turns_while_they_wait(a: float, b: float, later: int) -> None:
    """Weight plus waiting and the stored due time give the same order at any moment."""
    first, second = MORNING, MORNING + timedelta(minutes=7)

    def points(rank: float, came: float) -> float:
        return rank + RULES.raise_per_minute * (later + 7 - came)

    gap = points(a, 0) - points(b, 7)
    if abs(gap) > 1e-3:
        assert (gap > 0) == (due_at(first, a, RULES) < due_at(second, b, RULES))


def test_a_branch_may_bring_its_own_rules(tmp_path: Path) -> None:
    own = tmp_path / "priority.yaml"
    own.write_text(
        "raise_per_minute: 2\nlong_wait_minutes: 10\n"
        "classes: [{id: guide_dog, weight: 50, when: {presets: [voice]}}]\n"
    )
    assert score(request(presets=("voice",)), load_rules(own)).reasons == ("guide_dog",)


@pytest.mark.parametrize(
    "change",
    [
        {"raise_per_minute": 0},
        {"classes": [{"id": "none", "weight": 1, "when": {}}]},
        {"classes": [{"id": "x", "weight": 1, "when": {"flags": ["no such flag"]}}]},
    ],
)
def test_rules_that_would_starve_or_mislead_are_refused(change: dict[str, object]) -> None:
    data = {"raise_per_minute": 1, "long_wait_minutes": 30, "classes": []}
    with pytest.raises(ValidationError):
        Rules.model_validate({**data, **change})
