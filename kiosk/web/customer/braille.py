"""Braille keys of a keyboard on the customer's page: down and up, as they happen."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint
from flask.typing import ResponseReturnValue

from braille.chords import Key
from kiosk.web.customer.actions import live_page
from kiosk.web.customer.device import current_tactile
from kiosk.web.customer.messages import BrailleKeys, LivePage
from kiosk.web.openapi import operation
from kiosk.web.wiring import wiring

braille = Blueprint("braille", __name__, url_prefix="/do")


@braille.post("/braille")
@operation("Press braille keys", body=BrailleKeys, gives={200: LivePage})
def keys(body: BrailleKeys) -> ResponseReturnValue:
    """Keys by their physical code; answers with what has to change on the page."""
    found = keys_of(body, wiring().tactiles.keymap.dots)
    tactile = current_tactile()
    tactile.keys(found, fresh=body.fresh)
    return live_page(tactile.session)


def keys_of(body: BrailleKeys, dots: Mapping[str, str]) -> list[Key]:
    """The braille keys in a message; those that this kiosk's map doesn't know are left out."""
    return [Key(dots[one.code], one.down, one.at) for one in body.keys if one.code in dots]
