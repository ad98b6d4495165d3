"""Addresses: where each state of a session is, and nothing else."""

from __future__ import annotations

from kiosk.flow.engine import Task
from kiosk.session.screens import screen_of
from kiosk.session.state import State

#: Screens whose address doesn't depend on the visit.
FIXED = {
    "attract": "/",
    "menu": "/menu",
    "saved": "/saved",
    "ticket": "/ticket",
    "survey": "/survey",
    "thanks": "/thanks",
    "help": "/help",
    "keys": "/keys",
    "person": "/person",
    "call": "/call",
    "board": "/board",
    "leave": "/leave",
    "idle": "/idle",
    "settings": "/settings",
    "settings_text_size": "/settings/size",
    "settings_theme": "/settings/colours",
    "settings_language": "/settings/language",
    "settings_modes": "/settings/ways",
}
SCREEN_AT = {path: screen for screen, path in FIXED.items()}


def address(state: State) -> str:
    """Where the customer is."""
    screen = screen_of(state)
    if screen == "group":
        return f"/menu/{state.visit.group}"
    if screen == "task" and state.visit.task is not None:
        return f"/visit/{state.visit.task.service}/{state.visit.task.at}"
    return FIXED[screen]


def may_have_been(path: str, state: State, groups: frozenset[str]) -> bool:
    """Whether `path` is an address of this visit, so that an old page leads on to the new one."""
    if path in SCREEN_AT:
        return True
    if path.startswith("/menu/"):
        return path.removeprefix("/menu/") in groups
    parts = path.split("/")
    if len(parts) != 4 or parts[1] != "visit":
        return False
    _, _, service, step = parts
    tasks = [*state.visit.confirmed, *([state.visit.task] if state.visit.task else [])]
    return any(task.service == service and step in _passed(task) for task in tasks)


def _passed(task: Task) -> set[str]:
    """The steps of a task that the customer has stood on."""
    ends = {"review", "done"} if task.confirmed else set()
    return {*task.answers, task.at, *ends}
