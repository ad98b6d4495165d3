"""The voice on a page: the sound of each line, how far the page is, and its microphone."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field

import numpy as np
from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from kiosk.senses.speech.ears import Ear
from kiosk.senses.speech.mouths import PageMouth
from kiosk.web.admission import Here, tab
from kiosk.web.customer.device import current_companion, current_place
from kiosk.web.customer.messages import VoiceAt
from kiosk.web.door import block
from kiosk.web.handing import Line, socket
from kiosk.web.openapi import operation
from kiosk.web.talk_socket import is_our_page
from kiosk.web.wiring import wiring
from voices.codec import LINE_BIT_RATE, LINE_EFFORT, encode
from voices.sound import Samples

voice = Blueprint("voice", __name__, url_prefix="/voice")
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


@voice.get("/hear", websocket=True)
@operation(
    "The page's microphone",
    gives={101: None},
    details="A socket that takes blocks of samples: 16 kHz, one channel, 16 bits.",
)
def hear() -> Response:
    """The page's microphone: 16 kHz mono 16-bit samples, as long as the page is open."""
    place = current_place()
    off = wiring().settings.hearing in ("card", "off") or place.station.hears_by_itself
    if off or not is_our_page():
        abort(403)
    return socket(Microphone(place, tab()), f"station {place.station.name}")


@dataclass(slots=True, eq=False)
class Microphone:
    """Implements `kiosk.web.handing.Talker`: what a page's microphone picks up goes to an ear."""

    place: Here
    tab: str
    _ear: Ear | None = None
    _open: ExitStack = field(default_factory=ExitStack)

    def opened(self, line: Line) -> None:
        station, admission = self.place.station, wiring().admission
        self._ear = Ear(station.companion, wiring().voices.recognizers.of)
        self._open.callback(self._ear.close)
        held = self.place.admitted.credential
        self._open.enter_context(admission.while_held(held, line.end))
        self._open.callback(station.pages.hears(self.tab, self._ear))

    def received(self, raw: str | bytes) -> None:
        heard = block(raw, LARGEST_BLOCK)
        if heard is not None and self._ear is not None and self.place.may_stay:
            self._ear.feed(samples_of(heard))

    def beat(self) -> None:
        """A microphone that says nothing is muted, not gone."""

    def closed(self) -> None:
        self._open.close()


def samples_of(pcm: bytes) -> Samples:
    """16-bit samples as floats; half a sample at the end is left out."""
    whole = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2")
    return whole.astype(np.float32) / np.float32(32768)


def _mouth() -> PageMouth | None:
    mouth = current_companion().mouth
    return mouth if isinstance(mouth, PageMouth) else None
