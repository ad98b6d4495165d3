"""`create_app`: every part of the kiosk, put together in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import uuid_utils
from flask import Flask

from kiosk.collected.collection import SealedCollection
from kiosk.collected.folder import Folder
from kiosk.content.loader import Content, load
from kiosk.health import Health
from kiosk.outgoing.opening import Around, open_outgoing, open_pager
from kiosk.outgoing.takeaway import Elsewhere
from kiosk.queue.people.signins import FileSignIns
from kiosk.queue.queue import Queue
from kiosk.queue.records.audit import Detail
from kiosk.queue.storage.crypto import FernetSealer, load_or_create_key
from kiosk.queue.storage.engine import open_database
from kiosk.resources import STATIC, TEMPLATES
from kiosk.senses.cells.display import open_display, open_tactiles
from kiosk.senses.cells.render import Feel
from kiosk.senses.speech.calling import Announcer
from kiosk.senses.speech.hearing import open_recognizers
from kiosk.senses.speech.voices import Voices
from kiosk.session.around import Surroundings, elapsed
from kiosk.session.idle import IdlePolicy
from kiosk.session.numbers import CallBy
from kiosk.session.store import FileStore
from kiosk.session.switches import Switches
from kiosk.settings import Settings
from kiosk.sign.library import Library
from kiosk.sign.presence import Presence
from kiosk.sign.recordings import Recordings
from kiosk.sign.signs import Signs
from kiosk.sign.store import PackStore
from kiosk.sign.talks import Talks
from kiosk.stations.admission import Admission
from kiosk.stations.codes import Codes
from kiosk.stations.credentials import FileCredentials
from kiosk.stations.devices import Devices, NoDevices, ThisMachine
from kiosk.stations.openings import Openings
from kiosk.stations.station import Station
from kiosk.stations.stations import Stations
from kiosk.web import admission, api, customer, door, errors, hosts, lobby, pages, staff, studio
from kiosk.web.buzzing import Buzzer
from kiosk.web.call_line import TalksLine
from kiosk.web.calls import Calls
from kiosk.web.customer.signer import is_signed
from kiosk.web.desk import QueueDesk
from kiosk.web.displays import Displays
from kiosk.web.live import Signal
from kiosk.web.security import init_security
from kiosk.web.texting import CallTexts
from kiosk.web.wiring import EXTENSION, Wiring
from voices.speaking.kokoro import open_renderer
from voices.speaking.live import EspeakEngine
from voices.speaking.pack import PACKS, packs

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
    ticks = elapsed if clock is None else lambda: now().timestamp()
    queue = Queue(database, sealer, clock=now, timezone=settings.timezone, ticks=ticks)
    signal = Signal()

    def changed(*_: object) -> None:
        """The world around the sessions changed: each looks again, and every open page with it."""
        stations.refresh()
        signal.change()

    signs = open_signs(settings, queue, now, changed)
    zone = ZoneInfo(settings.timezone)
    seconds = elapsed if clock is None else lambda: now().timestamp()
    collection = SealedCollection(
        Folder(settings.speech, sealer),
        lambda: now().astimezone(zone).date(),
        lambda language: settings.collect_speech and voices.hears(language),
        days=settings.collect_days,
        most=settings.collect_most,
    )
    around = Surroundings(
        content=content,
        desk=QueueDesk(
            queue,
            settings.branch,
            keep_days=settings.keep_days,
            timezone=zone,
            elapsed=seconds,
        ),
        visits=FileStore(settings.visits, sealer, durable=False),
        outbox=FileStore(settings.outbox, sealer, durable=True),
        clock=now,
        new_id=lambda: str(uuid_utils.uuid7()),
        branch=settings.branch,
        timezone=zone,
        idle=IdlePolicy(
            settings.idle_warn_seconds,
            settings.idle_answer_seconds,
            settings.wait_here_minutes * 60,
        ),
        senses=SENSES if settings.sound != "off" else SENSES - {"voice"},
        defaults=Switches(language=settings.language),
        demo=settings.demo,
        line=TalksLine(signs.talks),
        sign_language=settings.sign_language,
        collection=collection,
        tones=lambda language: voices.tones(language),
        signs=lambda prompt: is_signed(prompt, content, signs.library),
        attended=lambda: content.hours.is_open(now(), zone) or bool(signs.presence.here()),
        elapsed=ticks,
        keep_days=settings.keep_days,
        calls=ways_to_call(settings),
        needed=lambda kiosk: is_needed(settings, stations, kiosk),
    )

    recognizers = open_recognizers(settings, content)
    recorded = packs(PACKS, settings.voices)
    voices = Voices(
        recorded,
        EspeakEngine(),
        content.words,
        signal.change,
        recognizers,
        open_renderer(recorded),
        collection,
    )
    tactiles = open_tactiles(settings, content, signal.change)
    outgoing = open_outgoing(
        settings,
        Around(
            settings.branch_name,
            content.words,
            lambda language: tactiles.script(language, Feel()),
            now,
            changed,
        ),
        lambda: FileStore(settings.texts, sealer, durable=True),
    )
    pager = open_pager(settings, now)
    buzzer = Buzzer(pager, queue, settings.branch) if pager is not None else None
    reaches: list[Calls] = [] if buzzer is None else [buzzer]
    if outgoing.texts is not None:
        name = settings.branch_name
        reaches.append(CallTexts(outgoing.texts, queue, settings.branch, name, content.words))

    # What is plugged into this machine is the first kiosk's.
    devices_of: dict[str, Devices] = {name: NoDevices() for name in settings.kiosks}
    devices_of[settings.kiosks[0]] = ThisMachine(settings, voices, open_display(settings))
    stations = Stations(
        [
            Station(
                name,
                replace(
                    around,
                    takeaway=outgoing if name == settings.kiosks[0] else Elsewhere(outgoing),
                ),
                voices,
                tactiles,
                signal.change,
                devices,
            )
            for name, devices in devices_of.items()
        ],
        around,
    )
    # From here on the world may change: whoever says so finds the stations.
    database.on_commit(changed)
    for reach in reaches:
        database.on_commit(reach.look)
    signs.start()
    openings = Openings(settings.openings)
    openings.clear()
    admitted = Admission(
        settings.kiosks,
        FileCredentials(settings.stations_file),
        openings,
        Codes(),
        now,
        signal.change,
    )

    def close() -> None:
        signs.close()
        signal.close()
        stations.close()
        for reach in reaches:
            reach.close()
        outgoing.close()
        tactiles.close()
        voices.close()
        collection.close()
        database.close()

    app = Flask("kiosk", template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.extensions[EXTENSION] = Wiring(
        settings,
        content,
        queue,
        stations,
        admitted,
        voices,
        collection,
        signs,
        tactiles,
        signal,
        Announcer(voices, content.words),
        Displays(signal.change),
        Presence(now, signal.change, grace=timedelta(0)),
        Health(settings, queue, stations, now, outgoing, buzzer),
        outgoing,
        FileSignIns(settings.sign_ins_file, ticks),
        now,
        close,
    )
    door.init_door(app, settings.data)
    hosts.init_hosts(app, settings)
    admission.init_admission(app, settings)
    init_security(app, settings)
    pages.init_pages(app)
    errors.init_errors(app)
    for room in (customer, staff, studio, lobby, api):
        room.register(app)
    return app


def ways_to_call(settings: Settings) -> tuple[CallBy, ...]:
    """How customers can be called with these settings."""
    offered: dict[CallBy, bool] = {
        "voice": settings.call_aloud,
        "screen": True,
        "fetch": True,
        "message": settings.messenger != "none",
    }
    return tuple(way for way, there in offered.items() if there)


def is_needed(settings: Settings, stations: Stations, kiosk: str) -> bool:
    """Whether somebody else may need this kiosk, so that nobody waits at it for long."""
    if settings.wait_here_more == "free":
        return not stations.has_free(but=kiosk)
    return settings.wait_here_more == "never"


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
