"""Figures for Prometheus, each app with a registry of its own."""

from __future__ import annotations

import threading
import time
from collections import Counter as Tally
from collections.abc import Iterator

import structlog
from flask import Flask, Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from kiosk.health import CAUSES
from kiosk.queue.errors import QueueError
from kiosk.web.wiring import EXTENSION, Wiring

log = structlog.get_logger()

REGISTRY = "wuai_metrics"


class QueueFigures(Collector):
    """What is open now, read when asked; nothing where the database can't be read."""

    def __init__(self, parts: Wiring) -> None:
        self._parts = parts

    def collect(self) -> Iterator[GaugeMetricFamily]:
        queue, branch = self._parts.queue, self._parts.settings.branch
        try:
            states = Tally(row.state for row in queue.open_tickets(branch))
            alarms = len(queue.alarms.open(branch))
        except QueueError as error:
            # Whether it can is a figure of its own: `wuai_trouble`.
            log.error("metrics.no_queue", code=error.code, reason=error.reason)
            return
        tickets = GaugeMetricFamily("wuai_tickets_open", "Open tickets by state", labels=["state"])
        for state, count in states.items():
            tickets.add_metric([state], count)
        yield tickets
        yield gauge("wuai_alarms_open", "Help alarms not closed yet", alarms)


class KioskFigures(Collector):
    """How this process is, read when asked."""

    def __init__(self, parts: Wiring) -> None:
        self._parts = parts

    def collect(self) -> Iterator[GaugeMetricFamily]:
        found = {one.cause for one in self._parts.health.troubles()}
        troubles = GaugeMetricFamily("wuai_trouble", "1 while it lasts", labels=["cause"])
        for cause in CAUSES:
            troubles.add_metric([cause], cause in found)
        yield troubles
        waiting = self._parts.stations.waiting(self._parts.clock())
        yield gauge("wuai_outbox_requests", "Requests that staff don't have yet", waiting.count)
        yield gauge(
            "wuai_outbox_oldest_seconds",
            "For how long the oldest of them waits",
            waiting.oldest.total_seconds(),
        )
        yield gauge("wuai_threads", "Threads of this process", threading.active_count())


def gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, what, value=value)


def init_metrics(app: Flask) -> None:
    registry = CollectorRegistry()
    parts = app.extensions[EXTENSION]
    registry.register(QueueFigures(parts))
    registry.register(KioskFigures(parts))
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
