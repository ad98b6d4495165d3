"""A state as bytes: what a visit is kept as over a restart."""

from __future__ import annotations

from pydantic import TypeAdapter

from kiosk.session.screens import OVERLAYS
from kiosk.session.state import State

_ADAPTER = TypeAdapter(State)


def dump(state: State) -> bytes:
    return _ADAPTER.dump_json(state)


def load(raw: bytes) -> State:
    """The state from `dump`. Raises `ValueError` for anything else."""
    return checked(_ADAPTER.validate_json(raw))


def checked(state: State) -> State:
    """The state itself. Raises `ValueError` for one that this program has no screen for."""
    if state.overlay is not None and state.overlay not in OVERLAYS:
        raise ValueError(f"{state.overlay!r} is no screen that is laid over another")
    return state
