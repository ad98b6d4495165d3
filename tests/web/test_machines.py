"""Whatever a machine asks, of each address that is published: an answer, and never a failure.

By day a sample of our own making; by night schemathesis, against the real server.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kiosk.app import create_app
from kiosk.content.loader import Content
from kiosk.demo import fill
from kiosk.serving.loop import served
from kiosk.settings import Settings
from kiosk.web.openapi import EVENTS, SEGMENTS, operation_of
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.examples import examples
from tests.support.loop import serving

PASSWORD = "quiet-lobby-2026"
#: What an address that takes anything may answer, failures of this program apart. 503: not now.
FAILED = (500, 502, 504)

#: Where an operation says what it takes; of one that takes nothing, nothing is wrong.
TAKEN = {"parameters", "requestBody"}

Operation = tuple[str, str, Mapping[str, Any]]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["", "1", "x" * 5000, "您好", "\ud800", "\x00", "\u202e", "KeyF", "digit1"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, shipped: Content) -> Iterator[Flask]:
    """One kiosk for all that is asked: what one leaves behind, the next ones meet."""
    settings = Settings(data=tmp_path_factory.mktemp("data"), sound="page")
    made = create_app(settings, content=shipped)
    made.config["WTF_CSRF_ENABLED"] = False
    parts: Wiring = made.extensions[EXTENSION]
    fill(parts.queue, parts.settings)
    parts.queue.staff.add("boss", "boss", "manager", PASSWORD, must_change=False)
    yield made
    parts.close()


@pytest.fixture(scope="module")
def spec(app: Flask) -> Mapping[str, Any]:
    found: Mapping[str, Any] = app.test_client().get("/api/openapi.json").get_json()
    return found


def operations(spec: Mapping[str, Any]) -> list[Operation]:
    """All but streams and sockets, which don't end by themselves."""
    return [
        (path, method, one)
        for path, methods in spec["paths"].items()
        for method, one in methods.items()
        if ends(one)
    ]


def ends(one: Mapping[str, Any]) -> bool:
    answers = one["responses"]
    return "101" not in answers and EVENTS not in answers.get("200", {}).get("content", {})


def bodies(one: Mapping[str, Any], spec: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Of the shape that is asked for, more or less, and of none."""
    asked = one["requestBody"]["content"]["application/json"]["schema"]
    name = asked["$ref"].rpartition("/")[2]
    fields = spec["components"]["schemas"][name]["properties"]
    return JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(fields, JSON))


@given(st.data())
@examples(150)
def test_any_body_at_any_address_gets_an_answer(
    app: Flask, spec: Mapping[str, Any], data: st.DataObject
) -> None:
    client = app.test_client()
    client.get("/")
    path, method, one = data.draw(st.sampled_from(operations(spec)))
    for part in one.get("parameters", ()):
        value = data.draw(st.text(min_size=1, max_size=30).filter(_in_an_address) | _NUMBERS)
        path = path.replace(f"{{{part['name']}}}", quote(value, safe=""))
    body = data.draw(bodies(one, spec)) if "requestBody" in one else None
    # As scripts may write it: half a character comes as an escape.
    sent = None if body is None else json.dumps(body)
    answer = client.open(path, method=method.upper(), data=sent, content_type="application/json")
    assert answer.status_code not in FAILED, (path, body)
    told = one["responses"].get(str(answer.status_code), {}).get("content", {})
    if answer.is_json and "application/json" in told:
        schema = {**told["application/json"].get("schema", {}), "components": spec["components"]}
        Draft202012Validator(schema).validate(answer.get_json())


_NUMBERS = st.integers(-1, 10**40).map(str)


def _in_an_address(text: str) -> bool:
    """Half characters can't be written into one."""
    return not any("\ud800" <= one <= "\udfff" for one in text)


def test_whatever_is_no_page_is_published(app: Flask) -> None:
    """Of what can be asked for by GET, all that answers with something else than a page."""
    client, numbers = staff(app), count()
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.websocket or rule.endpoint == "static":
            continue
        known = dict.fromkeys(rule.arguments, "x")
        kinds = {name: type(rule._converters[name]).__name__ for name in rule.arguments}
        known |= {name: "1" for name, kind in kinds.items() if kind == "IntegerConverter"}
        path = rule.build(known)
        assert path is not None
        answer = client.get(path[1], buffered=False)
        kind = answer.mimetype
        answer.close()
        next(numbers)
        if kind != "text/html" and answer.status_code == 200:
            assert operation_of(app, rule) is not None, rule.rule
    assert next(numbers) > 40
    assert {"int", "string", "path"} <= set(SEGMENTS)


def staff(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.post("/staff/sign-in", data={"username": "boss", "password": PASSWORD})
    return client


@pytest.mark.nightly
@pytest.mark.parametrize("who", ["customer", "manager"])
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_schemathesis_finds_no_failure(app: Flask, who: str, mode: str) -> None:
    """Bodies, paths, headers and cookies that fit what is published, and such that don't."""
    import requests
    import schemathesis
    from hypothesis import HealthCheck, settings
    from hypothesis.errors import Unsatisfiable
    from schemathesis import Case, GenerationMode
    from schemathesis.checks import not_a_server_error

    with serving(served(app)) as (_, port), requests.Session() as browser:
        where = f"http://127.0.0.1:{port}"
        if who == "customer":
            browser.get(f"{where}/", timeout=10)
        else:
            form = {"username": "boss", "password": PASSWORD}
            browser.post(f"{where}/staff/sign-in", data=form, timeout=10)
        schema = schemathesis.openapi.from_dict(
            browser.get(f"{where}/api/openapi.json", timeout=10).json()
        )
        tried = 0
        found: list[Any] = list(schema.get_all_operations())
        for operation in (one.ok() for one in found):
            raw = operation.definition.raw
            if not ends(raw) or (mode == "negative" and not raw.keys() & TAKEN):
                continue

            @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
            @given(case=operation.as_strategy(generation_mode=GenerationMode(mode)))
            def ask(case: Case[Any]) -> None:
                answer = case.call(base_url=where, session=browser, timeout=20)
                # The server says by 503 that it can't now; that is an answer.
                if answer.status_code != 503:
                    case.validate_response(answer, checks=[not_a_server_error])

            try:
                ask()
            except Unsatisfiable:
                # Anything fits there.
                continue
            tried += 1
    assert tried > (15 if mode == "positive" else 5)
