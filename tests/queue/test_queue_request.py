"""The published document and its promise."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import ValidationError

from kiosk.queue import Request, request_schema
from kiosk.queue.tickets.request import canonical
from tests.queue.stories import request, task

GOLDEN = Path(__file__).parent / "golden" / "request-v1.json"

FULL = request(
    presets=("sign", "large_text"),
    flags=["possible_fraud"],
    priority_group="age_80",
    aids=["reading_glasses"],
    contact={"phone": "+86 138 0013 8000", "may_call": True},
    parts=[
        task(
            for_whom={"who": "other", "reason": "ill", "relation": "child"},
            answers=[
                {"step": "card", "question": "哪张卡?", "value": None, "label": "不知道"},
                {"step": "places", "question": "在哪里?", "value": ["home", 3], "label": "家里"},
                {"step": "sure", "question": "确定吗?", "value": True, "label": "是"},
            ],
            documents=[{"id": "id_card", "label": "身份证", "have": "unknown"}],
        )
    ],
)


def test_the_schema_is_as_published() -> None:
    """A difference is a new version of the document, or a mistake."""
    assert request_schema() == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_a_request_is_valid_by_its_schema() -> None:
    schema = request_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    document = json.loads(canonical(FULL))
    assert list(validator.iter_errors(document)) == []
    assert list(validator.iter_errors({**document, "pin": "123456"}))
    assert list(validator.iter_errors({**document, "tasks": []}))


def test_a_request_survives_the_journey() -> None:
    again = Request.model_validate_json(canonical(FULL))
    assert again == FULL
    assert again.tasks[0].answers[2].value is True
    assert canonical(again) == canonical(FULL)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": str(uuid4())},
        {"version": 2},
        {"created_at": "2026-03-02T09:00:00"},
        {"language": "not a tag"},
        {"priority_group": "vip"},
        {"flags": ["rich"]},
        {"contact": {"phone": "<script>"}},
        {"parts": [task("same"), task("same")]},
        {"parts": [task(lane="AA")]},
        {"tasks": 11},
        {"balance": 1},
    ],
)
def test_what_the_document_does_not_know_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        request(**wrong)  # type: ignore[arg-type]
