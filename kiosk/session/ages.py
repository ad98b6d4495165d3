"""Visits on the disk: how old each is, and how it ends when nobody comes back to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import structlog
from pydantic import TypeAdapter

from kiosk.session.around import Reading, Surroundings, world_of
from kiosk.session.effects import write_down
from kiosk.session.idle import ended, has_confirmed
from kiosk.session.kept import checked
from kiosk.session.moment import Moment
from kiosk.session.ports import NotSaved
from kiosk.session.state import State

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Kept:
    """A visit as it is kept: what it is, whose kiosk's, and when somebody last did something."""

    visit_id: str
    kiosk: str
    last_input: datetime
    state: State
    version: Literal[1] = 1


_ADAPTER = TypeAdapter(Kept)


def keep(around: Surroundings, name: str, kept: Kept) -> None:
    """Write a visit down, or forget it where nothing is left of it."""
    try:
        if kept.state == around.fresh:
            around.visits.drop(name)
        else:
            around.visits.put(name, _ADAPTER.dump_json(kept))
    except (NotSaved, OSError) as error:
        # The visit goes on in memory; only surviving a restart is lost.
        log.warning("session.not_kept", kiosk=kept.kiosk, error=str(error))


def silent_seconds(around: Surroundings, kept: Kept) -> float:
    """How long nobody did anything, by the wall clock.

    A last input in the future says that the clock was set back: by little, and it is as if it were
    now; by more, and nobody knows how old the visit is, so that it is over.
    """
    silent = (around.clock() - kept.last_input).total_seconds()
    whole = around.idle.whole
    return float(whole) if silent < -whole else max(0.0, silent)


def resume(around: Surroundings, name: str) -> Kept | None:
    """The visit of that name to go on with; one that is over is ended, and none."""
    raw = around.visits.get(name)
    if raw is None:
        return None
    try:
        kept = _ADAPTER.validate_json(raw)
        Moment.of(
            0, kept.visit_id, checked(kept.state), world_of(around, kept.state, Reading(), None)
        )
    except Exception as error:
        # A visit from before an update that no longer fits the catalogue can't be shown.
        log.warning("session.not_resumed", error=type(error).__name__)
        around.visits.drop(name)
        return None
    if around.idle.phase(silent_seconds(around, kept)) == "over" and _end(around, name, kept):
        return None
    return _saved(around, kept)


def end_abandoned(around: Surroundings, live: Collection[str]) -> None:
    """End the visits on the disk that are over; those of `live` sessions end by themselves."""
    for name in around.visits.names():
        if name not in live:
            resume(around, name)
    for store in (around.visits, around.outbox):
        store.sweep(around.clock())


def _saved(around: Surroundings, kept: Kept) -> Kept:
    """Confirmed and written down, then the power went: on to the ticket."""
    state = kept.state
    if state.place == "visit" and state.request_id in around.outbox.names():
        return replace(kept, state=replace(state, place="saved"))
    return kept


def _end(around: Surroundings, name: str, kept: Kept) -> bool:
    """Hand over what was confirmed, wipe the rest. False where that couldn't be written down."""
    state = _saved(around, kept).state
    if has_confirmed(state):
        world = world_of(around, state, Reading(), None)
        try:
            write_down(around, kept.kiosk, ended(state, world), world)
        except NotSaved as error:
            log.error("session.not_saved", kiosk=kept.kiosk, error=str(error))
            return False
    around.visits.drop(name)
    log.info("session.wiped", kiosk=kept.kiosk, place=kept.state.place)
    return True
