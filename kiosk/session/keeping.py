"""Whether what a customer says may be kept: asked once a visit, no until they say yes. Pure."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.text import Text
from kiosk.session.events import KeepSpeech
from kiosk.session.screens import World
from kiosk.session.screens.collect import NAME
from kiosk.session.state import State

#: No answer for so long is a no (seconds since the last input): the question takes half of it to
#: say at an unhurried pace, and *adjust* asks it again at any time (WCAG 2.2.1).
UNANSWERED = 60.0


def asked(state: State, world: World) -> State:
    """The question laid over the visit, as soon as the voice is used and nothing else is.

    From then on the answer is no; only `kept` makes it a yes.
    """
    if state.keeps_speech is not None or state.place != "visit" or state.overlay is not None:
        return state
    if not (state.switches.voice and world.collects(state.switches.language)):
        return state
    return replace(state, overlay=NAME, keeps_speech=False, cursor=-1)


def kept(state: State, event: KeepSpeech, world: World) -> State:
    """The customer's own answer; the question, where it is still there, goes."""
    may = state.place == "visit" and world.collects(state.switches.language)
    if event.keep == bool(state.keeps_speech) or (event.keep and not may):
        return _closed(state)
    return replace(
        _closed(state),
        keeps_speech=event.keep,
        # Whoever says yes again is somebody new; whoever takes it back is known until it is done.
        speaker=None if event.keep else state.speaker,
        notice=Text(f"notice.recording.{'kept' if event.keep else 'deleted'}"),
    )


def unanswered(state: State, silent_seconds: float) -> State:
    """The question closed after silence, which says no."""
    return _closed(state) if silent_seconds >= UNANSWERED else state


def _closed(state: State) -> State:
    return replace(state, overlay=None, cursor=-1) if state.overlay == NAME else state
