"""What is kept of the speech of a customer who agreed, and what never is.

Only what was understood as one of the things that may be said there is kept: whatever else
somebody says may be a number, so it is only counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.collected.ports import SILENT, Collected, Collection, NoCollection
from kiosk.senses.speech.actions import events_of
from kiosk.senses.speech.asking import Asked
from kiosk.senses.speech.dialogue import Reply
from kiosk.session.events import AnyEvent
from kiosk.session.moment import Moment
from kiosk.session.screens import shown
from voices.hearing.ports import Heard
from voices.sound import Samples

#: Entries whose values say nothing of who somebody is; those that are private aren't kept either.
OPEN = frozenset({"amount", "count", "date"})


def may_keep(now: Moment) -> bool:
    """Whether what is said here may be kept: after a yes, within the visit, with nobody else on the
    screen, and where no private number is said."""
    state, entry = now.state, now.prompt.entry
    if not state.keeps_speech or state.speaker is None or state.place != "visit":
        return False
    if shown(state).with_person:
        return False
    return entry is None or (entry.kind in OPEN and not entry.private)


@dataclass(frozen=True, slots=True, eq=False)
class _Doubted:
    """An utterance that the voice asked about, and what each answer to that leads to."""

    one: Collected
    meant: tuple[tuple[AnyEvent, ...], ...]


class Collecting:
    """Of one companion, on its thread."""

    def __init__(self, collection: Collection | None = None) -> None:
        self._collection = collection or NoCollection()
        self._doubted: _Doubted | None = None

    def clear(self) -> None:
        """The question is over: what was asked about is let go."""
        self._doubted = None

    def heard(
        self, asked: Asked, now: Moment, heard: Heard, reply: Reply, sound: Samples | None
    ) -> None:
        """One utterance of the visit that is on, what follows from it, and its sound."""
        doubted, self._doubted = self._doubted, None
        speaker = asked.moment.state.speaker
        if speaker is None or speaker != now.state.speaker:
            return
        if not (may_keep(asked.moment) and may_keep(now)):
            return
        one = _collected(speaker, asked, heard, SILENT if sound is None else sound)
        if asked.dialogue.asked:
            self._answered(one, doubted, reply)
        elif reply.dialogue.asked:
            meant = tuple(events_of(asked.moment, value) for value in reply.dialogue.asked)
            self._doubted = _Doubted(replace(one, outcome="asked"), meant)
        elif reply.events:
            self._keep(one)
        else:
            self._missed(one)

    def _answered(self, answer: Collected, doubted: _Doubted | None, reply: Reply) -> None:
        """What was asked about is what the answer made of it, or was missed."""
        if reply.events:
            self._keep(answer)
        if doubted is None:
            return
        if reply.events in doubted.meant:
            self._keep(doubted.one)
        elif reply.dialogue.asked:
            # It is asked again.
            self._doubted = doubted
        else:
            self._missed(doubted.one)

    def _keep(self, one: Collected) -> None:
        if one.phrase is not None and len(one.sound) and not one.phrase.isdecimal():
            self._collection.keep(one)

    def _missed(self, one: Collected) -> None:
        self._collection.keep(Collected(one.speaker, one.language, "missed"))


def _collected(speaker: str, asked: Asked, heard: Heard, sound: Samples) -> Collected:
    """As it was best understood."""
    return Collected(
        speaker,
        asked.moment.state.switches.language,
        "at_once",
        heard.phrase or next(iter(heard.others), None),
        heard.confidence,
        sound,
    )
