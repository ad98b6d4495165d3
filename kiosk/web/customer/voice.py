"""The voice on a page: the sound of each line, how far the page is, and its microphone."""

from __future__ import annotations

import io
import wave
from typing import Any

import numpy as np
from apiflask import APIBlueprint
from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from kiosk.voice.mouths import PageMouth
from kiosk.web.customer.device import current_companion
from kiosk.web.wiring import wiring
from voices.sound import Sound

voice = APIBlueprint("voice", __name__, url_prefix="/voice", enable_openapi=False)


@voice.get("/<utterance>/<int:line>.wav")
def line(utterance: str, line: int) -> Response:
    """One line of what the page has to say now, as it is to be heard."""
    mouth = _mouth()
    now = mouth.now if mouth else None
    if now is None or now.id != utterance or line >= len(now.spoken):
        abort(404)
    return Response(wav(wiring().voices.sound(now, line)), mimetype="audio/wav")


@voice.post("/at")
def at() -> ResponseReturnValue:
    """The page begins a line, or has said all of them (no `line`)."""
    body: Any = request.get_json(silent=True)
    if not isinstance(body, dict) or not isinstance(body.get("id"), str):
        return {"error": "send {id, line}"}, 400
    mouth = _mouth()
    if mouth is not None and isinstance(body.get("line"), int):
        mouth.at(body["id"], body["line"])
    elif mouth is not None:
        mouth.ended(body["id"])
    return "", 204


def _mouth() -> PageMouth | None:
    mouth = current_companion().mouth
    return mouth if isinstance(mouth, PageMouth) else None


def wav(sound: Sound) -> bytes:
    """16-bit PCM in a WAV file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes((np.clip(sound.samples, -1, 1) * 32767).astype("<i2").tobytes())
    return buffer.getvalue()
