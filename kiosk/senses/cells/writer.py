"""The text that one session writes in cells, and the questions about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from braille.tables import Table
from kiosk.senses.cells import composing, offering
from kiosk.senses.cells.composing import Offers, Typed
from kiosk.senses.cells.reading import Reading
from kiosk.senses.cells.regions import is_on, screen_regions
from kiosk.senses.cells.render import Region, Script
from kiosk.senses.cells.typing import Reader, reader, standing
from kiosk.senses.writing.scribe import Scribe
from kiosk.session.moment import Moment, Question
from writing.ports import Found
from writing.rows import Row


class Writer:
    """Lives on its companion's thread; only `_told` comes from the scribe's."""

    def __init__(
        self,
        scribe: Scribe,
        post: Callable[[Callable[[], object]], object],
        on_answer: Callable[[], object],
    ) -> None:
        """`post` does something on the companion's thread, where `on_answer` is called."""
        self._scribe = scribe
        self._post = post
        self._on_answer = on_answer
        self.typed = Typed()
        #: What was being written when a screen was left, and which question of which visit it was.
        self._left: tuple[Question, Typed] | None = None

    def arrived(self, before: Moment, now: Moment) -> None:
        """Another screen: what was being written there, under help or a warning, goes on."""
        if offering.writes(before) and self.typed.cells:
            self._left = before.question, self.typed
        self.typed = Typed()
        if self._left is not None and self._left[0].visit_id != now.visit_id:
            self._left = None
        if is_on(now) and offering.writes(now):
            self._scribe.prepare()
            self._go_on(now)

    def _go_on(self, now: Moment) -> None:
        """Its syllables are asked about anew: an answer may have come while nobody was here."""
        entry = now.prompt.entry
        if entry is None or self._left is None or self._left[0] != now.question:
            return
        unasked = replace(self._left[1], offers=Offers())
        here = standing(entry, unasked, reader(now, entry, None))
        is_chinese = now.state.switches.language == "zh-CN"
        self.took(composing.asking(here) if is_chinese else here)

    def reads(self, now: Moment, table: Callable[[str], Table]) -> Reader | None:
        """What reads the cells of a text where one is typed."""
        return table(now.state.switches.language).read if offering.writes(now) else None

    def agree(self, latest: Moment, reads: Reader | None) -> None:
        """The entry holds what was typed, or it was changed elsewhere: then that is what is felt.

        `latest` is what the session has now, which a post from before may be behind.
        """
        entry = latest.prompt.entry
        if entry is not None and self.typed.cells:
            self.typed = standing(entry, self.typed, reader(latest, entry, reads))

    def took(self, typed: Typed) -> bool:
        """Something was typed or chosen: ask what it may be. Whether anything is other now."""
        before, self.typed = self.typed, typed
        row = typed.offers.row
        if row is not None and row != before.offers.row:
            self._scribe.ask(self, row.asked, partial(self._told, row))
        return typed != before

    @property
    def cursor(self) -> str | None:
        """What of the offers the keys stand on."""
        return offering.cursor(self.typed)

    def regions(self, now: Moment, script: Script, width: int) -> tuple[Region, ...]:
        """Everything on the screen, with what is being written in the place of its entry."""
        return offering.composed(screen_regions(now, script, width), now, self.typed, script)

    def followed(self, reading: Reading, before: Moment, now: Moment) -> Reading:
        """The finger goes to what was typed or chosen."""
        same = now.prompt.entry == before.prompt.entry
        return reading if same else self.at_typed(reading, now)

    def at_typed(self, reading: Reading, now: Moment) -> Reading:
        """The finger on what is being written."""
        return offering.followed(reading, self.typed) if offering.writes(now) else reading

    def _told(self, row: Row, found: Found | None) -> None:
        self._post(partial(self._answered, row, found))

    def _answered(self, row: Row, found: Found | None) -> None:
        before, self.typed = self.typed, composing.answered(self.typed, row, found)
        if self.typed != before:
            self._on_answer()
