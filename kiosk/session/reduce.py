"""The session's pure core: a state and an event make a state.

What an event does outside (calling help, handing over) is done by `kiosk.session.session`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kiosk.flow import told
from kiosk.flow import visit as visits
from kiosk.flow.events import Back, Choose, Draft, OpenMenu, Request
from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Text
from kiosk.session import booking, finding, own, takes
from kiosk.session.events import (
    AlarmStands,
    AnyEvent,
    AskSurvey,
    Beneath,
    CallHelp,
    Close,
    End,
    Fetch,
    HangUp,
    Headset,
    KeepSpeech,
    LookAfter,
    Mistyped,
    NoHelp,
    OfficerAway,
    Open,
    Press,
    Put,
    Rate,
    Retry,
    Ring,
    Start,
    Stay,
    Submit,
    TakeSheet,
    TakeText,
    Tell,
    Touch,
)
from kiosk.session.informing import informed
from kiosk.session.keeping import asked, kept
from kiosk.session.press import press
from kiosk.session.screens import World, current_prompt, events_for, hours, take_text
from kiosk.session.state import UNTOLD, State
from kiosk.session.switches import PRESETS, SwitchError, Switches, put, start_with


def simple_events(
    state: State, event: AnyEvent, world: World, prompt: Prompt
) -> tuple[State, tuple[AnyEvent, ...]]:
    """The event in its simplest parts: keys and forms become what they stand for on `prompt`.

    The state comes back changed only in its surface (cursor, notice, key tutor).
    """
    if isinstance(event, Press):
        pressed = press(state, event.key, prompt)
        surface = pressed.state or state
        parts = [simple_events(surface, inner, world, prompt)[1] for inner in pressed.events]
        return surface, tuple(part for group in parts for part in group)
    if isinstance(event, Submit):
        return state, events_for(state, prompt, event.step, event.value)
    return state, (event,)


def reduce(state: State, event: AnyEvent, world: World) -> State:
    """The state after one simple event. What doesn't fit changes nothing."""
    handler = HANDLERS.get(type(event), _flow)
    return informed(asked(handler(state, event, world), world), world)


def _flow(state: State, event: Any, world: World) -> State:
    """An event of the flow. It counts only where the visit itself is on the screen."""
    if state.place != "visit" or state.overlay is not None or not _is_offered(state, event, world):
        return state
    visit = visits.apply(state.visit, event, world.courses(state.switches))
    if visit == state.visit:
        return state
    confirms = len(visit.confirmed) > len(state.visit.confirmed)
    read_back = (*state.read_back, state.switches) if confirms else state.read_back
    return replace(state, visit=visit, read_back=read_back, cursor=-1, notice=None)


def _request(state: State, event: Request, world: World) -> State:
    """What was taken from a sentence is told in every sense, on the question that is left."""
    moved = _flow(state, event, world)
    task = moved.visit.task
    if moved is state or task is None:
        return moved
    course = world.courses(moved.switches).of(task.service)
    return replace(moved, notice=told.noted(task, course))


def _drafted(state: State, event: Draft, world: World) -> State:
    """What is typed goes to the page that is seen: of a telephone, of a number, or of a step."""
    if state.overlay == take_text.NAME:
        return takes.drafted(state, event) if event.step == take_text.NAME else state
    here = current_prompt(state, world).step if state.lookup is not None else None
    return finding.drafted(state, event.text) if event.step == here else _flow(state, event, world)


def _back(state: State, event: Back, world: World) -> State:
    return finding.back(state) if state.place == "number" else _flow(state, event, world)


def _is_offered(state: State, event: Any, world: World) -> bool:
    """Whether what an event asks for is taken now, and has words in the customer's language."""
    language = state.switches.language
    if isinstance(event, (Choose, Request)):
        known = event.service in world.catalog.services
        return known and world.takes(event.service) and world.covered(event.service, language)
    if isinstance(event, OpenMenu) and event.group is not None:
        return any(group.id == event.group for group in world.groups(language))
    return True


def _start(state: State, event: Start, world: World) -> State:
    if event.preset not in PRESETS or state.place not in ("attract", "visit"):
        return state
    sense = PRESETS[event.preset].sense
    presets = (*(p for p in state.presets if p != event.preset), event.preset)
    return settled(
        replace(
            state,
            place="visit",
            switches=_started(event.preset, state.switches, world),
            presets=presets,
            outside=state.outside or (state.place == "attract" and world.closed),
            overlay=None,
            cursor=-1,
            notice=None if sense in world.senses else Text(f"notice.missing.{sense}"),
        ),
        world,
    )


def _started(preset: str, switches: Switches, world: World) -> Switches:
    """A preset's switches; a sense that only accompanies it stays off where there is none."""
    found = start_with(preset, switches)
    if PRESETS[preset].sense != "voice" and "voice" not in world.senses:
        return replace(found, voice=switches.voice)
    return found


def _open(state: State, event: Open, world: World) -> State:
    return replace(state, overlay=event.overlay, cursor=-1, notice=None, tutor_key=None)


