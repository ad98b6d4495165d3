"""What the templates of the lists show: rows and alarms, in words and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from kiosk.content.words import Locale
from kiosk.queue.alarms import ESCALATE_AFTER, Alarm
from kiosk.queue.people.permissions import may
from kiosk.queue.records.reports import PROMISE
from kiosk.queue.tickets.views import StaffRef, TicketRow
from kiosk.sign.talk import belongs_to_other
from kiosk.web.staff.steps import Step, offered
from kiosk.web.wiring import wiring

Say = Callable[..., str]

#: How to talk with somebody, by what they chose: the picture beside the words.
WAY_ICONS: Mapping[str, str] = {
    "sign": "sign-language",
    "voice": "hearing",
    "braille": "drag-indicator",
    "large_text": "format-size",
    "writing": "edit-note",
    "slow_speech": "record-voice-over",
    "companion": "directions-walk",
    "language": "translate",
}
#: What staff must know at once; the first three are shown as urgent.
FLAG_ICONS: Mapping[str, str] = {
    "emergency": "emergency",
    "possible_fraud": "gpp-maybe",
    "urgent": "priority-high",
    "sign_officer_wanted": "sign-language",
    "exercise": "school",
    "demo": "science",
}
URGENT_FLAGS = frozenset({"emergency", "possible_fraud", "urgent"})
ALARM_ICONS: Mapping[str, str] = {
    "person": "front-hand",
    "emergency": "emergency",
    "officer": "sign-language",
}
#: The answers to an alarm, each until it was given.
MARKS = (("seen", "visibility"), ("coming", "directions-walk"), ("helped", "check-circle"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A picture with its words."""

    icon: str
    words: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: where it posts to, and what it is called for those who hear it."""

    id: str
    icon: str
    words: str
    address: str
    about: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """Time that runs from `since`, or stands at `until`; `limit` seconds is a promise."""

    since: datetime
    until: datetime | None = None
    limit: float | None = None

    def seconds(self, now: datetime) -> int:
        return max(0, int(((self.until or now) - self.since).total_seconds()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One ticket of a list. `say` is how its coming is announced."""

    id: str
    number: str
    address: str | None
    ways: tuple[Mark, ...]
    services: tuple[str, ...]
    reasons: str
    flags: tuple[Mark, ...]
    state: str
    state_words: str
    holder: str | None
    waits_for: str | None
    wait: Clock
    response: Clock
    no_shows: int
    buttons: tuple[Button, ...]
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmModel:
    """A call for help. `level` rises while nobody has answered; `levels` says when (seconds)."""

    id: str
    icon: str
    words: str
    exercise: bool
    age: Clock
    level: int
    levels: tuple[int, ...]
    waits: bool
    answer: str
    ticket: str | None
    buttons: tuple[Button, ...]
    say: str


@dataclass(frozen=True, slots=True)
class Board:
    """The console's lists. `mine` comes in the order of priority like the others."""

    first: Row | None
    rest: tuple[Row, ...]
    mine: tuple[Row, ...]
    others: tuple[Row, ...]
    held: tuple[Row, ...]

    @property
    def waiting(self) -> int:
        return len(self.rest) + (self.first is not None)


def way(name: str, words: Locale) -> Mark:
    return Mark(WAY_ICONS[name], words.text(f"staff.way.by_{name}"))


def sign_first(presets: Iterable[str]) -> list[str]:
    """Sign before all else: whoever greets this customer must know it first."""
    return sorted(presets, key=lambda one: one != "sign")


def tongue(language: str, words: Locale) -> Mark:
    """Which language to speak; a tag without words of its own is shown as it is."""
    key = f"staff.speaks.{language}"
    return Mark(WAY_ICONS["language"], words.text(key) if words.has(key) else language)


def flag(name: str, words: Locale) -> Mark:
    return Mark(FLAG_ICONS[name], words.text(f"staff.flag.{name}"), name in URGENT_FLAGS)


def service_name(service: str, words: Locale) -> str:
    """The official term, for staff."""
    key = f"{service}.official"
    return words.text(key) if words.has(key) else service


def button(step: Step, row: TicketRow, words: Locale, *, main: bool, back: bool) -> Button:
    where: dict[str, Any] = {"back": "console"} if back else {}
    return Button(
        f"{step.id}-{row.id}",
        step.icon,
        words.text(f"staff.step.{step.id}"),
        url_for("staff_actions.act", ticket_id=row.id, step=step.id, **where),
        row.number,
        main,
    )


def row_model(row: TicketRow, staff: StaffRef, words: Locale) -> Row:
    text = words.text
    quick = [step for step in offered(row, staff) if step.kind == "button"]
    ways = (*(way(one, words) for one in sign_first(row.presets)), tongue(row.language, words))
    services = tuple(service_name(one, words) for one in row.services)
    flags = tuple(flag(one, words) for one in FLAG_ICONS if one in row.flags)
    heard = text("staff.list.comma").join([*(one.words for one in ways), *services])
    return Row(
        id=row.id,
        number=row.number,
        address=url_for("staff_ticket.show", ticket_id=row.id) if may(staff.role, "view") else None,
        ways=ways,
        services=services,
        reasons=text("staff.list.comma").join(
            text(f"staff.reason.for_{one}") for one in row.reasons
        ),
        flags=flags,
        state=row.state,
        state_words=text(f"staff.state.{row.state}"),
        holder=_holder(row, words),
        waits_for=_waits_for(row, staff, words),
        wait=Clock(row.created_at),
        response=Clock(row.created_at, row.first_response_at, PROMISE),
        no_shows=row.no_shows,
        buttons=tuple(
            button(step, row, words, main=at == 0, back=step.id not in ("claim", "resume"))
            for at, step in enumerate(quick)
        ),
        say=text("staff.live.new", number=row.number, about=heard),
    )


