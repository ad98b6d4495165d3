"""Which screens are kiosks, and what became of the code that was typed last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kiosk.content.words import Locale
from kiosk.stations.codes import LENGTH, grouped
from kiosk.stations.credentials import Credential
from kiosk.web.staff.shown.pictures import names
from kiosk.web.wiring import wiring

Local = Callable[[datetime], datetime]

#: So many letters of a credential's id tell it from the others.
ID_SHOWN = 6


@dataclass(frozen=True, slots=True)
class ScreenModel:
    """One admission: its credential's id, how it came about, when it was made and last seen."""

    id: str
    name: str
    how: str
    made: str
    seen: str


@dataclass(frozen=True, slots=True)
class StationModel:
    """One kiosk: its pages that are open now, and the screens admitted to be it."""

    name: str
    has_devices: bool
    open: bool
    screens: tuple[ScreenModel, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a code: it waits for its screen, was taken, or lapsed."""

    state: Literal["waits", "taken", "lapsed"]
    words: str


@dataclass(frozen=True, slots=True)
class Screens:
    """All there are; `code` was typed last, to be `kiosk` (both empty: none was)."""

    code: str
    kiosk: str
    told: Told | None
    stations: tuple[StationModel, ...]


def screens(code: str, kiosk: str, words: Locale, local: Local) -> Screens:
    parts = wiring()
    who, listed = names(parts.queue.staff.list()), parts.admission.list()
    return Screens(
        code,
        kiosk,
        _told(code, kiosk, words) if len(code) == LENGTH else None,
        tuple(
            StationModel(
                one.name,
                one is parts.stations.first,
                one.pages.count > 0,
                tuple(
                    _screen(found, who.get(found.by, found.by), words, local)
                    for found in listed
                    if found.kiosk == one.name
                ),
            )
            for one in parts.stations
        ),
    )


def _told(code: str, kiosk: str, words: Locale) -> Told:
    typed = wiring().admission.codes.typed(code)
    state: Literal["waits", "taken", "lapsed"] = (
        "lapsed" if typed is None else "taken" if typed.taken else "waits"
    )
    said = words.text(f"staff.stations.{state}", code=grouped(code), kiosk=kiosk)
    return Told(state, said)


def _screen(found: Credential, by: str, words: Locale, local: Local) -> ScreenModel:
    def when(key: str, at: datetime | None) -> str:
        if at is None:
            return words.text("staff.stations.never")
        return words.text(f"staff.stations.{key}", date=f"{local(at):%Y-%m-%d %H:%M}")

    return ScreenModel(
        found.id,
        words.text("staff.stations.name", id=found.id[:ID_SHOWN].upper()),
        words.text(f"staff.stations.how.{found.how}", by=by),
        when("made", found.made_at),
        when("seen", found.seen_at),
    )
