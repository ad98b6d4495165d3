"""Sound that was lost on its way is told from sound that is late."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.hearing.pace import DRIFT, LATE, SPARE, Pace
from voices.sound import HEAR_RATE

BLOCK = 320
SECONDS = BLOCK / HEAR_RATE


def lost(times: list[float]) -> list[int]:
    """The blocks before which some was missed, of blocks that came at these times."""
    pace = Pace(HEAR_RATE)
    return [at for at, now in enumerate(times) if pace.take(now, BLOCK)]


def steady(count: int, rate: float = 1.0) -> list[float]:
    return [at * SECONDS / rate for at in range(count)]


def test_steady_sound_is_whole() -> None:
    assert lost(steady(3000)) == []


@pytest.mark.parametrize("missing", [0.06, 0.2, 1.0, 5.0])
def test_a_piece_that_never_comes_is_missed_soon(missing: float) -> None:
    times = [now + (missing if at >= 100 else 0) for at, now in enumerate(steady(400))]
    found = lost(times)
    assert len(found) == 1
    assert times[found[0]] - times[100] <= LATE + SECONDS


def test_each_of_two_pieces_is_missed() -> None:
    gone = {100: 0.3, 300: 0.1}
    late, times = 0.0, []
    for at, now in enumerate(steady(500)):
        late += gone.get(at, 0)
        times.append(now + late)
    assert len(lost(times)) == 2


@given(
    stalls=st.dictionaries(st.integers(1, 45), st.integers(1, 12)),
    first=st.floats(0, 0.2),
)
def test_blocks_that_come_late_and_then_all_at_once_are_no_loss(
    stalls: dict[int, int], first: float
) -> None:
    """A busy machine takes them when it can; the device has kept them."""
    base = [now + SECONDS for now in steady(1000)]
    times = list(base)
    for place, length in stalls.items():
        at = 20 * place
        times[at : at + length] = [base[at + length]] * length
    # The first may have been waiting.
    times[0] += min(first, times[1] - times[0])
    assert lost(sorted(times)) == []


@pytest.mark.parametrize("rate", [1 - DRIFT / 2, 1 + DRIFT * 5])
def test_a_card_whose_clock_differs_loses_nothing(rate: float) -> None:
    assert lost(steady(30_000, rate)) == []


def test_a_card_whose_clock_differs_may_lose_as_well() -> None:
    times = [
        now + (2 * SPARE if at >= 20_000 else 0)
        for at, now in enumerate(steady(30_000, 1 - DRIFT / 2))
    ]
    assert len(lost(times)) == 1
