"""The open pages of one station. All show the same; one of them speaks and hears.

It is the one that was acted on last or opened last; when it goes, the one before it takes over. A
page is known by the name of its browser's tab, for it goes from screen to screen.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from kiosk.senses.speech.asking import Hearing

#: A page that goes to the next screen is away for a moment (seconds).
AWAY = 3.0


class Pages:
    """Safe from any thread."""

    def __init__(
        self,
        hear_with: Callable[[Hearing | None], None],
        on_turn: Callable[[], None],
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """`hear_with` is given what hears through the page that has the turn; None: nothing."""
        self._hear_with = hear_with
        self._on_turn = on_turn
        self._ticks = ticks
        self._gate = threading.Lock()
        #: Turns are told one after another, in the order they came about.
        self._telling = threading.Lock()
        #: Names of tabs, the one that has the turn last, and how many streams each holds open.
        self._tabs: dict[str, int] = {}
        self._left: dict[str, float] = {}
        self._ears: dict[str, Hearing] = {}
        self._speaker: str | None = None

    def opened(self, tab: str) -> Callable[[], None]:
        """A page follows the station; returns what is called when it no longer does."""
        with self._gate:
            self._forget()
            # A new page takes the turn; one that came to its next screen has it or not, as before.
            self._tabs[tab] = self._tabs.get(tab, 0) + 1
            self._left.pop(tab, None)
        self._settle()

        def closed() -> None:
            with self._gate:
                self._tabs[tab] -= 1
                if self._tabs[tab] == 0:
                    self._left[tab] = self._ticks()

        return closed

    def acted(self, tab: str) -> None:
        """Somebody pressed something on this page."""
        with self._gate:
            if tab not in self._tabs:
                return
            self._tabs[tab] = self._tabs.pop(tab)
        self._settle()

    def speaks(self, tab: str) -> bool:
        """Whether it is this page's turn; a page that doesn't say its name has it when alone."""
        with self._gate:
            self._forget()
            return self._last() == tab if tab else len(self._tabs) <= 1

    def hears(self, tab: str, ear: Hearing) -> Callable[[], None]:
        """A page's microphone is open; returns what is called when it no longer is."""
        with self._gate:
            self._ears[tab] = ear
        self._settle(anew=True)

        def closed() -> None:
            with self._gate:
                if self._ears.get(tab) is ear:
                    del self._ears[tab]
            self._settle(anew=True)

        return closed

    @property
    def count(self) -> int:
        """How many are open."""
        with self._gate:
            self._forget()
            return len(self._tabs)

    def tick(self) -> None:
        """Let time pass: a page that went and didn't come back loses its turn."""
        self._settle()

    def _settle(self, *, anew: bool = False) -> None:
        with self._telling:
            with self._gate:
                self._forget()
                speaker = self._last()
                turned, self._speaker = speaker != self._speaker, speaker
                ear = self._ears.get(speaker) if speaker is not None else None
                if ear is None and len(self._ears) == 1 and len(self._tabs) <= 1:
                    # Its microphone opened before its stream did.
                    (ear,) = self._ears.values()
            if turned or anew:
                self._hear_with(ear)
        if turned:
            self._on_turn()

    def _last(self) -> str | None:
        return next(reversed(self._tabs), None)

    def _forget(self) -> None:
        now = self._ticks()
        for tab, at in tuple(self._left.items()):
            if now - at >= AWAY:
                del self._left[tab], self._tabs[tab]
