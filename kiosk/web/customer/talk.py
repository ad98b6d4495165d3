"""The customer's side of a conversation: the call's page, what lies beneath it, and writing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kiosk.senses.screen.render import Seen, render
from kiosk.session.events import Beneath, Touch
from kiosk.session.screens import SCREENS, current_prompt
from kiosk.session.session import Session
from kiosk.sign.talk import Talk
from kiosk.web.customer.addresses import address
from kiosk.web.customer.device import asked_on_page, current_place, current_session
from kiosk.web.customer.page import Page
from kiosk.web.door import header
from kiosk.web.handing import socket
from kiosk.web.openapi import operation
from kiosk.web.talk_socket import MESSAGES, TalkSocket, is_our_page
from kiosk.web.wiring import wiring

talk = Blueprint("talk", __name__)


def my_talk(session: Session) -> Talk:
    return wiring().signs.talks.of(session.name, session.visit_id, session.kiosk)


def talk_of(page: Page, session: Session) -> dict[str, Any]:
    """What the pages of a conversation show besides their own words."""
    found = my_talk(session)
    return {"talk": found, "beneath": beneath_of(page), "proposal": found.proposal}


def beneath_of(page: Page) -> Seen:
    """The screen that the conversation lies over: both sides see the same one."""
    bare = replace(page.state, overlay=None)
    return render(current_prompt(bare, page.world), page.words)


def live_call(page: Page, session: Session) -> dict[str, Any]:
    """What changes in place on the call's page; nothing for any other page."""
    if not SCREENS[page.name].in_place:
        return {}
    shown = {
        "page": page,
        "screen": page.screen,
        "text": page.words.text,
        "render": page.words.render,
        **talk_of(page, session),
    }
    found = my_talk(session)
    return {
        "call": {
            "state": found.call.state if found.call else "over",
            "head": render_template("customer/_call_head.html", **shown),
            "beneath": render_template("customer/_beneath.html", **shown),
        }
    }


@talk.get("/call/line", websocket=True)
@operation("The customer's side of a conversation", gives={101: None}, details=MESSAGES)
def line() -> Response:
    """Signalling and writing, as long as the page is open; somebody talked to isn't idle."""
    if not is_our_page():
        abort(403)
    place, session, talks = current_place(), current_session(), wiring().signs.talks
    held, admission = place.admitted.credential, wiring().admission
    found = my_talk(session)

    def beat() -> None:
        talk_now = talks.get(found.id)
        if talk_now is not None and "staff" in talk_now.sockets:
            session.dispatch(Touch())

    talker = TalkSocket(
        talks,
        found,
        "customer",
        "",
        beat,
        lambda: admission.is_held(held),
        lambda end: admission.while_held(held, end),
    )
    return socket(talker, f"station {place.station.name}")


@talk.post("/do/beneath")
def beneath() -> ResponseReturnValue:
    """An answer to the question beneath the call, given by the customer."""
    form, session = request.form, current_session()
    value = form.get("beneath")
    answer = form.get("beneath_entry", "") if value is None else value
    session.dispatch(
        Beneath(form.get("beneath_step", ""), answer), asked_on_page(form.get("step", ""))
    )
    return _done(session)


@talk.post("/do/proposal")
def proposal() -> ResponseReturnValue:
    """Whether what the officer filled in is right. Only a yes makes it an answer."""
    session, talks = current_session(), wiring().signs.talks
    verdict, _, name = request.form.get("proposal", "").partition(":")
    found = talks.settle(my_talk(session), name)
    if found is not None and verdict == "yes":
        session.dispatch(Beneath(found.step, found.value))
    return _done(session)


@talk.post("/do/say")
def say() -> ResponseReturnValue:
    """A written line, from pages without scripts."""
    session = current_session()
    session.dispatch(Touch())
    wiring().signs.talks.write(my_talk(session), "customer", "", request.form.get("say", ""))
    return _done(session)


def _done(session: Session) -> ResponseReturnValue:
    """The page's script follows by itself; without scripts the page is shown anew."""
    if header("X-Requested-With") == "script":
        return "", 204
    return redirect(address(session.state), 303)
