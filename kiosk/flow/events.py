"""What a customer can do to a visit. Every device and every sense ends in one of these."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenMenu:
    """Show the menu, or one group of it."""

    group: str | None = None


@dataclass(frozen=True, slots=True)
class Choose:
    """Start a service."""

    service: str


@dataclass(frozen=True, slots=True)
class Request:
    """Start a service with some of its questions answered: steps and values, as one sentence told
    them."""

    service: str
    told: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer a step with what was typed, pressed or said, still as text."""

    step: str
    raw: str


@dataclass(frozen=True, slots=True)
class DontKnow:
    """Answer a step with "I don't know", or skip a text that may be left out."""

    step: str


@dataclass(frozen=True, slots=True)
class Next:
    """Go on from a notice, or keep the answer a step already has."""

    step: str


@dataclass(frozen=True, slots=True)
class Enough:
    """Wait for staff at a notice where enough is known; they ask the rest."""

    step: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands half-typed in a step's entry."""

    step: str
    text: str


@dataclass(frozen=True, slots=True)
class Back:
    """The step before on the path, never the browser's history."""


@dataclass(frozen=True, slots=True)
class Change:
    """From the review, go to one answer and come back."""

    step: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """Yes, what was read back is right."""


@dataclass(frozen=True, slots=True)
class More:
    """After one matter: another one, or that was all."""

    another: bool


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give up this matter; what was confirmed before stays."""


Event = (
    OpenMenu
    | Choose
    | Request
    | Answer
    | DontKnow
    | Next
    | Enough
    | Draft
    | Back
    | Change
    | Confirm
    | More
    | Cancel
)
