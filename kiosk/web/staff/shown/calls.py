"""Calls for help, as every staff page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import url_for

from kiosk.content.words import Locale
from kiosk.queue.alarms import ESCALATE_AFTER, Alarm
from kiosk.web.staff.shown.buttons import Button, Clock
from kiosk.web.wiring import wiring

ALARM_ICONS: Mapping[str, str] = {
    "person": "front-hand",
    "emergency": "emergency",
    "officer": "sign-language",
}
#: The answers to an alarm, each until it was given.
ANSWERS = (("seen", "visibility"), ("coming", "directions-walk"), ("helped", "check-circle"))


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmModel:
    """A call for help. `level` rises while nobody has answered; `levels` says when (seconds).
    One that was `taken_back` asks for nothing any more."""

    id: str
    kind: str
    icon: str
    words: str
    exercise: bool
    age: Clock
    level: int
    levels: tuple[int, ...]
    waits: bool
    taken_back: bool
    answer: str
    ticket: str | None
    buttons: tuple[Button, ...]
    say: str


def alarm_models(words: Locale) -> tuple[AlarmModel, ...]:
    """Calls for help; those nobody has answered first, those taken back last, the oldest first."""
    parts = wiring()
    levels = {late.alarm.id: late.level for late in parts.queue.alarms.overdue()}
    models = [
        _alarm(alarm, levels.get(alarm.id, 0), words)
        for alarm in parts.queue.alarms.shown(parts.settings.branch)
    ]
    return tuple(sorted(models, key=lambda one: (one.taken_back, not one.waits)))


def _alarm(alarm: Alarm, level: int, words: Locale) -> AlarmModel:
    text = words.text
    said = text(f"alarm.{'over' if alarm.taken_back else 'kind'}.{alarm.kind}", kiosk=alarm.kiosk)
    given = {"seen": alarm.acknowledged_at, "coming": alarm.coming_at, "helped": None}
    # The button that fits best now stands out: first to say that it was seen, in the end helped.
    marks = () if alarm.taken_back else ANSWERS
    open_marks = [(mark, picture) for mark, picture in marks if given[mark] is None]
    return AlarmModel(
        id=alarm.id,
        kind=alarm.kind,
        icon=ALARM_ICONS[alarm.kind],
        words=said,
        exercise=alarm.exercise,
        age=Clock(alarm.raised_at, alarm.closed_at),
        level=level,
        levels=tuple(int(limit.total_seconds()) for limit in ESCALATE_AFTER),
        waits=alarm.acknowledged_at is None and not alarm.taken_back,
        taken_back=alarm.taken_back,
        answer=_answer(alarm, words),
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


def _answer(alarm: Alarm, words: Locale) -> str:
    if alarm.closed_at is not None:
        here = ZoneInfo(wiring().settings.timezone)
        at = f"{alarm.closed_at.astimezone(here):%H:%M}"
        return words.text("alarm.answer.taken_back", at=at)
    if alarm.coming_by is not None:
        return words.text("alarm.answer.coming", name=alarm.coming_by)
    if alarm.acknowledged_by is not None:
        return words.text("alarm.answer.seen", name=alarm.acknowledged_by)
    return words.text("alarm.answer.none")
