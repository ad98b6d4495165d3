"""What happens because time passes, on one thread that nothing ends but the stop."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from datetime import timedelta

import structlog

from kiosk.web.consoles import give_back
from kiosk.web.wiring import Wiring

log = structlog.get_logger()


def tick(parts: Wiring) -> None:
    """All of a second, whatever becomes of one of them."""
    for duty in (watch_clock, sessions, deliveries, texts, calls):
        guarded(duty, parts)


def watch_clock(parts: Wiring) -> None:
    """A clock that was set is noticed."""
    parts.health.watch.look()


def sessions(parts: Wiring) -> None:
    """Sessions warn and wipe."""
    parts.stations.tick()


def deliveries(parts: Wiring) -> None:
    """What waits is delivered."""
    parts.stations.deliver()


def texts(parts: Wiring) -> None:
    """Texts that wait for the gateway are sent."""
    parts.outgoing.turn()


def devices(parts: Wiring) -> None:
    """Printers are asked how they are."""
    parts.outgoing.look()


def calls(parts: Wiring) -> None:
    """Calls ring on, or nobody answered them; talks of visits that are over end."""

    def visit_at(device: str) -> str | None:
        station = parts.stations.find(device)
        return station.session.visit_id if station is not None else None

    for talk in parts.signs.talks.tick(visit_at):
        station = parts.stations.find(talk.device)
        if station is not None:
            station.nobody_answered(talk.visit_id)


def upkeep(parts: Wiring) -> None:
    """Lost claims go back to the queue, and what is in the hands of somebody who is gone; alarms
    nobody answered grow more urgent, and those taken back or dealt with go from sight."""
    parts.queue.sweep()
    give_back(parts)
    alarms, branch = parts.queue.alarms, parts.settings.branch
    lately = alarms.answered(branch) or any(one.taken_back for one in alarms.shown(branch))
    if lately or alarms.overdue():
        parts.signal.change()


def end_day(parts: Wiring) -> None:
    """What a day left open is carried over, soon after midnight or at the next start."""
    parts.queue.day_end.turn()


def abandoned(parts: Wiring) -> None:
    """Visits that nobody comes back to are ended."""
    parts.stations.end_abandoned()


def note_seen(parts: Wiring) -> None:
    """Which admitted screens were there is written down."""
    parts.admission.tick()


def forget(parts: Wiring) -> None:
    """What customers said is erased when its days are over."""
    parts.queue.retention.wipe(parts.clock() - timedelta(days=parts.settings.keep_days))


def sum_up(parts: Wiring) -> None:
    """Days that are over are summed up before somebody asks for their figures."""
    parts.queue.reports.sum_up(parts.settings.branch)


def forget_speech(parts: Wiring) -> None:
    """What customers let the branch keep of their speech is deleted when its days are over."""
    parts.collection.wipe()


#: What happens because time passes, and every how many seconds. What is daily by the clock is asked
#: for often and finds nothing most times: seconds of a machine that is off each night make no day.
DUTIES = (
    (1, tick),
    (15, upkeep),
    (15, devices),
    (15, end_day),
    (60, abandoned),
    (60, note_seen),
    (3600, forget),
    (3600, forget_speech),
    (3600, sum_up),
)
#: What is done before the first page is served: nobody sees a visit that is over, or
#: a queue of yesterday.
AT_START = (abandoned, end_day, forget_speech, devices)
#: What is done at every start too, while pages are served already: a machine that is off each night
#: has no day of 24 hours, and years of requests take seconds to look through.
SOON = (forget,)


class Ticker:
    """Lets time pass, a second at a time, until stopped."""

    def __init__(self, parts: Wiring) -> None:
        self._parts = parts
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticker", daemon=True)

    def start(self) -> None:
        for duty in AT_START:
            self._do(duty)
        self._parts.stations.start()
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        for duty in SOON:
            self._do(duty)
        for second in itertools.count(1):
            if self._stop.wait(1):
                return
            for every, duty in DUTIES:
                if second % every == 0:
                    self._do(duty)

    def _do(self, duty: Callable[[Wiring], None]) -> None:
        guarded(duty, self._parts)


def guarded(duty: Callable[[Wiring], None], parts: Wiring) -> None:
    """Time must go on: a full disk now is no reason to never wipe a screen again."""
    try:
        duty(parts)
    except Exception:
        log.exception("ticker.failed", duty=duty.__name__)
