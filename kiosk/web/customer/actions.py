"""POST: everything a customer can send. Each ends in one event and a redirect to where they are.

The forms work without scripts; `/do/key` is for the page's script and answers with JSON.
"""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kiosk.flow.events import Draft
from kiosk.session.bar import bar_events
from kiosk.session.events import Headset, Press, Submit, Touch
from kiosk.session.keys import KEYS
from kiosk.session.moment import Question
from kiosk.session.session import Session
from kiosk.web.customer.addresses import address
from kiosk.web.customer.device import current_page, current_session

#: An answer to a page's script waits so long for the senses (seconds).
AT_ONCE = 0.03

actions = APIBlueprint("actions", __name__, url_prefix="/do", enable_openapi=False)


@actions.post("/choose")
def choose() -> Response:
    """A choice (`value`), or what was entered (`entry`), on the page of `step`."""
    found = current_session()
    step = request.form.get("step", "")
    value = request.form.get("value")
    if value is None:
        value = request.form.get("entry", "")
    found.dispatch(Submit(step, value), Question(found.visit_id, step))
    return _onward(found)


@actions.post("/bar")
def bar() -> Response:
    """One of the buttons that are on every screen. What is half-typed is kept."""
    found = current_session()
    _keep_entry(found)
    now = found.moment
    for event in bar_events(request.form.get("bar", ""), now.state, now.prompt):
        found.dispatch(event)
    return _onward(found)


@actions.post("/press")
def press() -> Response:
    """A key of the keypad on the screen, for pages without scripts."""
    found = current_session()
    _keep_entry(found)
    _press(found, request.form.get("key", ""))
    return _onward(found)


@actions.post("/key")
def key() -> ResponseReturnValue:
    """A key, from the page's script; answers with what has to change on the page."""
    found = current_session()
    body: Any = request.get_json(silent=True)
    if not isinstance(body, dict) or not isinstance(body.get("key"), str):
        return jsonify(error="send {key: name of an abstract key}"), 400
    _press(found, body["key"])
    return live_page(found)


@actions.post("/draft")
def draft() -> ResponseReturnValue:
    """What is half-typed in a text field, so that it outlives anything."""
    found = current_session()
    body: Any = request.get_json(silent=True)
    if not isinstance(body, dict):
        return jsonify(error="send {step, entry}"), 400
    step = str(body.get("step", ""))
    found.dispatch(Draft(step, str(body.get("entry", ""))), Question(found.visit_id, step))
    return live_page(found)


@actions.post("/headset")
def headset() -> ResponseReturnValue:
    """The keypad says that a headset was plugged in or out."""
    found = current_session()
    body: Any = request.get_json(silent=True)
    if not isinstance(body, dict) or not isinstance(body.get("plugged"), bool):
        return jsonify(error="send {plugged: true or false}"), 400
    found.dispatch(Headset(body["plugged"]))
    return live_page(found)


@actions.post("/touch")
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


def _press(found: Session, name: str) -> None:
    if name in KEYS:
        found.dispatch(Press(name))


def _keep_entry(found: Session) -> None:
    entry, step = request.form.get("entry"), request.form.get("step")
    if entry is None or step is None:
        return
    shown = found.moment.prompt.entry
    if shown is not None and shown.text != entry:
        found.dispatch(Draft(step, entry), Question(found.visit_id, step))


def _onward(found: Session) -> Response:
    return redirect(address(found.state), 303)
