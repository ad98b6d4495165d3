"""From a confirmed visit to the request document that staff get.

The document's shape is the queue's published schema; here it is plain data, so that a kiosk
needs nothing of the queue to make one. It is made of matters only: what was read back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from kiosk.flow import visit as visits
from kiosk.flow.answers import Value
from kiosk.flow.matter import Contact, Matter
from kiosk.flow.model import Catalog
from kiosk.flow.roles import NOBODY, Role
from kiosk.flow.text import Text, Words
from kiosk.flow.visit import Visit
from kiosk.session.state import State
from kiosk.session.switches import Switches

#: The aid that is a person to walk with.
COMPANION = "companion"


def request_of(
    state: State,
    catalog: Catalog,
    words: Callable[[str], Words],
    *,
    branch: str,
    kiosk: str,
    now: datetime,
    senses: Callable[[Switches], tuple[str, ...]] = lambda switches: ("screen",),
    demo: bool = False,
    sign_language: str = "csl",
) -> dict[str, Any]:
    """The request document, version 1, of a visit that is ready.

    Each task is in the words of the language it was read back in: `words` gives those of a
    language, `senses` in which senses it was read back with these switches.
    """
    visit, switches = state.visit, state.switches
    tasks = [
        {
            **_task(number, matter, catalog, words(then.language)),
            "confirmed_at": now.isoformat(),
            "read_back": [] if matter.brief else list(senses(then)),
        }
        for number, (matter, then) in enumerate(_read_back(state), start=1)
    ]
    flags = [*visits.flags(visit)]
    if state.officer_wanted and "sign_officer_wanted" not in flags:
        flags.append("sign_officer_wanted")
    if demo:
        flags.append("demo")
    contact = _contact(visit)
    wanted = [aid for matter in visit.matters if (aid := matter.aid) is not None]
    first_served = _first(visit, Role.PRIORITY_GROUP)
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
            "companion": _first(visit, Role.COMPANION) is True or COMPANION in wanted,
            "text_size": switches.text_size,
        },
        "aids": list(dict.fromkeys(wanted)),
        "tasks": tasks,
        "contact": {"phone": contact.phone, "may_call": contact.may_call},
        "priority_group": None if first_served == NOBODY else first_served,
        "flags": flags,
    }


def _read_back(state: State) -> Iterator[tuple[Matter, Switches]]:
    """Each confirmed matter and how it was read back; a visit kept by an older version has only
    how it is now."""
    for at, matter in enumerate(state.visit.confirmed):
        yield matter, state.read_back[at] if at < len(state.read_back) else state.switches


def _contact(visit: Visit) -> Contact:
    """How to reach the customer: as it was read back last."""
    given = [matter.contact for matter in visit.matters if matter.contact.phone is not None]
    return given[-1] if given else Contact()


def _first(visit: Visit, role: Role) -> Value:
    """What is known of a role of the whole visit."""
    told = (matter.of(role) for matter in visit.matters)
    return next((value for value in told if value is not None), None)


def _task(number: int, matter: Matter, catalog: Catalog, words: Words) -> dict[str, Any]:
    service, whose = catalog.service(matter.service), matter.for_whom
    return {
        "id": f"t{number}",
        "service": service.id,
        "official": words.render(Text(f"{service.id}.official")),
        "urgent": service.urgent,
        "lane": service.lane,
        "for_whom": {"who": whose.who, "reason": whose.reason, "relation": whose.relation},
        "answers": [
            {
                "step": one.step,
                "question": words.render(one.label),
                "value": one.value,
                "label": words.render(one.said),
                "private": one.private,
            }
            for one in matter.answers
        ],
        "documents": [
            {"id": one.document, "label": words.render(one.label), "have": one.have}
            for one in matter.papers
        ],
    }
