"""What the voice listens for, and how long it waits for the rest of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.content.words import Locale
from kiosk.flow.text import Text
from kiosk.flow.understand import Grammar
from kiosk.senses.speech.dialogue import Dialogue
from kiosk.senses.speech.render import typed
from kiosk.session.moment import Moment
from kiosk.session.switches import RATES
from voices.hearing.ports import Expected

#: Seconds of silence that end an utterance: people pause between digits, elders within words.
HANGOVER, HANGOVER_DIGITS, SLOWER = 0.3, 0.8, 1.6
#: Seconds of silence between groups of digits, while there are too few of them.
BETWEEN_GROUPS = 3.0
#: Seconds of silence within an amount or a day, while it may go on: 一千……五百, 三月……十五号.
WITHIN_VALUE = 1.2


class Hearing(Protocol):
    """What a companion needs of the pipeline that hears; the real one is in `ears`."""

    def expect(
        self,
        expected: Expected,
        hangover: float,
        *,
        patience: float,
        echo: bool,
        about: object,
    ) -> None:
        """Hear one of these next. An utterance ends with so much silence (`hangover`, seconds), or
        with `patience` where it isn't whole yet. `echo`: the kiosk's own speech may still be in
        the room; `about` comes back with what is heard."""

    def mute(self) -> None:
        """Hear nothing until something is expected again."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What an utterance answers: the moment it was listened for in, and the voice's own turn."""

    moment: Moment
    dialogue: Dialogue

    def listening(self, words: Locale) -> tuple[Expected, float, float]:
        """What may be said now; the silence that ends it, and that where it isn't whole yet
        (seconds)."""
        moment = self.moment
        found = self.dialogue.expects(moment, words)
        told = self.dialogue.sentences(moment, words)
        language = moment.state.switches.language
        expected = Expected(language, found.phrases, found.digits, told)
        return expected, hangover(moment, found), patience(moment, found)

    def is_asked(self, now: Moment) -> bool:
        """Whether this is still asked. What was read back from the entry is part of the question:
        a yes to other digits is none."""
        return self.moment.question.is_asked(now) and self.moment.prompt.entry == now.prompt.entry


def hangover(moment: Moment, found: Grammar) -> float:
    """How long to wait for more: longer for strings of digits, and for who wants it slow."""
    seconds = HANGOVER_DIGITS if found.digits else HANGOVER
    switches = moment.state.switches
    slow = RATES[switches.rate] < 1 or "large_text" in moment.state.presets
    return seconds * SLOWER if slow else seconds


def patience(moment: Moment, found: Grammar) -> float:
    """How long to wait for more of what isn't whole yet (seconds); 0 where nothing is."""
    if found.digits:
        return BETWEEN_GROUPS
    entry = moment.prompt.entry
    return WITHIN_VALUE if entry is not None and entry.kind in ("amount", "count") else 0.0


def heard_so_far(about: object, now: Moment, digits: str) -> Text | None:
    """What is shown while more digits are waited for, as what is typed there is shown; None where
    something else is asked by now."""
    entry = now.prompt.entry
    if entry is None or not isinstance(about, Asked) or not about.is_asked(now):
        return None
    return Text("touch.so_far", {"digits": typed(entry.kind, digits, private=entry.private)})
