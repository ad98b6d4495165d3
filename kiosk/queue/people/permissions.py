"""Which role may do what: one table."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.queue.errors import NotPermitted
from kiosk.queue.tickets.states import Role

_EVERYONE: frozenset[Role] = frozenset({"lobby", "counter", "sign_officer", "manager", "admin"})
_SERVING: frozenset[Role] = _EVERYONE - {"admin"}
_SIGNING: frozenset[Role] = frozenset({"sign_officer", "manager"})
_MANAGER: frozenset[Role] = frozenset({"manager"})
_OFFICE: frozenset[Role] = frozenset({"manager", "admin"})

#: An administrator runs the system and, by least privilege, sees no customer's document.
PERMISSIONS: Mapping[str, frozenset[Role]] = {
    "view": _SERVING,
    "claim": _SERVING,
    "coming": _SERVING,
    "call": _SERVING,
    "recall": _SERVING,
    "no_show": _SERVING,
    "hold": _SERVING,
    "return": _SERVING,
    "transfer": _SERVING,
    "left": _SERVING,
    "pager": _SERVING,
    "start_task": _SERVING,
    "close_task": _SERVING,
    "undo": _SERVING,
    "take_from_others": _MANAGER,
    "end_day": _MANAGER,
    "answer_alarm": _EVERYONE,
    "note_contact": _EVERYONE,
    "answer_escalation": _MANAGER,
    "record_clips": _SIGNING,
    "review_clips": _SIGNING,
    "withdraw_for_others": _MANAGER,
    "talk": _SERVING,
    "see_reports": _OFFICE,
    "see_audit": _OFFICE,
    "manage_staff": frozenset({"admin"}),
    "manage_devices": _OFFICE,
}


def may(role: Role, action: str) -> bool:
    return role in PERMISSIONS[action]


def permit(role: Role, action: str) -> None:
    """Raises `NotPermitted`."""
    if not may(role, action):
        raise NotPermitted(role, action)
