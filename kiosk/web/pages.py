"""What every page's template may use: words, icons, the address of static files."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from flask import Flask, url_for
from markupsafe import Markup

from kiosk.resources import STATIC


def init_pages(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    # Chinese as it is: half as long in the data of a page.
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.globals.update(icon=icon, drawn_icon=drawn_icon, sprite=sprite, static=static)


@cache
def _icons() -> dict[str, str]:
    icons: dict[str, str] = json.loads((STATIC / "icons.json").read_text("utf-8"))
    return icons


def icon(name: str | None) -> Markup:
    """A pictogram as inline SVG, hidden from screen readers: the words beside it say it.

    Raises `KeyError` for a name that `make icons` hasn't collected.
    """
    if name is None:
        return Markup("")
    # The drawings are our own static file, not a customer's words.
    return Markup(  # noqa: S704
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{_icons()[name]}</svg>"
    )


def sprite(names: Iterable[str]) -> Markup:
    """Pictograms that a page draws once, for `drawn_icon` to show again and again."""
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 24 24">{_icons()[name]}</symbol>' for name in names
    )
    return Markup(f'<svg hidden aria-hidden="true" focusable="false">{symbols}</svg>')  # noqa: S704


def drawn_icon(name: str) -> Markup:
    """A pictogram of the page's `sprite`, a tenth as long as the drawing."""
    shown = f'<svg class="icon" aria-hidden="true"><use href="#i-{name}"/></svg>'
    return Markup(shown)  # noqa: S704


@cache
def _mark(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def static(name: str) -> str:
    """The address of a static file, changing with its content, so that it may be kept for ever."""
    return url_for("static", filename=name, v=_mark(name))


@dataclass(frozen=True, slots=True)
class Style:
    """A style sheet that stands in its page, and its name in a policy (CSP Level 3, 2.3.1)."""

    text: Markup
    source: str


@cache
def inlined(*names: str) -> Style:
    """Static style sheets, one after another, for a page that can ask for no file."""
    text = "".join((STATIC / name).read_text("utf-8") for name in names)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Style(Markup(text), f"'sha256-{digest}'")  # noqa: S704 (our own static files)
