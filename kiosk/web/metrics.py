"""Figures for Prometheus, each app with a registry of its own."""

from __future__ import annotations

import time
from collections import Counter as Tally
from collections.abc import Iterator

from flask import Flask, Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from kiosk.web.wiring import EXTENSION, Wiring

REGISTRY = "wuai_metrics"


class QueueFigures(Collector):
    """What is open now, read when asked."""

    def __init__(self, parts: Wiring) -> None:
        self._parts = parts

    def collect(self) -> Iterator[GaugeMetricFamily]:
        queue, branch = self._parts.queue, self._parts.settings.branch
        tickets = GaugeMetricFamily("wuai_tickets_open", "Open tickets by state", labels=["state"])
        for state, count in Tally(row.state for row in queue.open_tickets(branch)).items():
            tickets.add_metric([state], count)
        yield tickets
        alarms = GaugeMetricFamily("wuai_alarms_open", "Help alarms not closed yet")
        alarms.add_metric([], len(queue.alarms.open(branch)))
        yield alarms


def init_metrics(app: Flask) -> None:
    registry = CollectorRegistry()
    registry.register(QueueFigures(app.extensions[EXTENSION]))
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
