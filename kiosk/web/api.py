"""For machines: health, figures, and the published schema of a request."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import String
from flask import Flask, Response, jsonify
from flask.typing import ResponseReturnValue

from kiosk import __version__
from kiosk.queue.errors import QueueError
from kiosk.queue.tickets.request import request_schema
from kiosk.sign.manifest import manifest_schema
from kiosk.web.metrics import init_metrics, text_of_metrics
from kiosk.web.wiring import wiring

api = APIBlueprint("api", __name__, tag="Kiosk")


class Health(Schema):
    status = String(metadata={"description": "ok, or what is broken"})
    version = String()
    database = String(metadata={"description": "ok, or why it can't be read"})


def register(app: Flask) -> None:
    app.register_blueprint(api)
    init_metrics(app)


@api.get("/healthz")
@api.output(Health)
@api.doc(summary="Whether this process can serve a customer")
def health() -> ResponseReturnValue:
    try:
        wiring().queue.last_seq()
    except QueueError as error:
        return jsonify(status="broken", version=__version__, database=str(error)), 503
    return jsonify(status="ok", version=__version__, database="ok")


@api.get("/metrics")
@api.doc(summary="Figures for Prometheus; nothing personal")
def metrics() -> Response:
    body, content_type = text_of_metrics()
    return Response(body, content_type=content_type)


@api.get("/api/schema/request-v1.json")
@api.doc(summary="JSON Schema of the request document, version 1")
def schema() -> ResponseReturnValue:
    return _schema(request_schema())


@api.get("/api/schema/sign-pack-v1.json")
@api.doc(summary="JSON Schema of a sign-language pack's manifest, version 1")
def pack_schema() -> ResponseReturnValue:
    return _schema(manifest_schema())


def _schema(document: dict[str, Any]) -> Response:
    response = jsonify(document)
    response.mimetype = "application/schema+json"
    return response
