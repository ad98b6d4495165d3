"""What is wrong with this kiosk now: one function a cause, in one registry.

A cause is told while it lasts. Nothing here waits for a device, writes, or changes anything; what
a cause says names no customer.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from kiosk.door import legible
from kiosk.files import unusable
from kiosk.outgoing.takeaway import Outgoing
from kiosk.queue.errors import QueueError
from kiosk.queue.queue import Queue
from kiosk.queue.storage.crypto import load_keys
from kiosk.settings import Settings
from kiosk.stations.stations import Stations
from kiosk.web.buzzing import Buzzer

log = structlog.get_logger()

#: Below this a kiosk that runs for years soon has a full disk (MB).
FREE_MB = 500
#: A request that staff don't have after so long won't come by itself.
UNDELIVERED = timedelta(minutes=1)
#: Of what was set aside, so many are told by name.
TOLD = 5
#: A clock that moves by itself is corrected by less between two looks (seconds).
JUMP_SECONDS = 5.0
#: A jump is told for so long: what was promised by the clock is looked at meanwhile (seconds).
JUMP_TOLD = 3600.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cause by its stable name, what was found, and what to do."""

    cause: str
    found: str
    remedy: str


class ClockWatch:
    """Notices that somebody, or a time server, set the clock. Looked at once a second."""

    def __init__(self, clock: Callable[[], datetime], elapsed: Callable[[], float]) -> None:
        """`clock` may be set; `elapsed` counts seconds that nothing moves."""
        self._clock = clock
        self._elapsed = elapsed
        self._zero = self._zero_now()
        self._jumped: tuple[float, float] | None = None

    def look(self) -> None:
        zero = self._zero_now()
        if abs(by := zero - self._zero) > JUMP_SECONDS:
            self._jumped = (self._elapsed(), by)
            log.warning("clock.jumped", seconds=round(by))
        self._zero = zero

    @property
    def jumped(self) -> float | None:
        """By how many seconds, while that is news."""
        if self._jumped is None or self._elapsed() - self._jumped[0] > JUMP_TOLD:
            return None
        return self._jumped[1]

    def _zero_now(self) -> float:
        return self._clock().timestamp() - self._elapsed()


class Health:
    """Safe to use from any thread."""

    def __init__(
        self,
        settings: Settings,
        queue: Queue,
        stations: Stations,
        clock: Callable[[], datetime],
        outgoing: Outgoing,
        buzzer: Buzzer | None = None,
    ) -> None:
        self.settings = settings
        self.queue = queue
        self.stations = stations
        self.clock = clock
        self.outgoing = outgoing
        self.buzzer = buzzer
        self.watch = ClockWatch(clock, stations.elapsed)

    def troubles(self) -> tuple[Trouble, ...]:
        """Everything that is wrong now."""
        return tuple(self._found(CAUSES))

    def ready(self) -> tuple[Trouble, ...]:
        """What keeps customers from being served at all."""
        return tuple(self._found({name: CAUSES[name] for name in ("database", "keys")}))

    def _found(self, causes: Mapping[str, Callable[[Health], Trouble | None]]) -> Iterator[Trouble]:
        for cause, look in causes.items():
            try:
                found = look(self)
            except Exception as error:
                log.exception("health.failed", cause=cause)
                found = Trouble(cause, type(error).__name__, "see the log")
            if found is not None:
                yield found


def _database(health: Health) -> Trouble | None:
    try:
        health.queue.last_seq(health.settings.branch)
    except QueueError as error:
        return Trouble("database", error.reason or error.code, "see the log; kiosk doctor")
    return None


def _keys(health: Health) -> Trouble | None:
    """Whether the key file would be read at the next start. Its place is nobody else's business."""
    try:
        load_keys(health.settings.key_file)
    except QueueError as error:
        return Trouble("keys", error.code, "see docs/operating.md, The data folder")
    except OSError as error:
        return Trouble(
            "keys",
            f"the key file: {error.strerror}",
            "put its backup in its place before this kiosk starts again; without it nothing that "
            "is sealed can be read",
        )
    return None


def _disk(health: Health) -> Trouble | None:
    free = shutil.disk_usage(health.settings.data).free // 1_000_000
    if free >= FREE_MB:
        return None
    return Trouble("disk", f"{free} MB free", f"free at least {FREE_MB} MB")


def _undelivered(health: Health) -> Trouble | None:
    waiting = health.stations.waiting(health.clock())
    if waiting.oldest < UNDELIVERED:
        return None
    seconds = int(waiting.oldest.total_seconds())
    return Trouble(
        "undelivered",
        f"{waiting.count} requests wait, the oldest for {seconds} s",
        "they go by themselves once the database can be written; the log says why it can't",
    )


def _aside(health: Health) -> Trouble | None:
    settings = health.settings
    found = [
        f"{folder.name}/{legible(name)}"
        for folder in (settings.outbox, settings.visits, settings.takes)
        for name in unusable(folder)
    ]
    if not found:
        return None
    more = f" and {len(found) - TOLD} more" if len(found) > TOLD else ""
    return Trouble(
        "aside",
        f"set aside: {', '.join(found[:TOLD])}{more}",
        "look what it is and take it away; see docs/operating.md, The data folder",
    )


def _senses(health: Health) -> Trouble | None:
    lost = [
        f"{station.name}: {', '.join(sorted(station.lost))}"
        for station in health.stations
        if station.lost
    ]
    if not lost:
        return None
    return Trouble("senses", "; ".join(lost), "look at its plug; kiosk doctor names the devices")


def _clock(health: Health) -> Trouble | None:
    by = health.watch.jumped
    if by is None:
        return None
    way = "ahead" if by > 0 else "back"
    return Trouble(
        "clock",
        f"set {way} by {abs(round(by))} s",
        "see that the machine keeps its time (systemd-timesyncd) and its battery is good",
    )


def _printer(health: Health) -> Trouble | None:
    found = [f"{one.way}: {one.state.replace('_', ' ')}" for one in health.outgoing.in_the_way]
    if not found:
        return None
    return Trouble("printer", "; ".join(found), "see to it; customers take their number otherwise")


def _texts(health: Health) -> Trouble | None:
    waits = health.outgoing.unsent
    if waits is None:
        return None
    return Trouble(
        "texts",
        f"the oldest text waits for {int(waits.total_seconds())} s",
        "see that the gateway answers; they go by themselves once it does",
    )


def _pager(health: Health) -> Trouble | None:
    failed = health.buzzer.failed if health.buzzer is not None else None
    if failed is None:
        return None
    return Trouble("pager", failed, "look at its transmitter; whoever has a pager is fetched")


#: What may be wrong, by its name in ``/healthz`` and in the figures.
CAUSES: Mapping[str, Callable[[Health], Trouble | None]] = {
    "database": _database,
    "keys": _keys,
    "disk": _disk,
    "undelivered": _undelivered,
    "aside": _aside,
    "senses": _senses,
    "clock": _clock,
    "printer": _printer,
    "texts": _texts,
    "pager": _pager,
}
