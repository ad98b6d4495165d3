"""For machines: health, figures, and what is published of requests, packs and this interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from flask import Blueprint, Flask, Response, current_app, jsonify
from flask.typing import ResponseReturnValue

from kiosk import __version__
from kiosk.health import Trouble
from kiosk.queue.tickets.request import request_schema
from kiosk.sign.manifest import manifest_schema
from kiosk.web.metrics import init_metrics, text_of_metrics
from kiosk.web.openapi import Document, operation, specification
from kiosk.web.wiring import wiring

api = Blueprint("api", __name__)

SCHEMA = "application/schema+json"


class Cause(Document):
    """Something that is wrong: its stable name, what was found, and what to do."""

    cause: str
    found: str
    remedy: str


class Status(Document):
    """Whether all is well; `causes` names what isn't."""

    status: Literal["ok", "broken"]
    version: str
    causes: list[Cause]


class Alive(Document):
    """This process answers."""

    status: Literal["ok"] = "ok"


def register(app: Flask) -> None:
    app.register_blueprint(api)
    init_metrics(app)


@api.get("/livez")
@operation("Whether this process answers at all", gives={200: Alive})
def alive() -> ResponseReturnValue:
    return Alive().model_dump()


@api.get("/readyz")
@operation("Whether this process can serve a customer", gives={200: Status, 503: Status})
def ready() -> ResponseReturnValue:
    return _told(wiring().health.ready())


@api.get("/healthz")
@operation("Everything that is wrong now", gives={200: Status, 503: Status})
def health() -> ResponseReturnValue:
    return _told(wiring().health.troubles())


def _told(troubles: Sequence[Trouble]) -> ResponseReturnValue:
    causes = [Cause(cause=one.cause, found=one.found, remedy=one.remedy) for one in troubles]
    status = Status(status="broken" if causes else "ok", version=__version__, causes=causes)
    return status.model_dump(), 503 if causes else 200


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
