"""From a confirmed visit to the request document that staff get.

The document's shape is the queue's published schema; here it is plain data, so that a kiosk
needs nothing of the queue to make one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kiosk.flow import visit as visits
from kiosk.flow.answers import Answers, Value
from kiosk.flow.engine import Task
from kiosk.flow.model import ASKING, Catalog
from kiosk.flow.path import Paper, path
from kiosk.flow.prompt import is_private, label, said
from kiosk.flow.rules import Facts
from kiosk.flow.text import Text, Words
from kiosk.session.state import State

#: Choices of the aid service that are things to bring, not a person to come.
AID_STEP = "aid"
HAVE: dict[Value, str] = {"yes": "yes", "no": "no"}


def request_of(
    state: State,
    catalog: Catalog,
    facts: Facts,
    words: Words,
    *,
    branch: str,
    kiosk: str,
    now: datetime,
    read_back: tuple[str, ...] = ("screen",),
    demo: bool = False,
    sign_language: str = "csl",
) -> dict[str, Any]:
    """The request document, version 1, of a visit that is ready."""
    visit, switches = state.visit, state.switches
    tasks = [
        {
            **_task(number, task, catalog, facts, words),
            "confirmed_at": now.isoformat(),
            "read_back": list(read_back),
        }
        for number, task in enumerate(visit.confirmed, start=1)
    ]
    phone = next((p for t in visit.confirmed if (p := t.answers.get("phone"))), None)
    first_served = visit.closing.get("first_served")
    flags = [*visits.flags(visit, catalog, facts)]
    if state.officer_wanted and "sign_officer_wanted" not in flags:
        flags.append("sign_officer_wanted")
    if demo:
        flags.append("demo")
    return {
        "version": 1,
        "id": state.request_id,
        "branch": branch,
        "kiosk": kiosk,
        "created_at": now.isoformat(),
        "language": switches.language,
        "communication": {
            "presets": list(state.presets),
            "sign_language": sign_language if switches.sign else None,
            "writing": switches.sign,
            "slow_speech": "large_text" in state.presets or "voice" in state.presets,
            "companion": visit.closing.get("companion") is True,
            "text_size": switches.text_size,
        },
        "aids": [str(aid) for t in visit.confirmed if (aid := t.answers.get(AID_STEP))],
        "tasks": tasks,
        "contact": {"phone": phone, "may_call": phone is not None},
        "priority_group": None if first_served in (None, "none") else first_served,
        "flags": flags,
    }


def _task(number: int, task: Task, catalog: Catalog, facts: Facts, words: Words) -> dict[str, Any]:
    service = catalog.service(task.service)
    steps = path(service, task.answers, {**facts, "@service": service.id}, catalog)
    asked = [s for s in steps if isinstance(s, ASKING) and s.id in task.answers]
    papers = [s for s in steps if isinstance(s, Paper)]
    answers = task.answers
    return {
        "id": f"t{number}",
        "service": service.id,
        "official": words.render(Text(f"{service.id}.official")),
        "urgent": service.urgent,
        "lane": service.lane,
        "for_whom": _for_whom(answers.only(step.id for step in asked)),
        "answers": [
            {
                "step": step.id,
                "question": words.render(label(step)),
                "value": answers[step.id],
                "label": words.render(said(step, answers[step.id])),
                "private": is_private(step),
            }
            for step in asked
        ],
        "documents": [
            {
                "id": paper.document.id,
                "label": words.render(Text(f"documents.{paper.document.id}.name")),
                "have": HAVE.get(answers.get(paper.id), "unknown"),
            }
            for paper in papers
        ],
    }


def _for_whom(answers: Answers) -> dict[str, Value]:
    """Whose matter it is. Whoever is asked how they are related acts for somebody else."""
    if answers.get("for_whom") != "other" and "relation" not in answers:
        return {"who": "self", "reason": None, "relation": None}
    reason = answers.get("why_absent_else") or answers.get("why_absent")
    return {"who": "other", "reason": reason, "relation": answers.get("relation")}
