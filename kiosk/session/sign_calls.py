"""Calls in sign that are booked for later, as a session asks staff's side for them."""

from __future__ import annotations

from typing import Protocol

from kiosk.session.numbers import Refused
from kiosk.sign_slots import SignSlot


class SignCalls(Protocol):
    """Staff's side of booked calls. All raise `NotDelivered` where nobody answers."""

    def taken_calls(self) -> tuple[SignSlot, ...]:
        """The calls of this branch that somebody has and that aren't over."""
        ...

    def book_call(self, request_id: str, slot: SignSlot) -> None:
        """Book a call for a request, in the place of another one of it; twice is once. Raises
        `Refused` where somebody else has it: then the other one stays."""
        ...

    def release_call(self, request_id: str) -> None:
        """Nobody comes to it."""
        ...


class NoSignCalls:
    """None is taken, and none can be had."""

    def taken_calls(self) -> tuple[SignSlot, ...]:
        return ()

    def book_call(self, request_id: str, slot: SignSlot) -> None:
        raise Refused("no_desk")

    def release_call(self, request_id: str) -> None: ...
