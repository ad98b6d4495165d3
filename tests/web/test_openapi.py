"""What machines may ask is published as it is: every address, and what really is answered."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from kiosk.web.openapi import operation_of
from tests.support.visits import Visit, report_loss

MACHINES = ("/api/", "/voice/", "/healthz", "/livez", "/readyz", "/metrics")


@pytest.fixture
def spec(app: Flask) -> dict[str, Any]:
    found: dict[str, Any] = app.test_client().get("/api/openapi.json").get_json()
    return found


def test_the_document_is_openapi_3_1(spec: dict[str, Any]) -> None:
    validate(spec)
    assert spec["openapi"].startswith("3.1")


def test_every_address_of_machines_is_described(app: Flask, spec: dict[str, Any]) -> None:
    for rule in app.url_map.iter_rules():
        live = rule.rule.endswith("/live")
        if rule.rule.startswith(MACHINES) or live or rule.websocket:
            assert operation_of(app, rule) is not None, rule.rule
            address = rule.rule.replace("<int:", "{").replace("<", "{").replace(">", "}")
            assert address in spec["paths"], rule.rule


def test_whatever_answers_with_json_is_described(app: Flask) -> None:
    scripts = {"/do/key", "/do/draft", "/do/headset", "/do/braille", "/do/signer", "/do/touch"}
    described = {one.rule for one in app.url_map.iter_rules() if operation_of(app, one)}
    assert scripts <= described


def check(spec: dict[str, Any], path: str, method: str, status: int, found: Any) -> None:
    answer = spec["paths"][path][method]["responses"][str(status)]
    schema = answer.get("x-data") or answer["content"]["application/json"]["schema"]
    Draft202012Validator({**schema, "components": spec["components"]}).validate(found)


def post(visit: Visit, path: str, body: Any) -> Any:
    token = {"X-CSRFToken": visit.hidden("csrf_token")}
    return visit.client.post(path, json=body, headers=token)


def test_what_is_answered_is_what_is_published(visit: Visit, spec: dict[str, Any]) -> None:
    report_loss(visit)
    for path, body in (
        ("/do/key", {"key": "down", "step": "x"}),
        ("/do/draft", {"step": "x", "entry": "y"}),
        ("/do/headset", {"plugged": True}),
        ("/do/braille", {"keys": [{"code": "KeyF", "down": True, "at": 1}]}),
    ):
        answer = post(visit, path, body)
        assert answer.status_code == 200, path
        check(spec, path, "post", 200, answer.get_json())
        refused = post(visit, path, {"nobody": "asked"})
        assert refused.status_code == 400, path
        check(spec, path, "post", 400, refused.get_json())
    check(spec, "/healthz", "get", 200, visit.client.get("/healthz").get_json())


def test_a_page_s_events_are_what_is_published(visit: Visit, spec: dict[str, Any]) -> None:
    for path in ("/live", "/display/live"):
        check(spec, path, "get", 200, first_event(visit.client, path))


def first_event(client: FlaskClient, path: str) -> Any:
    answer = client.get(path)
    for chunk in answer.response:
        text = chunk if isinstance(chunk, str) else chunk.decode()
        for line in text.splitlines():
            if line.startswith("data: "):
                answer.close()
                return json.loads(line.removeprefix("data: "))
    raise AssertionError(f"{path} sent nothing")


def test_a_body_that_is_refused_names_fields_and_no_values(visit: Visit) -> None:
    answer = post(visit, "/do/headset", {"plugged": "13800138000"})
    assert answer.status_code == 400
    assert answer.get_json() == {"error": "misfit", "words": "it doesn't fit: plugged"}
