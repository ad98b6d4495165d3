"""Saying one utterance at a time, and what a page shows of it. Used by one thread, read by all."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from kiosk.mailbox import Mailbox
from kiosk.senses.speech.mouths import Mouth, NullMouth, Utterance
from kiosk.senses.speech.render import Spoken
from kiosk.senses.speech.view import VoiceView
from kiosk.session.moment import Moment
from kiosk.session.switches import RATES, VOLUMES_DB


class Speaking:
    """What a mouth reports comes back through the mailbox, to the thread that speaks."""

    def __init__(
        self, mailbox: Mailbox, on_change: Callable[[], None], on_end: Callable[[], None]
    ) -> None:
        """`on_end` is called when all of an utterance was said."""
        self._mailbox = mailbox
        self._on_change = on_change
        self._on_end = on_end
        self._ids = itertools.count(1)
        self.mouth: Mouth = NullMouth()
        self.view = VoiceView()

    @property
    def utterance(self) -> Utterance | None:
        return self.view.utterance

    def say(self, spoken: tuple[Spoken, ...], moment: Moment, *, headset: bool) -> None:
        """Say these lines, of which there are some. What was being said is `stop`ped before."""
        switches = moment.state.switches
        utterance = Utterance(
            id=f"{moment.visit_id}-{next(self._ids)}",
            spoken=spoken,
            language=switches.language,
            rate=RATES[switches.rate],
            gain_db=float(VOLUMES_DB[switches.volume]),
            tone=switches.tone,
            headset=headset,
        )
        listening = self.view.listening and headset
        self._show(VoiceView(utterance, 0, listening, place=moment.place))
        post = self._mailbox.post
        self.mouth.say(
            utterance,
            on_line=lambda line: post(partial(self._at, utterance, line)),
            on_end=lambda completed: post(partial(self._ended, utterance, completed)),
        )

    def stop(self) -> None:
        self.mouth.stop()

    def hush(self) -> None:
        """Be silent; whether it listens stays as it is."""
        self.mouth.stop()
        self._show(replace(self.view, utterance=None, line=None, paused=False))

    def clear(self) -> None:
        """Nothing is said, and nothing is listened for."""
        self._show(VoiceView())

    def pause(self) -> None:
        """Hold what is being said, or go on with it."""
        if self.utterance is not None:
            paused = not self.view.paused
            self.mouth.pause(paused)
            self._show(replace(self.view, paused=paused))

    def when_silent(self, then: Callable[[], None]) -> None:
        """Do this if nothing is being said."""
        if self.utterance is None:
            then()

    def listening(self, listening: bool) -> None:
        self._show(replace(self.view, listening=listening, so_far=None))

    def heard_so_far(self, text: str) -> None:
        """Show what was heard by a pause, while the rest is waited for."""
        if self.view.listening:
            self._show(replace(self.view, so_far=text))

    def _at(self, utterance: Utterance, line: int) -> None:
        if self.utterance is utterance:
            self._show(replace(self.view, line=line))

    def _ended(self, utterance: Utterance, completed: bool) -> None:
        if self.utterance is not utterance:
            return
        self._show(replace(self.view, utterance=None, line=None, paused=False))
        if completed:
            self._on_end()

    def _show(self, view: VoiceView) -> None:
        if view != self.view:
            self.view = view
            self._on_change()
