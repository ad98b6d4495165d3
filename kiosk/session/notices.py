"""What a session is still to be told, in order, each by the visit that it is for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from kiosk.session.errands import Errands
from kiosk.session.events import AnyEvent


class Notices:
    """Safe to use from any thread; telling never waits."""

    def __init__(
        self, name: str, errands: Errands, tell: Callable[[str, AnyEvent], object]
    ) -> None:
        """`tell` is given a visit and its notice, one after another."""
        self._name = f"tell:{name}"
        self._errands = errands
        self._tell = tell
        self._waiting: deque[tuple[str, AnyEvent]] = deque()

    def put(self, visit_id: str, notice: AnyEvent) -> None:
        self._waiting.append((visit_id, notice))
        self._errands.run(self._name, self._tell_all, again=True)

    def _tell_all(self) -> None:
        while self._waiting:
            self._tell(*self._waiting.popleft())
