"""Telling everybody who listens to a session: in order, once, and nobody holds up anybody."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

import structlog

from kiosk.mailbox import Turns
from kiosk.session.moment import Listener, Post

log = structlog.get_logger()


class Sense(Protocol):
    """A companion of a session: it is told every post, and looked after while time passes."""

    def told(self, post: Post) -> None:
        """Take a post; never waits."""
        ...

    def check(self) -> None:
        """Look whether it is stuck; never waits."""
        ...

    def settle(self, timeout: float) -> bool:
        """Wait until it has dealt with all it was told; False if it hasn't in time."""
        ...


class Posts:
    """Safe to use from any thread."""

    def __init__(self) -> None:
        self._turns = Turns(self._to_all)
        self._joining = threading.Lock()
        self._listeners: tuple[Listener, ...] = ()
        self._senses: tuple[Sense, ...] = ()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Give every post to `listener`, which must not wait; returns what ends that."""
        with self._joining:
            self._listeners = (*self._listeners, listener)

        def unsubscribe() -> None:
            with self._joining:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return unsubscribe

    def join(self, sense: Sense) -> None:
        """Tell a sense everything from now on, and look after it."""
        with self._joining:
            self._senses = (*self._senses, sense)
        self.subscribe(sense.told)

    def put(self, post: Post) -> None:
        """The next to be given out, by `give`."""
        self._turns.put(post)

    def give(self) -> None:
        """Give out what waits."""
        self._turns.give()

    def check(self) -> None:
        """Look after the senses."""
        for sense in self._senses:
            try:
                sense.check()
            except Exception:
                log.exception("session.check_failed")

    def settle(self, timeout: float) -> bool:
        """Wait until the senses have dealt with all they were told; False if one hasn't."""
        return all(sense.settle(timeout) for sense in self._senses)

    def _to_all(self, post: Post) -> None:
        for listener in self._listeners:
            try:
                listener(post)
            except Exception:
                # The others are told whatever became of this one.
                log.exception("session.listener_failed")