def _holder(row: TicketRow, words: Locale) -> str | None:
    if row.owner_name is None:
        return None
    if row.counter is None:
        return row.owner_name
    return words.text("staff.row.holder", name=row.owner_name, counter=row.counter)


def _waits_for(row: TicketRow, staff: StaffRef, words: Locale) -> str | None:
    """To whom a waiting ticket was passed on."""
    if row.for_staff is not None:
        me = row.for_staff == staff.id
        return words.text(
            "staff.row.for_me" if me else "staff.row.for", name=row.for_staff_name or ""
        )
    if row.for_role is not None:
        return words.text("staff.row.for", name=words.text(f"staff.role.{row.for_role}"))
    return None


def board(staff: StaffRef, model: Callable[[TicketRow], Row]) -> Board:
    """All that is open, the next one first; `model` makes a row of a ticket."""
    parts = wiring()
    tickets = parts.queue.open_tickets(parts.settings.branch)

    def rows(fits: Callable[[TicketRow], bool]) -> tuple[Row, ...]:
        return tuple(model(row) for row in tickets if fits(row))

    waiting = rows(lambda row: row.state == "waiting")
    # First is whom this colleague would get; what was passed on to others waits for them.
    first = next((row for row in waiting if row.buttons), None)
    return Board(
        first,
        tuple(row for row in waiting if row is not first),
        rows(lambda row: row.state != "waiting" and row.owner_id == staff.id),
        rows(lambda row: row.state not in ("waiting", "held") and row.owner_id != staff.id),
        rows(lambda row: row.state == "held" and row.owner_id != staff.id),
    )


def alarm_models(words: Locale) -> tuple[AlarmModel, ...]:
    """Open calls for help; those nobody has answered first, the oldest first."""
    parts = wiring()
    levels = {late.alarm.id: late.level for late in parts.queue.alarms.overdue()}
    models = [
        _alarm(alarm, levels.get(alarm.id, 0), words)
        for alarm in parts.queue.alarms.open(parts.settings.branch)
    ]
    return tuple(sorted(models, key=lambda one: not one.waits))


def _alarm(alarm: Alarm, level: int, words: Locale) -> AlarmModel:
    text = words.text
    said = text(f"alarm.kind.{alarm.kind}", kiosk=alarm.kiosk)
    given = {"seen": alarm.acknowledged_at, "coming": alarm.coming_at, "helped": None}
    # The button that fits best now stands out: first to say that it was seen, in the end helped.
    open_marks = [(mark, picture) for mark, picture in MARKS if given[mark] is None]
    return AlarmModel(
        id=alarm.id,
        icon=ALARM_ICONS[alarm.kind],
        words=said,
        exercise=alarm.exercise,
        age=Clock(alarm.raised_at),
        level=level,
        levels=tuple(int(limit.total_seconds()) for limit in ESCALATE_AFTER),
        waits=alarm.acknowledged_at is None,
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
    if alarm.coming_by is not None:
        return words.text("alarm.answer.coming", name=alarm.coming_by)
    if alarm.acknowledged_by is not None:
        return words.text("alarm.answer.seen", name=alarm.acknowledged_by)
    return words.text("alarm.answer.none")


@dataclass(frozen=True, slots=True)
class TalkModel:
    """A conversation a colleague should know of: a call that rings here, or something written."""

    id: str
    rings: bool
    unread: int
    words: str
    last: str


def talk_models(words: Locale, staff: StaffRef) -> tuple[TalkModel, ...]:
    """Those that ring first."""
    if not may(staff.role, "talk"):
        return ()
    models = []
    for talk in wiring().signs.talks.open():
        call = talk.call
        if belongs_to_other(talk, staff.id):
            continue
        rings = call is not None and call.state == "ringing" and staff.id in call.rings
        officer = call.staff if call is not None and call.state == "connected" else None
        mine = officer is not None and officer.id == staff.id
        if rings or talk.lines or mine:
            said = words.text(f"staff.talk.{'rings' if rings else 'written'}", kiosk=talk.kiosk)
            last = talk.lines[-1].text if talk.lines and not rings else ""
            models.append(TalkModel(talk.id, rings, talk.unread, said, last))
    return tuple(sorted(models, key=lambda one: not one.rings))


def watch(words: Locale, staff: StaffRef, waiting: int | None = None) -> dict[str, Any]:
    """What every page keeps an eye on: calls for help and from customers, and how many wait
    (`waiting`, where they are counted already)."""
    parts = wiring()
    alarms, talks = alarm_models(words), talk_models(words, staff)
    return {
        "alarms": alarms,
        "talks": talks,
        "calls": sum(one.waits for one in alarms) + sum(one.rings for one in talks),
        "waiting": len(parts.queue.waiting(parts.settings.branch)) if waiting is None else waiting,
    }


def names(people: Iterable[Any]) -> dict[str, str]:
    """Colleagues' names by the id the audit trail keeps."""
    return {one.id: one.name for one in people}
