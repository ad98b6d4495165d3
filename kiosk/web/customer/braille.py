"""Braille keys of a keyboard on the customer's page: down and up, as they happen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apiflask import APIBlueprint
from flask import jsonify, request
from flask.typing import ResponseReturnValue

from braille.chords import Key
from kiosk.web.customer.actions import live_page
from kiosk.web.customer.device import current_tactile
from kiosk.web.wiring import wiring

braille = APIBlueprint("braille", __name__, url_prefix="/do", enable_openapi=False)

#: More keys than hands press between two requests.
MOST_KEYS = 64


@braille.post("/braille")
def keys() -> ResponseReturnValue:
    """Keys by their physical code; answers with what has to change on the page."""
    body: Any = request.get_json(silent=True)
    found = keys_of(body, wiring().tactiles.keymap.dots)
    if found is None:
        return jsonify(error="send {fresh, keys: [{code, down, at}]}"), 400
    tactile = current_tactile()
    tactile.keys(found, fresh=bool(body.get("fresh")))
    return live_page(tactile.session)


def keys_of(body: Any, dots: Mapping[str, str]) -> list[Key] | None:
    """The braille keys in a request; those that this kiosk's map doesn't know are left out."""
    if not isinstance(body, dict) or not isinstance(body.get("keys"), list):
        return None
    found = []
    for one in body["keys"][:MOST_KEYS]:
        if not isinstance(one, dict) or not isinstance(one.get("at"), int | float):
            return None
        name = dots.get(str(one.get("code")))
        if name is not None:
            found.append(Key(name, one.get("down") is True, float(one["at"])))
    return found