def _close(state: State, event: Any, world: World) -> State:
    if state.overlay is None:
        return state
    return replace(state, overlay=None, cursor=-1, notice=None, tutor_key=None)


def _put(state: State, event: Put, world: World) -> State:
    try:
        switches = put(state.switches, event.name, event.value, world.languages)
    except SwitchError:
        return state
    if event.name == "language" and event.value not in world.languages_for(state.visit):
        # Half of the visit would be in another language.
        return replace(state, notice=Text("notice.language_stays"))
    return settled(replace(state, switches=switches, notice=_told(event, world)), world)


def _told(event: Put, world: World) -> Text | None:
    """A mode that is switched is announced in those that remain."""
    senses = {preset.sense for preset in PRESETS.values()} - {"screen"}
    if event.name not in senses | {"aloud"}:
        return None
    if event.value == "on" and event.name in senses - world.senses:
        return Text(f"notice.missing.{event.name}")
    return Text(f"notice.{event.value}.{event.name}")


def _help_called(state: State, event: Any, world: World) -> State:
    return replace(state, overlay="person", cursor=-1, notice=None)


def _rung(state: State, event: Any, world: World) -> State:
    return replace(state, overlay="call", cursor=-1, notice=None)


def _officer_away(state: State, event: OfficerAway, world: World) -> State:
    return replace(state, officer_wanted=True)


def _beneath(state: State, event: Beneath, world: World) -> State:
    """An answer of the visit while the call lies over it; the call goes on over what comes next."""
    if state.place != "visit" or state.overlay != "call":
        return state
    bare = replace(state, overlay=None)
    prompt = current_prompt(bare, world)
    for one in events_for(bare, prompt, event.step, event.value):
        bare = _flow(bare, one, world)
    return replace(bare, overlay="call")


def _stay(state: State, event: Stay, world: World) -> State:
    return replace(state, staying=not state.staying)


def _ask_survey(state: State, event: AskSurvey, world: World) -> State:
    return replace(state, place="survey", cursor=-1) if state.place == "ticket" else state


def _rate(state: State, event: Rate, world: World) -> State:
    return replace(state, place="thanks", cursor=-1) if state.place == "survey" else state


def _end(state: State, event: End, world: World) -> State:
    return State(switches=world.defaults)


def _headset(state: State, event: Headset, world: World) -> State:
    """Plugging in a headset begins a visit by ear (EN 301 549, 5.2)."""
    if not event.plugged or state.place not in ("attract", "visit", "number"):
        return state
    if state.place == "attract":
        return _start(state, Start("voice"), world)
    return _put(state, Put("voice", "on"), world)


def _tell(state: State, event: Tell, world: World) -> State:
    return replace(state, notice=event.notice)


def _alarm_stands(state: State, event: AlarmStands, world: World) -> State:
    """The customer is told what is true of the call, on whatever screen they are."""
    alarms = dict(state.alarms)
    if alarms.get(event.kind) == event.phase:
        return state
    # Of what staff never heard there is nothing to take back from them.
    silent = event.phase is None and alarms.get(event.kind) in UNTOLD
    if event.phase is None:
        del alarms[event.kind]
    else:
        alarms[event.kind] = event.phase
    params = {"calls": hours.calls(world)} if event.phase == "closed" else {}
    notice = state.notice if silent else Text(f"notice.alarm.{event.words}", params)
    return replace(state, alarms=tuple(alarms.items()), notice=notice)


def _unchanged(state: State, event: AnyEvent, world: World) -> State:
    return state


def settled(state: State, world: World) -> State:
    """The state with its task on the path again, after the facts have changed.

    A page of the menu that the language has no words for gives way to the menu.
    """
    visit = visits.settle(state.visit, world.courses(state.switches))
    if visit.group not in {group.id for group in world.groups(state.switches.language)}:
        visit = replace(visit, group=None)
    return state if visit == state.visit else replace(state, visit=visit)


HANDLERS: Mapping[type, Callable[[State, Any, World], State]] = {
    Start: _start,
    Open: _open,
    Close: _close,
    Put: _put,
    KeepSpeech: kept,
    CallHelp: _help_called,
    NoHelp: _close,
    Ring: _rung,
    HangUp: _unchanged,
    OfficerAway: _officer_away,
    Beneath: _beneath,
    Stay: _stay,
    TakeSheet: takes.took,
    TakeText: takes.texted,
    LookAfter: takes.looked_after,
    Mistyped: takes.mistyped,
    Fetch: takes.fetched,
    AskSurvey: _ask_survey,
    Rate: _rate,
    End: _end,
    Headset: _headset,
    Tell: _tell,
    AlarmStands: _alarm_stands,
    Retry: _unchanged,
    Touch: _unchanged,
    Request: _request,
    Draft: _drafted,
    Back: _back,
    **finding.HANDLERS,
    **own.HANDLERS,
    **booking.HANDLERS,
}
