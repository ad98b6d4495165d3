"""`create_app`: every part of the kiosk, put together in one place."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
import uuid_utils
from flask import Flask

from kiosk.content.loader import Content, load
from kiosk.queue.queue import Queue
from kiosk.queue.records.audit import Detail
from kiosk.queue.storage.crypto import FernetSealer, load_or_create_key
from kiosk.queue.storage.engine import open_database
from kiosk.resources import STATIC, TEMPLATES
from kiosk.senses.cells.display import open_display, open_tactiles
from kiosk.senses.speech.card import card_microphone, card_mouth, headphone_socket
from kiosk.senses.speech.hearing import open_recognizers
from kiosk.senses.speech.voices import Voices
from kiosk.session.around import Surroundings, elapsed
from kiosk.session.events import Headset, OfficerAway
from kiosk.session.idle import IdlePolicy
from kiosk.session.registry import Sessions
from kiosk.session.store import FileStore
from kiosk.session.switches import Switches
from kiosk.settings import Settings
from kiosk.sign.library import Library
from kiosk.sign.presence import Presence
from kiosk.sign.recordings import Recordings
from kiosk.sign.signs import Signs
from kiosk.sign.store import PackStore
from kiosk.sign.talks import Talks
from kiosk.web import api, customer, door, errors, lobby, pages, staff, studio
from kiosk.web.call_line import TalksLine
from kiosk.web.customer.signer import is_signed
from kiosk.web.desk import QueueDesk
from kiosk.web.live import Signal
from kiosk.web.security import init_security
from kiosk.web.wiring import EXTENSION, Wiring
from voices.speaking.live import EspeakEngine
from voices.speaking.pack import PACKS, packs

log = structlog.get_logger()

#: The renderers this version has.
SENSES = frozenset({"screen", "voice", "braille", "sign"})


def create_app(
    settings: Settings | None = None,
    *,
    clock: Callable[[], datetime] | None = None,
    content: Content | None = None,
) -> Flask:
    """The whole application. `clock` gives aware UTC times; tests pass their own. `content` is
    what was read already, else that of the settings is."""
    settings = settings or Settings()
    now = clock or (lambda: datetime.now(UTC))
    settings.make_folders()

    content = content or load(settings.content)
    sealer = FernetSealer(load_or_create_key(settings.key_file, settings.sealed))
    database = open_database(settings.database, busy_timeout_ms=settings.busy_timeout_ms)
    queue = Queue(database, sealer, clock=now, timezone=settings.timezone)
    signal = Signal()

    def changed(*_: object) -> None:
        """The world around the sessions changed: each looks again, and every open page with it."""
        sessions.refresh()
        signal.change()

    signs = open_signs(settings, queue, now, changed)
    feel = open_display(settings)
    around = Surroundings(
        content=content,
        desk=QueueDesk(queue, settings.branch),
        visits=FileStore(settings.data / "visits", sealer, durable=False),
        outbox=FileStore(settings.data / "outbox", sealer, durable=True),
        clock=now,
        new_id=lambda: str(uuid_utils.uuid7()),
        branch=settings.branch,
        timezone=ZoneInfo(settings.timezone),
        idle=IdlePolicy(settings.idle_warn_seconds, settings.idle_answer_seconds),
        senses=SENSES if settings.sound != "off" else SENSES - {"voice"},
        defaults=Switches(language=settings.language),
        demo=settings.demo,
        line=TalksLine(signs.talks),
        sign_language=settings.sign_language,
        signs=lambda prompt: is_signed(prompt, content, signs.library),
        missing=lambda: frozenset() if feel.cells else frozenset({"braille"}),
        elapsed=elapsed if clock is None else lambda: now().timestamp(),
    )
    sessions = Sessions(around, on_change=signal.change)
    database.on_commit(changed)

    def nobody_answered(device: str) -> None:
        found = sessions.find(device)
        if found is not None:
            around.errands.run(f"away:{device}", lambda: found.dispatch(OfficerAway()))

    signs.talks.on_away = nobody_answered
    signs.start()

    recognizers = open_recognizers(settings, content)
    voices = Voices(
        packs(PACKS, settings.voices), EspeakEngine(), content.words, signal.change, recognizers
    )
    voices.card = card_mouth(settings, voices)
    voices.microphone = card_microphone(settings, voices)

    tactiles = open_tactiles(settings, content, sessions, signal, feel)

    def plugged(plugged: bool) -> None:
        here = sessions.at(settings.kiosks[0])
        if here is not None:
            here.dispatch(Headset(plugged))

    jack = headphone_socket(settings, plugged)

    def close() -> None:
        signs.close()
        signal.close()
        if jack is not None:
            jack.close()
        tactiles.close()
        voices.close()
        database.close()

    app = Flask("kiosk", template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.extensions[EXTENSION] = Wiring(
        settings, content, queue, sessions, voices, signs, tactiles, signal, now, close
    )
    door.init_door(app)
    init_security(app, settings)
    pages.init_pages(app)
    errors.init_errors(app)
    for room in (customer, staff, studio, lobby, api):
        room.register(app)
    return app


def open_signs(
    settings: Settings,
    queue: Queue,
    now: Callable[[], datetime],
    on_change: Callable[[], None],
) -> Signs:
    """The sign room over the data folder, its doings in the audit trail."""

    def note(who: str, what: str, subject: str, details: Mapping[str, Detail]) -> None:
        queue.audit.note(who, what, subject, settings.branch, details)

    store = PackStore(settings.sign / "packs")
    library = Library(store, settings.sign_language, test_clips=settings.sign_test_clips)
    presence = Presence(now)
    return Signs(
        library,
        Recordings(library, settings.sign, note, now, on_change),
        presence,
        Talks(presence.here, note, now, on_change),
    )


def tick(parts: Wiring) -> None:
    """Sessions warn, wipe, and deliver what waits; calls ring on."""
    parts.sessions.tick()
    parts.signs.talks.tick(lambda device: visit_at(parts.sessions, device))


def visit_at(sessions: Sessions, device: str) -> str | None:
    """The visit that is on at a device now."""
    found = sessions.find(device)
    return found.visit_id if found is not None else None


def abandoned(parts: Wiring) -> None:
    """Visits that nobody comes back to are ended."""
    parts.sessions.end_abandoned()


def upkeep(parts: Wiring) -> None:
    """Lost claims go back to the queue; alarms nobody answered grow more urgent."""
    parts.queue.sweep()
    if parts.queue.alarms.overdue():
        parts.signal.change()


def forget(parts: Wiring) -> None:
    """What customers said is erased when its days are over."""
    parts.queue.retention.wipe(parts.clock() - timedelta(days=parts.settings.keep_days))


#: What happens because time passes, and every how many seconds.
DUTIES = ((1, tick), (15, upkeep), (60, abandoned), (24 * 3600, forget))


class Ticker:
    """Lets time pass, a second at a time, until stopped."""

    def __init__(self, parts: Wiring) -> None:
        self._parts = parts
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticker", daemon=True)

    def start(self) -> None:
        self._do(abandoned)
        self._parts.tactiles.start()
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        for second in itertools.count(1):
            if self._stop.wait(1):
                return
            for every, duty in DUTIES:
                if second % every == 0:
                    self._do(duty)

    def _do(self, duty: Callable[[Wiring], None]) -> None:
        try:
            duty(self._parts)
        except Exception:
            # Time must go on: a full disk now is no reason to never wipe a screen again.
            log.exception("ticker.failed", duty=duty.__name__)
