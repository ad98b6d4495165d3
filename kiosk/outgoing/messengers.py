"""What sends a text to a telephone: the port, none, and one in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

#: Why a text wasn't taken: the gateway can't be reached; it can't take this one now; it never will.
Reason = Literal["away", "later", "refused"]


class NotSent(Exception):
    """The gateway didn't take it. The message names no telephone."""

    code = "not_sent"

    def __init__(self, reason: Reason, found: str = "") -> None:
        self.reason = reason
        super().__init__(f"{reason}: {found}" if found else reason)


@dataclass(frozen=True, slots=True)
class Message:
    """`id` is the same at every try, so that a gateway sends it once."""

    id: str
    to: str = field(repr=False)
    text: str = field(repr=False)
    language: str = "zh-CN"


class Messenger(Protocol):
    """Called by one thread alone; each call takes bounded time."""

    def send(self, message: Message) -> None:
        """Return once the gateway has it. Raises `NotSent`."""
        ...


class NullMessenger:
    """There is none."""

    def send(self, message: Message) -> None:
        raise NotSent("away", "no messenger is set")


@dataclass
class MemoryMessenger:
    """Keeps what was sent. With `refuses`, it takes nothing for that reason."""

    refuses: Reason | None = None
    sent: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        if self.refuses is not None:
            raise NotSent(self.refuses)
        self.sent.append(message)
