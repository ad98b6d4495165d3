"""Asks the engine of `writing` on a thread of its own: whoever asks goes on at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial

from kiosk.mailbox import Mailbox
from writing.apart import told_apart
from writing.ports import Engine, EngineDown, Found

#: Told what was found, or None where nothing can be found now. Called on the scribe's thread.
Then = Callable[[Found | None], object]


class Scribe:
    """Safe to use from any thread. One for the kiosk; of each asker only the last question counts.

    Questions wait for one another only here: while the engine hangs (a second at most, then its
    process is ended) others get their answer later, and nobody stands still.
    """

    def __init__(self, engine: Engine, *, inline: bool = False) -> None:
        self._engine = engine
        self._mailbox = Mailbox("writing", inline=inline)
        self._wanted: dict[Hashable, tuple[tuple[str, ...], Then]] = {}

    def ask(self, who: Hashable, spelled: tuple[str, ...], then: Then) -> None:
        """What may these rows be? Returns at once."""
        self._wanted[who] = (spelled, then)
        self._mailbox.post(partial(self._serve, who))

    def prepare(self) -> None:
        """Somebody may write soon: start what takes a moment to start."""
        self._mailbox.post(self._prepare)

    def settle(self, timeout: float = 5.0) -> bool:
        return self._mailbox.settle(timeout)

    def close(self) -> None:
        self._mailbox.close()
        self._engine.close()

    def _prepare(self) -> None:
        self._offer(())
        # The dictionaries are read once, here where nobody waits for them.
        told_apart(("中",))

    def _serve(self, who: Hashable) -> None:
        wanted = self._wanted.pop(who, None)
        if wanted is not None:
            spelled, then = wanted
            then(self._offer(spelled))

    def _offer(self, spelled: tuple[str, ...]) -> Found | None:
        try:
            return self._engine.offer(spelled)
        except EngineDown:
            return None
