"""Rows of the console, made and drawn once for all colleagues who see the same.

After every change each open console looks at its rows, and hardly any of them differs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup, escape

from kiosk.content.words import Locale
from kiosk.queue.tickets.views import StaffRef, TicketRow
from kiosk.web.staff.shown.boards import Head
from kiosk.web.staff.shown.rows import ROW_ICONS, Row, row_model

NAME = "wuai.rows"
#: What a few colleagues see of a long day's queue.
KEPT = 2_000
#: Where a clock's words go in a drawn row; no words have it, for the door refuses it.
GAP = "\x1f"


class Rows:
    """Safe to use from any thread."""

    def __init__(self, words: Callable[[str], Locale]) -> None:
        self._words = words
        self.model = lru_cache(maxsize=KEPT)(self._model)
        self.head = lru_cache(maxsize=KEPT)(self._head)
        self._pieces = lru_cache(maxsize=KEPT)(self._draw)

    def drawn(self, row: Row, language: str, now: datetime | None = None) -> Markup:
        """A row. Its clocks say how long it has been at `now`; without it they are empty, for the
        page's script runs them."""
        before, between, after = self._pieces(row, language)
        if now is None:
            return before + between + after
        text = self._words(language).text
        wait, response = (lasted(text, one.seconds(now)) for one in (row.wait, row.response))
        return before + escape(wait) + between + escape(response) + after

    def _model(self, row: TicketRow, staff: StaffRef, language: str) -> Row:
        return row_model(row, staff, self._words(language))

    def _draw(self, row: Row, language: str) -> tuple[Markup, Markup, Markup]:
        drawing = self._module("staff/_rows.html", language, now=row.wait.since, gap=GAP)
        before, between, after = _close(drawing.ticket_row(row)).split(GAP)
        return Markup(before), Markup(between), Markup(after)  # noqa: S704 (drawn by the template)

    def _head(self, head: Head, language: str, keys: bool) -> Markup:
        """What stands over a list and under it, by its own look."""
        drawing = self._module("staff/_heads.html", language, keys=keys)
        return Markup(_close(drawing.head(head) + drawing.foot(head)))  # noqa: S704

    def _module(self, template: str, language: str, **more: Any) -> Any:
        look = SimpleNamespace(language=language, keys=more.pop("keys", False))
        context = {"text": self._words(language).text, "look": look, "ticking": True, **more}
        return current_app.jinja_env.get_template(template).make_module(context)


def lasted(text: Callable[..., str], seconds: int) -> str:
    """How long something has lasted, to the minute."""
    if seconds >= 3600:
        return text("staff.hours", h=seconds // 3600, m=seconds % 3600 // 60)
    if seconds >= 60:
        return text("staff.minutes", n=seconds // 60)
    return text("staff.under_minute")


def stamp(moment: datetime) -> str:
    """A moment as a page's script reads it, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _close(html: str) -> str:
    """Without the template's line breaks between elements, which say nothing and travel far."""
    return re.sub(r">(?:\s{2,}|\n)<", "><", html.strip())


def keep(app: Flask, words: Callable[[str], Locale]) -> None:
    app.extensions[NAME] = Rows(words)
    app.jinja_env.globals.update(drawn=app.extensions[NAME].drawn, lasted=lasted, stamp=stamp)
    app.jinja_env.globals["row_icons"] = sorted(ROW_ICONS)


def rows() -> Rows:
    found: Rows = current_app.extensions[NAME]
    return found
