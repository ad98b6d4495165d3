"""All kiosks of this process, by name: as many as the settings name, from its start to its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from kiosk.session import ages, effects
from kiosk.session.around import Surroundings
from kiosk.session.retries import Retries
from kiosk.stations.station import Station

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Requests that staff don't have yet: how many, and for how long the oldest."""

    count: int
    oldest: timedelta


class Stations:
    """Lets time pass at every station, and delivers what is waiting."""

    def __init__(self, stations: Iterable[Station], around: Surroundings) -> None:
        """The devices that are plugged into this machine are those of the first station."""
        self._stations = {one.name: one for one in stations}
        self._around = around
        self._retries = Retries()

    def __iter__(self) -> Iterator[Station]:
        return iter(self._stations.values())

    def find(self, name: str) -> Station | None:
        return self._stations.get(name)

    @property
    def first(self) -> Station:
        return next(iter(self))

    def has_free(self, but: str) -> bool:
        """Whether another kiosk than that one is on and nobody is at it."""
        return any(one.is_free for one in self if one.name != but)

    def start(self) -> None:
        for station in self:
            station.start()

    def tick(self) -> None:
        """Let time pass at every station: once a second."""
        self._each(Station.tick)

    def deliver(self) -> None:
        """Deliver requests of visits that are over: once a second."""
        mine = {station.session.state.request_id for station in self}
        effects.deliver_waiting(self._around, mine, self._retries)

    def waiting(self, now: datetime) -> Waiting:
        """What is still to be delivered."""
        ages = self._around.outbox.ages(now)
        return Waiting(len(ages), max(ages, default=timedelta()))

    @property
    def elapsed(self) -> Callable[[], float]:
        """Seconds by which durations are measured here."""
        return self._around.elapsed

    def refresh(self) -> None:
        """What surrounds the stations changed: each looks again. Never waits for the desk."""
        self._each(lambda station: station.session.refresh())

    def end_abandoned(self) -> None:
        """End the visits on the disk that are over and that no station goes on with."""
        ages.end_abandoned(self._around, set(self._stations))

    def settle(self, timeout: float = 5.0) -> bool:
        """Wait until nothing is under way and every sense has dealt with what it was told."""
        errands, sessions = self._around.errands, [one.session for one in self]
        while True:
            before = [one.version for one in sessions]
            # What a sense was told may lead to an errand, and that to something more to tell.
            quiet = errands.settle(timeout) and all(one.settle(timeout) for one in sessions)
            if not quiet or not errands.settle(timeout):
                return False
            if before == [one.version for one in sessions]:
                return True

    def close(self) -> None:
        for station in self:
            station.close()

    def _each(self, does: Callable[[Station], object]) -> None:
        """One that fails is logged; the others are done all the same."""
        for station in self:
            try:
                does(station)
            except Exception as error:
                log.exception("station.failed", kiosk=station.name, error=type(error).__name__)
