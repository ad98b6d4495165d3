"""What a customer's template gets, and the fingerprint that tells a page it is out of date."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from kiosk.content.loader import Content
from kiosk.content.words import Locale
from kiosk.flow.prompt import Entry, Prompt
from kiosk.senses.cells.felt import BrailleView
from kiosk.senses.screen.render import Seen, render
from kiosk.senses.speech.companion import Companion
from kiosk.senses.speech.view import VoiceView
from kiosk.session.press import cursor_target
from kiosk.session.screens import World, screen_of, shown
from kiosk.session.state import State
from kiosk.session.switches import SIGN_RATES, Switches
from kiosk.web.customer.addresses import address


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what it says, how it looks, and what is live on it."""

    address: str
    screen: Seen
    name: str
    switches: Switches
    words: Locale
    notice: str | None
    entry: Entry | None
    cursor: str | None
    state: State
    world: World
    prompt: Prompt
    #: Changes with everything but the entry and the cursor, which change in place.
    fingerprint: str
    voice: VoiceView
    #: What is under the customer's fingers, for whoever helps them.
    braille: BrailleView

    def live(self) -> dict[str, Any]:
        """What an open page must know to follow the session."""
        entry = self.entry.text if self.entry else None
        return {
            "at": self.address,
            "fingerprint": self.fingerprint,
            "entry": entry,
            "cursor": self.cursor,
            "voice": live_voice(self.voice),
            "signer": live_signer(self.switches),
            "braille": {"line": self.braille.line, "text": self.braille.text},
        }


def page_of(companion: Companion, content: Content, braille: BrailleView) -> Page:
    """The page of a session with its voice and braille, as they are now."""
    now = companion.session.moment
    state, world, prompt = now.state, now.world, now.prompt
    words = content.words(state.switches.language)
    screen = render(prompt, words)
    notice = words.render(state.notice) if state.notice else None
    return Page(
        address=address(state),
        screen=screen,
        name=screen_of(state),
        switches=state.switches,
        words=words,
        notice=notice,
        entry=prompt.entry,
        cursor=cursor_target(state, prompt),
        state=state,
        world=world,
        prompt=prompt,
        fingerprint=_fingerprint(now.visit_id, state, screen, notice, world),
        voice=companion.view.at(now.place),
        braille=braille,
    )


def live_voice(view: VoiceView) -> dict[str, Any]:
    """What an open page must know of the voice."""
    utterance, saying = view.utterance, view.saying
    said = {
        "caption": saying.line.caption if saying else view.so_far,
        "about": saying.about if saying else None,
        "listening": view.listening,
        "paused": view.paused,
    }
    if utterance is None or not view.on_page:
        return said
    lines = [
        {"caption": one.line.caption, "about": one.about, "pause": one.line.pause}
        for one in utterance.spoken
    ]
    return {**said, "id": utterance.id, "lines": lines, "from": view.line or 0}


def live_signer(switches: Switches) -> dict[str, Any]:
    """How the signer is shown; it changes in place, so that nothing begins anew."""
    return {
        "rate": SIGN_RATES[switches.sign_rate],
        "size": switches.sign_size,
        "captions": switches.captions,
    }


def _fingerprint(
    visit_id: str, state: State, screen: Seen, notice: str | None, world: World
) -> str:
    switches = replace(state.switches, sign_rate=0, sign_size=0, captions=True)
    if shown(state).in_place:
        seen: tuple[Any, ...] = (visit_id, address(state), switches)
    else:
        # Another visit's page has other forms, though it looks the same.
        seen = (visit_id, address(state), screen, notice, switches, state.staying, world.ticket)
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]
