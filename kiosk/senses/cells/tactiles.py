"""The kiosk's braille: one companion for each session, and the display for the one that has it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Protocol

import structlog

from braille.chords import Policy, Timing
from braille.displays.ports import Attached, Detached, Display, DisplayEvent, NullDisplay
from braille.keymaps import Keymap
from braille.tables import Table
from kiosk.content.words import Locale
from kiosk.senses.cells.companion import Tactile
from kiosk.senses.cells.render import Feel, Marks, Script
from kiosk.session.registry import Sessions
from kiosk.session.session import Session

log = structlog.get_logger()

#: As many as there are sessions (`kiosk.session.registry`).
MAX_COMPANIONS = 200
#: The name of the session that a display has while no page is open at its kiosk.
OWN_SESSION = "braille-display"


class Waits(Protocol):
    """Something that is told of every change; the real one is `kiosk.web.live.Signal`."""

    def change(self) -> None: ...


class Tactiles:
    """Safe to use from any thread."""

    def __init__(
        self,
        display: Display,
        sessions: Sessions,
        kiosk: str,
        words: Callable[[str], Locale],
        marks: Mapping[str, Marks],
        table: Callable[[str], Table],
        signal: Waits,
        keymap: Keymap,
        *,
        policy: Policy = "all_up",
        timing: Timing | None = None,
    ) -> None:
        self.display = display
        self.keymap = keymap
        self._sessions = sessions
        self._kiosk = kiosk
        self._words = words
        self._marks = marks
        self._table = table
        self._signal = signal
        self._policy = policy
        self._timing = timing
        self._lock = threading.Lock()
        self._companions: OrderedDict[str, Tactile] = OrderedDict()
        self._holder: Tactile | None = None

    def start(self) -> None:
        """Look for the display and show the first page on it."""
        if isinstance(self.display, NullDisplay):
            return
        self.display.start(self._happened)

    def close(self) -> None:
        self.display.close()

    @property
    def is_here(self) -> bool:
        """Whether a display is plugged in."""
        return self.display.cells > 0

    def of(self, session: Session, *, local: bool = False) -> Tactile:
        """The companion of a session; a `local` one has the kiosk's display."""
        with self._lock:
            found = self._companions.get(session.name)
            if found is None or found.session is not session:
                found = Tactile(
                    session,
                    self.script,
                    self._signal.change,
                    policy=self._policy,
                    timing=self._timing,
                )
                self._companions[session.name] = found
            self._companions.move_to_end(session.name)
            if len(self._companions) > MAX_COMPANIONS:
                self._companions.popitem(last=False)
        if local and not isinstance(self.display, NullDisplay):
            self._hand_to(found)
        return found

    def script(self, language: str, feel: Feel) -> Script:
        """What writes a language in cells."""
        words = self._words(language)
        return Script(words, self._table(language), self._marks.get(language, {}), feel)

    def _hand_to(self, wanted: Tactile) -> None:
        """Give the display to a session, unless somebody is in the middle of a visit on it."""
        with self._lock:
            holder = self._holder
            if holder is wanted:
                return
            if holder is not None and _reads(holder):
                return
            self._holder = wanted
        if holder is None:
            wanted.use(self.display)
        else:
            holder.leave(lambda: wanted.use(self.display))

    def _happened(self, event: DisplayEvent) -> None:
        if isinstance(event, Attached | Detached):
            self._sessions.refresh()
        holder = self._holder or self._first_holder()
        try:
            holder.happened(event)
        except Exception:
            # One bad key must not end the thread that reads them all.
            log.exception("braille.event_failed", event=type(event).__name__)

    def _first_holder(self) -> Tactile:
        """No page was opened on this machine yet: a session of the display's own."""
        return self.of(self._sessions.of(OWN_SESSION, self._kiosk), local=True)


def _reads(holder: Tactile) -> bool:
    """Whether somebody is in the middle of a visit with braille."""
    state = holder.session.state
    return state.place != "attract" and state.switches.braille
