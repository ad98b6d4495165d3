"""Addresses: where each state of a session is. Their paths are the screens' own."""

from __future__ import annotations

from kiosk.session.screens import Screen, shown
from kiosk.session.state import State

_AS_RULE = str.maketrans("{}", "<>")


def address(state: State) -> str:
    """Where the customer is."""
    return shown(state).address(state)


def rule(screen: Screen) -> str:
    """The address of a screen as a route of Flask."""
    return screen.path.translate(_AS_RULE)
