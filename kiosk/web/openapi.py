"""What machines may ask of this process, described where it is answered.

A view that answers a machine carries an `Operation`; `/api/openapi.json` is written from these and
from the pydantic models they name, so that what is published is what is checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Literal

from flask import Flask
from pydantic import BaseModel, ConfigDict
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

from kiosk import __version__
from kiosk.web.door import body as read_body

JSON = "application/json"
EVENTS = "text/event-stream"
_REF = "#/components/schemas/{model}"
_MARK = "__operation__"
#: What the kinds of Flask's path segments are in a schema.
SEGMENTS: Mapping[str, Mapping[str, Any]] = {
    "int": {"type": "integer", "minimum": 0},
    "path": {"type": "string"},
    "string": {"type": "string"},
}
_SEGMENT = re.compile(r"<(?:([^:>]+):)?([^>]+)>")
Answers = Mapping[int, type[BaseModel] | None]


class Document(BaseModel):
    """A message of this kiosk's own: nothing in it that isn't named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Wrong(Document):
    """Why a request was refused: a stable code, and words for a person where there are any."""

    error: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address: what it takes, what it gives by status, and as what."""

    summary: str
    body: type[BaseModel] | None = None
    gives: Answers = field(default_factory=lambda: {200: None})
    mime: str = JSON
    details: str = ""

    def models(self) -> Iterator[tuple[type[BaseModel], Literal["validation", "serialization"]]]:
        if self.body is not None:
            yield self.body, "validation"
            yield Wrong, "serialization"
        for model in self.gives.values():
            if model is not None:
                yield model, "serialization"


def operation(
    summary: str,
    *,
    body: type[BaseModel] | None = None,
    gives: Answers | None = None,
    mime: str = JSON,
    details: str = "",
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Describe a view. One that takes a `body` gets it checked, as a keyword of that name."""
    described = Operation(summary, body, gives or {200: None}, mime, details)

    def dress(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            if body is not None:
                kwargs["body"] = read_body(body)
            return view(*args, **kwargs)

        setattr(checked, _MARK, described)
        return checked

    return dress


def operation_of(app: Flask, rule: Rule) -> Operation | None:
    """The description of what answers at a rule; None for a page, which people read."""
    found: Operation | None = getattr(app.view_functions[rule.endpoint], _MARK, None)
    return found


def specification(app: Flask) -> dict[str, Any]:
    """OpenAPI 3.1 of all that is described."""
    described = [
        (rule, found)
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
        if (found := operation_of(app, rule)) is not None
    ]
    models = list(dict.fromkeys(pair for _, one in described for pair in one.models()))
    refs, definitions = models_json_schema(models, ref_template=_REF)
    schemas = {model: schema for (model, _), schema in refs.items()}
    paths: dict[str, dict[str, Any]] = {}
    for rule, one in described:
        address = _SEGMENT.sub(r"{\2}", rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            paths.setdefault(address, {})[method.lower()] = _described(rule, one, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Wuai", "version": __version__},
        "paths": paths,
        "components": {"schemas": definitions.get("$defs", {})},
    }


def _described(rule: Rule, one: Operation, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    answers = {
        str(status): _answer(status, model, one, schemas) for status, model in one.gives.items()
    }
    shown: dict[str, Any] = {"operationId": rule.endpoint, "summary": one.summary}
    if one.details:
        shown["description"] = one.details
    if rule.arguments:
        shown["parameters"] = [
            {
                "name": name,
                "in": "path",
                "required": True,
                "schema": dict(SEGMENTS[kind or "string"]),
            }
            for kind, name in _SEGMENT.findall(rule.rule)
        ]
    if one.body is not None:
        shown["requestBody"] = {
            "required": True,
            "content": {JSON: {"schema": schemas[one.body]}},
        }
        answers.setdefault("400", _answer(400, Wrong, one, schemas))
    return {**shown, "responses": {**answers, "default": {"description": REFUSED}}}


def _answer(
    status: int, model: type[BaseModel] | None, one: Operation, schemas: Mapping[Any, Any]
) -> dict[str, Any]:
    said: dict[str, Any] = {"description": STATUSES[status]}
    if model is not None and one.mime == EVENTS:
        # What an event's `data` is; the stream itself is lines of text.
        said["content"] = {EVENTS: {"schema": {"type": "string"}}}
        said["x-data"] = schemas[model]
    elif model is not None:
        said["content"] = {JSON: {"schema": schemas[model]}}
    elif status == 200:
        said["content"] = {one.mime: {}}
    return said


#: What any address may answer besides.
REFUSED = "Refused before it was looked at: who asks isn't admitted, or what came isn't clean."
STATUSES: Mapping[int, str] = {
    101: "The socket is open.",
    200: "Here it is.",
    204: "Done; nothing to say.",
    303: "Done; the page of the moment is there.",
    400: "Refused: not what this address takes.",
    401: "Nobody is signed in.",
    404: "There is no such thing here.",
    409: "Somebody else was first.",
    503: "Not now; the answer says why.",
}
