"""What the routes work with: one object, made in `create_app`, found through the current app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app

from kiosk.collected.collection import SealedCollection
from kiosk.content.loader import Content
from kiosk.health import Health
from kiosk.outgoing.takeaway import Outgoing
from kiosk.queue.people.signins import SignIns
from kiosk.queue.queue import Queue
from kiosk.senses.cells.tactiles import Tactiles
from kiosk.senses.speech.calling import Announcer
from kiosk.senses.speech.voices import Voices
from kiosk.settings import Settings
from kiosk.sign.presence import Presence
from kiosk.sign.signs import Signs
from kiosk.stations.admission import Admission
from kiosk.stations.stations import Stations
from kiosk.web.displays import Displays
from kiosk.web.live import Signal


@dataclass(frozen=True, slots=True)
class Wiring:
    settings: Settings
    content: Content
    queue: Queue
    stations: Stations
    admission: Admission
    voices: Voices
    collection: SealedCollection
    signs: Signs
    tactiles: Tactiles
    signal: Signal
    announcer: Announcer
    displays: Displays
    on_duty: Presence
    health: Health
    outgoing: Outgoing
    sign_ins: SignIns
    clock: Callable[[], datetime]
    close: Callable[[], None]


EXTENSION = "wuai"


def wiring() -> Wiring:
    """The current app's parts."""
    return cast(Wiring, current_app.extensions[EXTENSION])
