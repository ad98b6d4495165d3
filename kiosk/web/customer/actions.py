"""POST: everything a customer can send. Each ends in one event and a redirect to where they are.

The forms work without scripts; `/do/key` is for the page's script and answers with JSON.
"""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kiosk.flow.events import Draft
from kiosk.session.bar import bar_events
from kiosk.session.events import Headset, Press, Submit, Touch
from kiosk.session.keys import ANYWHERE, FIND, KEYS
from kiosk.session.session import Session
from kiosk.web.customer.addresses import address
from kiosk.web.customer.device import asked_on_page, current_page, current_session, current_station
from kiosk.web.customer.messages import HalfTyped, HeadsetIs, KeyPressed, LivePage
from kiosk.web.openapi import operation

#: An answer to a page's script waits so long for the senses (seconds).
AT_ONCE = 0.03

actions = Blueprint("actions", __name__, url_prefix="/do")


@actions.post("/choose")
def choose() -> Response:
    """A choice (`value`), or what was entered (`entry`), on the page of `step`."""
    found = current_session()
    step = request.form.get("step", "")
    value = request.form.get("value")
    if value is None:
        value = request.form.get("entry", "")
    found.dispatch(Submit(step, value), asked_on_page(step))
    return _onward(found)


@actions.post("/bar")
def bar() -> Response:
    """One of the buttons that are on every screen. What is half-typed is kept."""
    found = current_session()
    _keep_entry(found)
    name, now = request.form.get("bar", ""), found.moment
    # A person who is called a moment late is called all the same.
    about = None if name in ANYWHERE else asked_on_page(request.form.get("step", ""))
    for event in bar_events(name, now.state, now.prompt):
        found.dispatch(event, about)
    return _onward(found)


@actions.post("/press")
def press() -> Response:
    """A key of the keypad on the screen, for pages without scripts."""
    found = current_session()
    _keep_entry(found)
    _press(found, request.form.get("key", ""), request.form.get("step", ""))
    return _onward(found)


@actions.post("/key")
@operation("Press a key", body=KeyPressed, gives={200: LivePage})
def key(body: KeyPressed) -> ResponseReturnValue:
    """A key, from the page's script; answers with what has to change on the page.

    One that was pressed on the page before answers nothing here, and is no error.
    """
    found = current_session()
    _press(found, body.key, body.step)
    return live_page(found)


@actions.post("/draft")
@operation("Keep what is half-typed", body=HalfTyped, gives={200: LivePage})
def draft(body: HalfTyped) -> ResponseReturnValue:
    """What is half-typed in a text field, so that it outlives anything."""
    found = current_session()
    found.dispatch(Draft(body.step, body.entry), asked_on_page(body.step))
    return live_page(found)


@actions.post("/headset")
@operation("Say whether a headset is plugged in", body=HeadsetIs, gives={200: LivePage})
def headset(body: HeadsetIs) -> ResponseReturnValue:
    """The keypad says that a headset was plugged in or out."""
    found = current_session()
    found.dispatch(Headset(body.plugged))
    return live_page(found)


@actions.post("/touch")
@operation("Say that somebody is there", gives={204: None})
def touch() -> ResponseReturnValue:
    """Somebody is there: the screen was touched, though nothing was pressed."""
    found = current_session()
    found.dispatch(Touch())
    return "", 204


def live_page(found: Session) -> Response:
    """What has to change on an open page; with what is said and felt of it, if that is known at
    once. The page is told the rest live."""
    found.settle(AT_ONCE)
    return jsonify(current_page().live())


def _press(found: Session, name: str, step: str) -> None:
    if name == FIND:
        current_station().beacon.sound()
    elif name in KEYS:
        found.dispatch(Press(name), asked_on_page(step))


def _keep_entry(found: Session) -> None:
    entry, step = request.form.get("entry"), request.form.get("step")
    if entry is None or step is None:
        return
    shown = found.moment.prompt.entry
    if shown is not None and shown.text != entry:
        found.dispatch(Draft(step, entry), asked_on_page(step))


def _onward(found: Session) -> Response:
    return redirect(address(found.state), 303)
