"""The voice on a page: the sound of each line, how far the page is, and its microphone."""

from __future__ import annotations

import numpy as np
from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue
from flask_sock import Sock
from simple_websocket import ConnectionClosed, Server

from kiosk.senses.speech.ears import Ear
from kiosk.senses.speech.mouths import PageMouth
from kiosk.web.admission import tab
from kiosk.web.customer.device import current_companion, current_place
from kiosk.web.customer.messages import VoiceAt
from kiosk.web.door import block, end_socket
from kiosk.web.openapi import operation
from kiosk.web.talk_socket import is_our_page
from kiosk.web.wiring import wiring
from voices.codec import LINE_BIT_RATE, LINE_EFFORT, encode
from voices.sound import Samples

voice = Blueprint("voice", __name__, url_prefix="/voice")
sock = Sock(voice)
#: A page sends 20 to 100 ms at a time (bytes).
LARGEST_BLOCK = 32_000


@voice.get("/<utterance>/<int:line>.opus")
@operation("The sound of one line", gives={200: None, 404: None}, mime="audio/ogg")
def line(utterance: str, line: int) -> Response:
    """One line of what the page has to say now, as it is to be heard."""
    mouth = _mouth()
    now = mouth.now if mouth else None
    if now is None or now.id != utterance or line >= len(now.spoken):
        abort(404)
    sound = encode(wiring().voices.sound(now, line), LINE_BIT_RATE, effort=LINE_EFFORT)
    return Response(sound, mimetype="audio/ogg")


@voice.post("/at")
@operation("Say how far the page has spoken", body=VoiceAt, gives={204: None})
def at(body: VoiceAt) -> ResponseReturnValue:
    """The page begins a line, or has said all of them (no `line`)."""
    mouth = _mouth()
    if mouth is not None and body.line is not None:
        mouth.at(body.id, body.line)
    elif mouth is not None:
        mouth.ended(body.id)
    return "", 204


@sock.route("/hear")  # type: ignore[untyped-decorator]
@operation(
    "The page's microphone",
    gives={101: None},
    details="A socket that takes blocks of samples: 16 kHz, one channel, 16 bits.",
)
def hear(socket: Server) -> None:
    """The page's microphone: 16 kHz mono 16-bit samples, as long as the page is open."""
    if not is_our_page() or wiring().settings.hearing in ("card", "off"):
        socket.close(reason=1008)
        return
    place, parts = current_place(), wiring()
    station = place.station
    if station.hears_by_itself:
        socket.close(reason=1008)
        return
    ear = Ear(station.companion, parts.voices.recognizers.of)
    held, admission = place.admitted.credential, parts.admission
    with admission.while_held(held, lambda: end_socket(socket)):
        closed = station.pages.hears(tab(), ear)
        try:
            while admission.is_held(held):
                heard = block(socket, LARGEST_BLOCK)
                if heard is not None and admission.is_held(held):
                    ear.feed(samples_of(heard))
        except ConnectionClosed:
            pass
        finally:
            closed()
            ear.close()


def samples_of(pcm: bytes) -> Samples:
    """16-bit samples as floats; half a sample at the end is left out."""
    whole = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2")
    return whole.astype(np.float32) / np.float32(32768)


def _mouth() -> PageMouth | None:
    mouth = current_companion().mouth
    return mouth if isinstance(mouth, PageMouth) else None
