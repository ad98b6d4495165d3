"""All kiosks of this process, by name: as many as the settings name, from its start to its end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import structlog

from kiosk.session.ports import NotDelivered
from kiosk.session.session import Surroundings, deliver
from kiosk.stations.station import Station

log = structlog.get_logger()


class Stations:
    """Lets time pass at every station, and delivers what is waiting."""

    def __init__(self, stations: Iterable[Station], around: Surroundings) -> None:
        """The devices that are plugged into this machine are those of the first station."""
        self._stations = {one.name: one for one in stations}
        self._around = around

    def __iter__(self) -> Iterator[Station]:
        return iter(self._stations.values())

    def find(self, name: str) -> Station | None:
        return self._stations.get(name)

    @property
    def first(self) -> Station:
        return next(iter(self))

    def start(self) -> None:
        for station in self:
            station.start()

    def tick(self) -> None:
        """Let time pass at every station, and deliver requests of visits that are over."""
        for station in self:
            station.tick()
        mine = {station.session.state.request_id for station in self}
        for request_id in self._around.outbox.names():
            if request_id not in mine:
                self._deliver(request_id)

    def close(self) -> None:
        for station in self:
            station.close()

    def _deliver(self, request_id: str) -> None:
        raw = self._around.outbox.get(request_id)
        if raw is None:
            return
        try:
            deliver(self._around, request_id, json.loads(raw))
        except NotDelivered as error:
            log.warning("outbox.waiting", request=request_id, error=str(error))
