"""Visits on the disk: how old each is, and how it ends when nobody comes back to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Literal

import structlog
from pydantic import TypeAdapter

from kiosk.session import booking, finding
from kiosk.session.around import Reading, Surroundings, world_of
from kiosk.session.effects import written
from kiosk.session.idle import ended, owes
from kiosk.session.moment import Moment
from kiosk.session.ports import NotSaved
from kiosk.session.screens import OVERLAYS, World
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


def keep(around: Surroundings, name: str, kept: Kept) -> bool:
    """Write a visit down, or forget it where nothing is left of it; whether that was done."""
    try:
        if kept.state == around.fresh:
            around.visits.drop(name)
        else:
            around.visits.put(name, _ADAPTER.dump_json(kept))
    except (NotSaved, OSError) as error:
        # The visit goes on in memory; only surviving a restart is lost.
        log.warning("session.not_kept", kiosk=kept.kiosk, error=str(error))
        return False
    return True


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
    kept = _read(around, name)
    if kept is None:
        return None
    if not _is_over(around, kept):
        return _saved(around, kept)
    if not _end(around, name, kept):
        # The next customer finds its place free.
        around.visits.put_off(name, kept.visit_id)
    return None


def end_abandoned(around: Surroundings, live: Collection[str]) -> None:
    """End the visits on the disk that are over; those of `live` sessions end by themselves."""
    for name in around.visits.names():
        if name not in live:
            try:
                kept = _read(around, name)
                if kept is not None and _is_over(around, kept):
                    _end(around, name, kept)
            except Exception as error:
                # The next one is ended whatever becomes of this one.
                log.exception("session.not_ended", error=type(error).__name__)
    for store in (around.visits, around.outbox):
        store.sweep(around.clock())


class Owed:
    """How the visits of one session end, and those that the disk took nothing of: they wait in
    memory. For one thread at a time."""

    def __init__(self, around: Surroundings, name: str) -> None:
        self._around = around
        self._name = name
        self._owed: tuple[Kept, ...] = ()

    def __bool__(self) -> bool:
        """Whether something waits in memory."""
        return bool(self._owed)

    def close(self, kept: Kept, world: World) -> State:
        """What the screen shows once a visit that is on it is over: the way to its number, or
        nothing of it. What can't be written down now is put off, and tried again."""
        try:
            return _closed(self._around, self._name, kept, world)
        except NotSaved as error:
            log.error("session.not_saved", kiosk=kept.kiosk, error=str(error))
        as_it_is = keep(self._around, self._name, kept)
        put_off = self._around.visits.put_off(self._name, kept.visit_id)
        if not (as_it_is and put_off):
            self._owed = (*self._owed, kept)
        return self._around.fresh

    def retry(self) -> None:
        """Try again to hand over what waits in memory."""
        self._owed = tuple(
            kept
            for kept in self._owed
            if not _end(self._around, _put_off_as(self._name, kept), kept)
        )


def set_aside(around: Surroundings, name: str, kept: Kept, error: Exception) -> None:
    """Nobody can hand this visit over but a technician: keep it for them, out of the way."""
    log.error("session.set_aside", kiosk=kept.kiosk, error=type(error).__name__, why=str(error))
    keep(around, name, kept)
    around.visits.put_off(name, kept.visit_id)
    around.visits.set_aside(_put_off_as(name, kept))


def _put_off_as(name: str, kept: Kept) -> str:
    return f"{name}.{kept.visit_id}"


def _read(around: Surroundings, name: str) -> Kept | None:
    """The visit of that name. One that can't be shown any more is set aside."""
    raw = around.visits.get(name)
    if raw is None:
        return None
    try:
        kept = _ADAPTER.validate_json(raw)
        Moment.of(
            0, kept.visit_id, checked(kept.state), world_of(around, kept.state, Reading(), None)
        )
    except Exception as error:
        # From before an update: it no longer fits the catalogue, and may hold what was confirmed.
        log.error("session.not_resumed", error=type(error).__name__)
        around.visits.set_aside(name)
        return None
    return kept


def checked(state: State) -> State:
    """The state itself. Raises `ValueError` for one that this program has no screen for."""
    if state.overlay is not None and state.overlay not in OVERLAYS:
        raise ValueError(f"{state.overlay!r} is no screen that is laid over another")
    return state


def _is_over(around: Surroundings, kept: Kept) -> bool:
    return around.idle.phase(silent_seconds(around, kept)) == "over"


def _saved(around: Surroundings, kept: Kept) -> Kept:
    """Confirmed and written down, then the power went: on to the ticket."""
    state = kept.state
    if state.place == "visit" and state.request_id in around.outbox.names():
        return replace(kept, state=replace(state, place="saved"))
    return replace(kept, state=finding.resumed(state))


def _end(around: Surroundings, name: str, kept: Kept) -> bool:
    """Hand over what was confirmed, wipe the rest. False where that couldn't be written down."""
    try:
        _closed(around, name, kept, world_of(around, kept.state, Reading(), None))
    except NotSaved as error:
        log.error("session.not_saved", kiosk=kept.kiosk, error=str(error))
        return False
    around.visits.drop(name)
    if booking.is_left(around, kept.state):
        request_id = str(kept.state.request_id)
        around.errands.run(f"release:{request_id}", partial(booking.release, around, request_id))
    log.info("session.wiped", kiosk=kept.kiosk, place=kept.state.place)
    return True


def _closed(around: Surroundings, name: str, kept: Kept, world: World) -> State:
    """Write down what was confirmed; what the screen shows then. Raises `NotSaved`."""
    state = _saved(around, kept).state
    if not owes(state, world):
        return around.fresh
    try:
        return written(around, kept.kiosk, ended(state, world), world)
    except NotSaved:
        raise
    except Exception as error:
        set_aside(around, name, kept, error)
        return around.fresh
