"""How braille is written and typed at this kiosk: made once and shared by all stations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from braille.chords import Policy, Timing
from braille.keymaps import Keymap
from braille.tables import Table
from kiosk.content.words import Locale
from kiosk.senses.cells.companion import Tactile
from kiosk.senses.cells.render import Feel, Marks, Script
from kiosk.senses.writing.scribe import Scribe
from kiosk.session.session import Session
from writing.ports import NoEngine


class TableFor(Protocol):
    """The table of a language, of eight dots where asked and there is one."""

    def __call__(self, language: str, *, eight: bool = False) -> Table: ...


class Tactiles:
    """Safe to use from any thread."""

    def __init__(
        self,
        words: Callable[[str], Locale],
        marks: Mapping[str, Marks],
        table: TableFor,
        on_change: Callable[[], None],
        keymap: Keymap,
        *,
        policy: Policy = "all_up",
        timing: Timing | None = None,
        scribe: Scribe | None = None,
    ) -> None:
        #: What is plugged in; another one once a keypad was learned.
        self.keymap = keymap
        self._words = words
        self._marks = marks
        self._table = table
        self._on_change = on_change
        self._policy = policy
        self._timing = timing
        self._scribe = scribe or Scribe(NoEngine())

    def companion(self, session: Session) -> Tactile:
        """The braille of one session, which has no display yet."""
        return Tactile(
            session,
            self.script,
            self._on_change,
            policy=self._policy,
            timing=self._timing,
            scribe=self._scribe,
        )

    def close(self) -> None:
        """Give back what all stations share."""
        self._scribe.close()

    def script(self, language: str, feel: Feel) -> Script:
        """What writes a language in cells."""
        words = self._words(language)
        marks = self._marks.get(language, {})
        table = self._table(language, eight=feel.eight)
        return Script(words, table, marks, feel, lambda name: self.script(name, feel))
