"""A bare Flask app with a customer's press: POST, redirect, GET of a small page. What a page costs
at the least on this machine, in this browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from kiosk.serving.asgi import Served
from kiosk.web.live import Signal
from tests.support import browser

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>bare</title></head>
<body><h1>Question {step}</h1><form method="post" action="/do/choose">
<input type="hidden" name="step" value="{step}">
<button data-target="next" name="value" value="next">Next</button>
<button name="value" value="other">Other</button></form></body></html>"""


def bare() -> Flask:
    app = Flask(__name__)

    @app.get("/<int:step>")
    def page(step: int) -> str:
        return PAGE.format(step=step)

    @app.post("/do/choose")
    def choose() -> Response:
        return redirect(f"/{int(request.form['step']) + 1}", 303)

    return app


@contextmanager
def served() -> Iterator[str]:
    """Where its first page is, served as the kiosk beside it."""
    with browser.at(Served(bare(), Signal(), threads=8, most=8)) as where:
        yield f"{where}/1"
