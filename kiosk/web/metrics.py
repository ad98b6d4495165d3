"""Figures for Prometheus, each app with a registry of its own."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator

import structlog
from flask import Flask, Response, current_app, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Histogram,
    Metric,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.registry import Collector

from kiosk import __version__
from kiosk.health import CAUSES
from kiosk.queue.records.figures import WITHIN
from kiosk.queue.tickets.states import OPEN
from kiosk.senses.speech.decisions import DECISIONS
from kiosk.stations.station import SENSE_STATES
from kiosk.web.handing import traffic
from kiosk.web.wiring import EXTENSION, Wiring

log = structlog.get_logger()

REGISTRY = "wuai_metrics"


class KioskFigures(Collector):
    """How this kiosk is, read when asked. What can't be read leaves the other figures there."""

    def __init__(self, parts: Wiring) -> None:
        self._parts = parts

    def collect(self) -> Iterator[Metric]:
        for figures in FIGURES:
            try:
                yield from figures(self._parts)
            except Exception as error:
                # Whether all is well is a figure of its own: `wuai_trouble`.
                log.error("metrics.failed", of=figures.__name__, error=type(error).__name__)


def troubles(parts: Wiring) -> Iterator[Metric]:
    found = {one.cause for one in parts.health.troubles()}
    family = GaugeMetricFamily("wuai_trouble", "1 while it lasts", labels=["cause"])
    for cause in CAUSES:
        family.add_metric([cause], cause in found)
    yield family


def process(parts: Wiring) -> Iterator[Metric]:
    info = InfoMetricFamily("wuai", "The program that answers")
    info.add_metric([], {"version": __version__})
    yield info
    yield gauge("wuai_threads", "Threads of this process", threading.active_count())
    if (open_now := traffic()) is not None:
        yield gauge("wuai_streams_open", "Pages that follow what happens", open_now.streams)
        yield gauge("wuai_sockets_open", "Microphones and video lines", open_now.sockets)


def disk(parts: Wiring) -> Iterator[Metric]:
    settings = parts.settings
    free = shutil.disk_usage(settings.data).free
    yield gauge("wuai_disk_free_bytes", "Room on the disk of the data folder", free)
    files = settings.data.glob(f"{settings.database.name}*")
    size = sum(path.stat().st_size for path in files)
    yield gauge("wuai_database_bytes", "The database with its log", size)


def outbox(parts: Wiring) -> Iterator[Metric]:
    waiting = parts.stations.waiting(parts.clock())
    yield gauge("wuai_outbox_requests", "Requests that staff don't have yet", waiting.count)
    yield gauge(
        "wuai_outbox_oldest_seconds",
        "For how long the oldest of them waits",
        waiting.oldest.total_seconds(),
    )


def senses(parts: Wiring) -> Iterator[Metric]:
    labels = ["kiosk", "sense", "state"]
    family = GaugeMetricFamily("wuai_sense", "1 for the state a sense is in", labels=labels)
    for station in parts.stations:
        for sense, now in station.senses.items():
            for state in SENSE_STATES:
                family.add_metric([station.name, sense, state], state == now)
    yield family


def heard(parts: Wiring) -> Iterator[Metric]:
    labels = ["language", "decision"]
    family = CounterMetricFamily("wuai_heard", "What became of utterances", labels=labels)
    counts = parts.voices.decisions.counts
    for language in {*parts.content.locales, *(language for language, _ in counts)}:
        for decision in DECISIONS:
            family.add_metric([language, decision], counts.get((language, decision), 0))
    yield family


def queue(parts: Wiring) -> Iterator[Metric]:
    now = parts.queue.figures.now(parts.settings.branch)
    tickets = GaugeMetricFamily("wuai_tickets_open", "Open tickets by state", labels=["state"])
    for state in sorted(OPEN):
        tickets.add_metric([state], now.tickets.get(state, 0))
    yield tickets
    yield gauge("wuai_alarms_open", "Help alarms not closed yet", now.alarms)
    answers = now.answers
    buckets = [
        (str(float(limit)), count) for limit, count in zip(WITHIN, answers.within, strict=True)
    ]
    yield HistogramMetricFamily(
        "wuai_alarm_answer_seconds",
        "From a help alarm to the first answer of staff",
        buckets=[*buckets, ("+Inf", answers.count)],
        sum_value=answers.seconds,
    )


#: What is read, each by itself; the queue last, for it may wait for another program's lock.
FIGURES: tuple[Callable[[Wiring], Iterator[Metric]], ...] = (
    process,
    disk,
    outbox,
    senses,
    heard,
    troubles,
    queue,
)


def gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, what, value=value)


def init_metrics(app: Flask) -> None:
    registry = CollectorRegistry()
    parts = app.extensions[EXTENSION]
    registry.register(KioskFigures(parts))
    ProcessCollector(registry=registry)
    seconds = Histogram(
        "wuai_request_seconds",
        "Time in the server for a request",
        ["endpoint"],
        registry=registry,
        buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0),
    )
    app.extensions[REGISTRY] = registry

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        if not response.is_streamed and "started" in g:
            endpoint = request.endpoint or "none"
            seconds.labels(endpoint).observe(time.perf_counter() - g.started)
        return response


def text_of_metrics() -> tuple[bytes, str]:
    return generate_latest(current_app.extensions[REGISTRY]), CONTENT_TYPE_LATEST
