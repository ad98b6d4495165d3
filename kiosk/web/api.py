"""For machines: health, figures, and what is published of requests, packs and this interface."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from flask import Blueprint, Flask, Response, current_app, jsonify
from flask.typing import ResponseReturnValue

from kiosk import __version__
from kiosk.queue.errors import QueueError
from kiosk.queue.tickets.request import request_schema
from kiosk.sign.manifest import manifest_schema
from kiosk.web.metrics import init_metrics, text_of_metrics
from kiosk.web.openapi import Document, operation, specification
from kiosk.web.wiring import wiring

api = Blueprint("api", __name__)

SCHEMA = "application/schema+json"


class Health(Document):
    """Whether this process can serve a customer; `database` is ok, or the error's code."""

    status: Literal["ok", "broken"]
    version: str
    database: str


def register(app: Flask) -> None:
    app.register_blueprint(api)
    init_metrics(app)


@api.get("/healthz")
@operation("Whether this process can serve a customer", gives={200: Health, 503: Health})
def health() -> ResponseReturnValue:
    try:
        wiring().queue.last_seq()
    except QueueError as error:
        broken = Health(status="broken", version=__version__, database=error.code)
        return broken.model_dump(), 503
    return Health(status="ok", version=__version__, database="ok").model_dump()


@api.get("/metrics")
@operation("Figures for Prometheus; nothing personal", mime="text/plain")
def metrics() -> Response:
    text, content_type = text_of_metrics()
    return Response(text, content_type=content_type)


@api.get("/api/openapi.json")
@operation("What machines may ask here (OpenAPI 3.1)")
def openapi() -> Response:
    return jsonify(specification(current_app))


@api.get("/api/schema/request-v1.json")
@operation("JSON Schema of the request document, version 1", mime=SCHEMA)
def schema() -> ResponseReturnValue:
    return _schema(request_schema())


@api.get("/api/schema/sign-pack-v1.json")
@operation("JSON Schema of a sign-language pack's manifest, version 1", mime=SCHEMA)
def pack_schema() -> ResponseReturnValue:
    return _schema(manifest_schema())


def _schema(document: Mapping[str, Any]) -> Response:
    response = jsonify(document)
    response.mimetype = SCHEMA
    return response
