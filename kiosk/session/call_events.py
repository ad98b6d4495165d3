"""Events of a call in sign that is booked for later."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.sign_slots import SignSlot


@dataclass(frozen=True, slots=True)
class BookCall:
    """The customer wants this time."""

    slot: SignSlot


@dataclass(frozen=True, slots=True)
class CallBooked:
    """The desk has it."""

    slot: SignSlot
