"""What every staff page keeps an eye on: calls for help, conversations, how many wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from kiosk.content.words import Locale
from kiosk.queue.people.permissions import may
from kiosk.queue.tickets.views import StaffRef
from kiosk.sign.call import Call
from kiosk.sign.talk import belongs_to_other
from kiosk.web.staff.shown.calls import AlarmModel, Done, alarm_models, done_models
from kiosk.web.wiring import wiring


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
        rings = call is not None and call.live and staff.id in call.rings
        mine = call is not None and call.state == "connected"
        if rings or talk.lines or mine:
            said = words.text(_said(call, rings), kiosk=talk.kiosk, name=_officer(call))
            last = talk.lines[-1].text if talk.lines and not rings else ""
            models.append(TalkModel(talk.id, rings, talk.unread, said, last))
    return tuple(sorted(models, key=lambda one: not one.rings))


def _said(call: Call | None, rings: bool) -> str:
    if rings and _officer(call):
        return "staff.talk.asked"
    return "staff.talk.rings" if rings else "staff.talk.written"


def _officer(call: Call | None) -> str:
    """Who took the call; empty while nobody has."""
    took = call is not None and call.state == "connected" and call.staff
    return took.name if took else ""


class Watched(TypedDict):
    """`calls` is how many want an answer now, `waiting` how many tickets wait."""

    alarms: tuple[AlarmModel, ...]
    #: Calls for help that were dealt with lately.
    done: tuple[Done, ...]
    talks: tuple[TalkModel, ...]
    calls: int
    waiting: int


def watch(words: Locale, staff: StaffRef, waiting: int | None = None) -> Watched:
    """What every page keeps an eye on: calls for help and from customers, and how many wait
    (`waiting`, where they are counted already)."""
    alarms, talks = alarm_models(words), talk_models(words, staff)
    return {
        "alarms": alarms,
        "done": done_models(words),
        "talks": talks,
        "calls": sum(one.waits for one in alarms) + sum(one.rings for one in talks),
        "waiting": _waiting() if waiting is None else waiting,
    }


def _waiting() -> int:
    return wiring().queue.states(wiring().settings.branch).get("waiting", 0)
