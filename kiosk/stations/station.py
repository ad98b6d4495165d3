"""One kiosk: the session of whoever stands there, its voice and braille, its devices, its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal, get_args

from braille.displays.ports import Attached, Detached, DisplayEvent, NullDisplay
from kiosk.flow.text import Text
from kiosk.senses.cells.tactiles import Tactiles
from kiosk.senses.speech.asking import Hearing
from kiosk.senses.speech.ears import Ear
from kiosk.senses.speech.mouths import NullMouth, PageMouth
from kiosk.senses.speech.voices import Voices
from kiosk.session.around import Surroundings
from kiosk.session.events import Headset, OfficerAway
from kiosk.session.moment import of_visit
from kiosk.session.session import Session
from kiosk.stations.beacon import Beacon
from kiosk.stations.devices import Devices
from kiosk.stations.pages import Pages

#: A device of this machine, or of the customer's page; one that was here and is gone; or none.
SenseState = Literal["here", "page", "lost", "none"]
SENSE_STATES: tuple[SenseState, ...] = get_args(SenseState)


class Station:
    """Made with the process and ended with it. Safe to use from any thread."""

    def __init__(
        self,
        name: str,
        around: Surroundings,
        voices: Voices,
        tactiles: Tactiles,
        on_change: Callable[..., None],
        devices: Devices,
    ) -> None:
        """`name`: the kiosk's in the settings; what of a visit is on the disk is named so, too."""
        self.name = name
        self._around = around
        #: Senses whose device was here and isn't now.
        self._lost: dict[str, bool] = {}
        self.display = devices.display
        # A display is felt only where it is plugged in.
        self.session = Session(name, name, replace(around, missing=self._missing))
        self.session.subscribe(on_change)
        self.companion = voices.companion(self.session)
        self.tactile = tactiles.companion(self.session)
        self.companion.beside = self.tactile.heard_so_far
        self.pages = Pages(self._hear_page, on_change)
        self._card = devices.mouth(lambda lost: self._tell("voice", lost=lost))
        self.beacon = Beacon(
            self.session,
            self._card,
            around.content.words,
            devices.calling,
            around.elapsed,
            lambda: around.content.hours.is_open(around.today(), around.timezone),
        )
        speaks = "voice" in around.senses
        self.companion.use(self._card or (PageMouth() if speaks else NullMouth()))
        self._ear = Ear(self.companion, voices.recognizers.of)
        self._microphone = devices.microphone(self._ear.feed, self._microphone_lost, self._ear.gap)
        if self._microphone is not None:
            self.companion.listen_with(self._ear)
        self._jack = devices.jack(self._plugged)
        if not isinstance(self.display, NullDisplay):
            self.tactile.use(self.display)

    @property
    def hears_by_itself(self) -> bool:
        """Whether the kiosk has a microphone of its own, so that no page is to listen."""
        return self._microphone is not None

    @property
    def is_free(self) -> bool:
        """Whether a page shows it and nobody has begun."""
        return self.pages.count > 0 and self.session.state == self._around.fresh

    @property
    def lost(self) -> frozenset[str]:
        """What can't be used at present, though its device was here."""
        return frozenset(sense for sense, lost in tuple(self._lost.items()) if lost)

    @property
    def senses(self) -> Mapping[str, SenseState]:
        """How each sense that needs a device is, by its name."""
        on_page, microphone = self.companion.mouth.on_page, self._microphone is not None
        display = not isinstance(self.display, NullDisplay)
        return {
            "voice": self._state("voice", self._card is not None, on_page),
            "hearing": self._state("hearing", microphone, self.companion.ear is not None),
            # A display that was never there is none.
            "braille": self._state("braille", display and "braille" in self._lost, False),
        }

    def start(self) -> None:
        """Look for the devices, and go on looking."""
        if self._microphone is not None:
            self._microphone.start()
        if self._jack is not None:
            self._jack.start()
        if not isinstance(self.display, NullDisplay):
            self.display.start(self._felt)

    def tick(self) -> None:
        self.session.tick()
        self.pages.tick()
        self.beacon.tick()

    def nobody_answered(self, visit_id: str) -> None:
        """The officer who was called in that visit didn't come to the line. Never waits."""
        self._around.errands.run(
            f"away:{self.name}:{visit_id}",
            lambda: self.session.dispatch(OfficerAway(), of_visit(visit_id)),
        )

    def close(self) -> None:
        if self._jack is not None:
            self._jack.close()
        self.display.close()
        if self._microphone is not None:
            self._microphone.close()
        self._ear.close()
        if self._card is not None:
            self._card.close()
        self.companion.close()
        self.tactile.close()

    def _state(self, sense: str, here: bool, on_page: bool) -> SenseState:
        if here:
            return "lost" if self._lost.get(sense) else "here"
        return "page" if on_page else "none"

    def _missing(self) -> frozenset[str]:
        return frozenset() if self.display.cells else frozenset({"braille"})

    def _hear_page(self, ear: Hearing | None) -> None:
        if self._microphone is None:
            self.companion.listen_with(ear)

    def _plugged(self, plugged: bool) -> None:
        self.session.dispatch(Headset(plugged))

    def _microphone_lost(self, lost: bool) -> None:
        """The visit goes on without speech, and with it again once it is back."""
        self.companion.listen_with(None if lost else self._ear)
        self._tell("hearing", lost=lost)

    def _tell(self, what: str, *, lost: bool) -> None:
        """A device that went or came back is announced to whoever is being served by voice."""
        self._lost[what] = lost
        state = self.session.state
        if state.switches.voice and state.place != "attract":
            self.session.tell(Text(f"notice.{'lost' if lost else 'back'}.{what}"))

    def _felt(self, event: DisplayEvent) -> None:
        """Something happened at the braille display."""
        if isinstance(event, Attached | Detached):
            self._lost["braille"] = isinstance(event, Detached)
            self.session.refresh()
        self.tactile.happened(event)
