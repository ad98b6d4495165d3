"""GET: show where the customer is. An old address leads on; a forged one says so plainly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    redirect,
    render_template,
    request,
)
from werkzeug.wrappers import Response as AnyResponse

from kiosk.content.loader import Content
from kiosk.session.bar import BAR, OFFICER
from kiosk.session.keys import FIND_BINDINGS, JACK_BINDINGS, page_bindings
from kiosk.session.profiles import PROFILES
from kiosk.session.screens import SCREENS, Screen
from kiosk.session.switches import CAP_HEIGHTS_MM
from kiosk.session.waiting import code, missing_papers, results, sign_call
from kiosk.sign.library import Library
from kiosk.web.admission import tab
from kiosk.web.customer.addresses import rule
from kiosk.web.customer.device import (
    GONE,
    current_companion,
    current_page,
    current_place,
    current_session,
    page_at,
    profile,
    remember_profile,
    renew_forms,
)
from kiosk.web.customer.messages import LivePage
from kiosk.web.customer.page import Page
from kiosk.web.customer.signer import greeting_of, view_of
from kiosk.web.customer.talk import live_call, talk_of
from kiosk.web.handing import Live, stream
from kiosk.web.live import Message
from kiosk.web.openapi import EVENTS, operation
from kiosk.web.wiring import wiring

views = Blueprint("customer", __name__)


def showing(screen: Screen) -> Callable[..., AnyResponse | str]:
    """The view at the address of a screen."""

    def show(**parts: str) -> AnyResponse | str:
        """The page of the moment, whatever address of the visit was asked for."""
        remember_profile()
        renew_forms()
        page = current_page()
        if request.path == page.address:
            return render_page(page)
        if not screen.met(page.state, page.world.catalog, parts):
            abort(404)
        return redirect(page.address, 303)

    return show


for _screen in SCREENS.values():
    views.add_url_rule(rule(_screen), f"show_{_screen.name}", showing(_screen))


@views.get("/live")
@operation("Follow a customer's page", gives={200: LivePage}, mime=EVENTS)
def live() -> Response:
    """Events for an open page: where the customer is, and what changed in place."""
    place, name = current_place(), tab()
    station = place.station

    def look() -> Message:
        page = page_at(station, name)
        return None, "page", {**page.live(), **live_call(page, station.session)}

    return stream(
        Live(
            look,
            stays=lambda: place.may_stay,
            gone=GONE,
            whose=f"station {station.name}",
            closing=station.pages.opened(name),
        )
    )


@views.get("/profile/<name>.css")
@operation("The measures of a screen", gives={200: None, 404: None}, mime="text/css")
def profile_css(name: str) -> Response:
    """The screen profile as CSS: how many pixels a millimetre is."""
    if name not in PROFILES:
        abort(404)
    screen = PROFILES[name]
    sizes = "".join(
        f'[data-size="{size}"]{{--text:{screen.font_px(size)}px}}' for size in CAP_HEIGHTS_MM
    )
    small = f"--text-small:{screen.font_px(2)}px"
    response = Response(
        f":root{{--mm:{screen.px_per_mm:.4f}px;{small}}}{sizes}\n", mimetype="text/css"
    )
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def render_page(page: Page) -> str:
    shown = SCREENS[page.name]
    return render_template(
        f"customer/{shown.template}.html",
        page=page,
        screen=page.screen,
        text=page.words.text,
        render=page.words.render,
        profile=profile(),
        bindings={**page_bindings(), **FIND_BINDINGS, **wiring().tactiles.keymap.others},
        dots=wiring().tactiles.keymap.dots,
        jack=JACK_BINDINGS,
        bar=BAR,
        officer=OFFICER,
        languages=page.world.languages_for(page.state.visit),
        **(_ticket(page) if page.name == "ticket" else {}),
        **(talk_of(page, current_session()) if shown.with_person else {}),
        demo=wiring().settings.demo,
        speaks=wiring().settings.sound != "off",
        microphone=_hears_through_page(page),
        signer=view_of(page.state, page.world, page.prompt, *_signs()),
        greeting=greeting_of(page.state, *_signs()),
    )


def _signs() -> tuple[Content, Library]:
    return wiring().content, wiring().signs.library


def _hears_through_page(page: Page) -> bool:
    """Whether the page is to listen: it speaks for itself, and its language can be heard."""
    parts = wiring()
    return (
        page.switches.voice
        and current_companion().view.on_page
        and parts.settings.hearing in ("auto", "page")
        and parts.voices.hears(page.switches.language)
    )


def _ticket(page: Page) -> dict[str, Any]:
    """What only the waiting page shows: results so far, papers to fetch, advice against fraud."""
    return {
        "code": code(page.state),
        "sign_call": sign_call(page.state, page.world),
        "results": results(page.world),
        "papers": missing_papers(page.state, page.world),
        "advice": page.world.advice,
        # Staff write their notes in the language they read.
        "staff_language": wiring().content.complete_words(wiring().settings.language).language,
    }
