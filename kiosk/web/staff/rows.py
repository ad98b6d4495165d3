"""Rows of the console, made and drawn once for all colleagues who see the same.

After every change each open console shows every row anew, and hardly any of them differs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import SimpleNamespace

from flask import Flask, current_app
from markupsafe import Markup

from kiosk.content.words import Locale
from kiosk.queue.tickets.views import StaffRef, TicketRow
from kiosk.web.staff.shown.rows import Row, row_model

NAME = "wuai.rows"
#: A long day's queue, as a few colleagues see it.
KEPT = 2_000


class Rows:
    """Safe to use from any thread."""

    def __init__(self, words: Callable[[str], Locale]) -> None:
        self._words = words
        self.model = lru_cache(maxsize=KEPT)(self._model)
        self.drawn = lru_cache(maxsize=KEPT)(self._drawn)

    def _model(self, row: TicketRow, staff: StaffRef, language: str) -> Row:
        return row_model(row, staff, self._words(language))

    def _drawn(self, row: Row, level: int, main: bool, language: str) -> Markup:
        """A row whose clocks the page's script runs."""
        drawing = current_app.jinja_env.get_template("staff/_rows.html").make_module(
            {
                "text": self._words(language).text,
                "look": SimpleNamespace(language=language),
                "now": row.wait.since,
                "ticking": True,
            }
        )
        found: Markup = drawing.ticket_row(row, level, main)  # type: ignore[attr-defined]
        return found


def keep(app: Flask, words: Callable[[str], Locale]) -> None:
    app.extensions[NAME] = Rows(words)
    app.jinja_env.globals["drawn"] = app.extensions[NAME].drawn


def rows() -> Rows:
    found: Rows = current_app.extensions[NAME]
    return found
