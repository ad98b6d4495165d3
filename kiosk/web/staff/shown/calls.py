"""Calls for help, as every staff page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import url_for

from kiosk.content.words import Locale
from kiosk.queue.alarm_kinds import AlarmKind, alarm_kinds, rank
from kiosk.queue.alarms import Alarm
from kiosk.web.staff.shown.buttons import Button, Clock
from kiosk.web.staff.shown.outsiders import Outsider, outsiders
from kiosk.web.staff.shown.pictures import service_name
from kiosk.web.wiring import wiring

ALARM_ICONS: Mapping[AlarmKind, str] = {
    "medical": "medical-services",
    "emergency": "emergency",
    "fraud_now": "gpp-maybe",
    "person": "front-hand",
    "companion": "directions-walk",
    "officer": "sign-language",
}
#: The answers to an alarm, each until it was given.
ANSWERS = (("seen", "visibility"), ("coming", "directions-walk"), ("helped", "check-circle"))


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmModel:
    """A call for help. `level` rises while nobody has answered, and `level_words` say so; `sound`
    is heard every `repeat` seconds as long. One that was `taken_back` asks for nothing any more.
    `answers` are who did what and when, `contacts` whom to call besides."""

    id: str
    kind: str
    icon: str
    words: str
    exercise: bool
    age: Clock
    level: int
    level_words: str
    sound: str
    repeat: int
    about: str
    waits: bool
    taken_back: bool
    answers: tuple[str, ...]
    contacts: tuple[Outsider, ...]
    ticket: str | None
    buttons: tuple[Button, ...]
    say: str


@dataclass(frozen=True, slots=True)
class Done:
    """A call for help that was answered to its end: what it was, and who did what and when."""

    id: str
    words: str
    answers: tuple[str, ...]


def alarm_models(words: Locale) -> tuple[AlarmModel, ...]:
    """Calls for help; those nobody has answered first, those taken back last; among them the most
    urgent kind first, then the oldest."""
    parts = wiring()
    levels = {late.alarm.id: late.level for late in parts.queue.alarms.overdue()}
    alarms = parts.queue.alarms.shown(parts.settings.branch)
    called = parts.queue.contacts.of_alarms([one.id for one in alarms])
    models = [
        (rank(one.kind), _alarm(one, levels.get(one.id, 0), words, outsiders(one, called, words)))
        for one in alarms
    ]
    models.sort(key=lambda one: (one[1].taken_back, not one[1].waits, one[0]))
    return tuple(model for _, model in models)


def done_models(words: Locale) -> tuple[Done, ...]:
    """Calls for help that were dealt with lately, the latest first."""
    parts = wiring()
    return tuple(
        Done(one.id, _kind(one, words), _answers(one, words))
        for one in parts.queue.alarms.answered(parts.settings.branch)
    )


def _kind(alarm: Alarm, words: Locale) -> str:
    said = "over" if alarm.taken_back else "kind"
    return words.text(f"alarm.{said}.{alarm.kind}", kiosk=alarm.kiosk)


def _alarm(alarm: Alarm, level: int, words: Locale, contacts: tuple[Outsider, ...]) -> AlarmModel:
    text, kind = words.text, alarm_kinds()[alarm.kind]
    said = _kind(alarm, words)
    given = {"seen": alarm.acknowledged_at, "coming": alarm.coming_at, "helped": None}
    # The button that fits best now stands out: first to say that it was seen, in the end helped.
    marks = () if alarm.taken_back else ANSWERS
    open_marks = [(mark, picture) for mark, picture in marks if given[mark] is None]
    reached = text(f"alarm.level.l{level}", n=kind.escalate[level - 1]) if level else ""
    about = service_name(alarm.about, words) if alarm.about else ""
    return AlarmModel(
        id=alarm.id,
        kind=alarm.kind,
        icon=ALARM_ICONS[alarm.kind],
        words=said,
        exercise=alarm.exercise,
        age=Clock(alarm.raised_at, alarm.closed_at),
        level=level,
        level_words=reached,
        sound=kind.tones,
        repeat=kind.repeat,
        about=text("alarm.about", service=about) if about else "",
        waits=alarm.acknowledged_at is None and not alarm.taken_back,
        taken_back=alarm.taken_back,
        answers=_answers(alarm, words),
        contacts=() if alarm.taken_back else contacts,
        ticket=alarm.ticket_id,
        buttons=tuple(
            Button(
                f"{mark}-{alarm.id}",
                picture,
                text(f"alarm.mark.{mark}"),
                url_for("staff_alarms.mark", alarm_id=alarm.id, mark=mark),
                said,
                at == 0,
            )
            for at, (mark, picture) in enumerate(open_marks)
        ),
        say=said,
    )


def _answers(alarm: Alarm, words: Locale) -> tuple[str, ...]:
    """Who answered, who came, who helped, each with its time; or that nobody has yet."""
    here = ZoneInfo(wiring().settings.timezone)
    steps = (
        ("seen", alarm.acknowledged_at, alarm.acknowledged_by),
        ("coming", alarm.coming_at, alarm.coming_by),
        ("helped", alarm.closed_at, alarm.closed_by),
        ("taken_back", alarm.closed_at if alarm.taken_back else None, ""),
    )
    found = [
        words.text(f"alarm.answer.{step}", at=f"{at.astimezone(here):%H:%M}", name=by)
        for step, at, by in steps
        # One press may say several things: the last of them is enough.
        if at is not None and by is not None and not _said_later(step, at, steps)
    ]
    return tuple(found) or (words.text("alarm.answer.none"),)


def _said_later(
    step: str, at: datetime, steps: tuple[tuple[str, datetime | None, str | None], ...]
) -> bool:
    names = [name for name, _, _ in steps]
    later = steps[names.index(step) + 1 :]
    return any(when == at and by is not None for _, when, by in later)
