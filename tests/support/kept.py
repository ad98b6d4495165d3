"""A state as it is kept over a restart."""

from __future__ import annotations

from pydantic import TypeAdapter

from kiosk.session.ages import checked
from kiosk.session.state import State

_ADAPTER = TypeAdapter(State)


def dump(state: State) -> bytes:
    return _ADAPTER.dump_json(state)


def load(raw: bytes) -> State:
    """The state from `dump`. Raises `ValueError` for anything else."""
    return checked(_ADAPTER.validate_json(raw))
