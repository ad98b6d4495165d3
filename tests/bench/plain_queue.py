"""A plain queue of Flask and SQLite, as one would write it in an afternoon: what a hand-over costs
at the least here. One row a request, the next number by the highest one so far."""

from __future__ import annotations

import os
import sqlite3

from flask import Flask, redirect, request
from werkzeug.wrappers import Response


def connection() -> sqlite3.Connection:
    found = sqlite3.connect(os.environ["PLAIN_QUEUE"], timeout=30)
    # As safe on the disk as ours.
    found.execute("PRAGMA journal_mode=WAL")
    found.execute("PRAGMA synchronous=FULL")
    return found


def app() -> Flask:
    made = Flask(__name__)
    with connection() as file:
        file.execute(
            "CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY, number INT, service)"
        )

    @made.post("/requests")
    def hand_over() -> Response:
        file = connection()
        try:
            (last,) = file.execute("SELECT coalesce(max(number), 0) FROM ticket").fetchone()
            with file:
                row = (last + 1, request.form["service"])
                added = file.execute("INSERT INTO ticket (number, service) VALUES (?, ?)", row)
        finally:
            file.close()
        return redirect(f"/tickets/{added.lastrowid}", 303)

    @made.get("/tickets/<int:ident>")
    def ticket(ident: int) -> str:
        file = connection()
        try:
            query = "SELECT number FROM ticket WHERE id = ?"
            (number,) = file.execute(query, (ident,)).fetchone()
        finally:
            file.close()
        return f"<!doctype html><title>Queue</title><h1>A{number:03d}</h1>"

    return made
