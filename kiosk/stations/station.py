"""One kiosk: the session of whoever stands there, its voice and braille, its devices, its pages."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Protocol

import structlog

from braille.displays.ports import Attached, Detached, DisplayEvent, NullDisplay
from kiosk.flow.text import Text
from kiosk.senses.cells.tactiles import Tactiles
from kiosk.senses.speech.companion import Hearing
from kiosk.senses.speech.ears import Ear
from kiosk.senses.speech.mouths import NullMouth, PageMouth
from kiosk.senses.speech.voices import Voices
from kiosk.session.events import Headset, Tell
from kiosk.session.session import Session, Surroundings
from kiosk.stations.devices import Devices
from kiosk.stations.pages import Pages

log = structlog.get_logger()


class Waits(Protocol):
    """Something that wakes after every change; the real one is `kiosk.web.live.Signal`."""

    def change(self) -> None: ...

    def wait(self, seen: int, timeout: float) -> int: ...

    @property
    def count(self) -> int: ...

    @property
    def closed(self) -> bool: ...


class Station:
    """Made with the process and ended with it. Safe to use from any thread."""

    def __init__(
        self,
        name: str,
        around: Surroundings,
        voices: Voices,
        tactiles: Tactiles,
        signal: Waits,
        devices: Devices,
    ) -> None:
        """`name`: the kiosk's in the settings; what of a visit is on the disk is named so, too."""
        self.name = name
        self._signal = signal
        self.display = devices.display
        # A display is felt only where it is plugged in.
        around = replace(around, missing=self._missing)
        self.session = Session(name, name, around)
        self.session.subscribe(signal.change)
        self.companion = voices.companion(self.session)
        self.tactile = tactiles.companion(self.session)
        self.pages = Pages(self._hear_page, signal.change)
        self._card = devices.mouth(lambda lost: self._tell("voice", lost=lost))
        speaks = "voice" in around.senses
        self.companion.use(self._card or (PageMouth() if speaks else NullMouth()))
        self._ear = Ear(self.companion, voices.recognizers.of)
        self._microphone = devices.microphone(self._ear.feed, self._microphone_lost)
        if self._microphone is not None:
            self.companion.listen_with(self._ear)
        self._jack = devices.jack(lambda plugged: self._dispatch_headset(plugged=plugged))
        self._closing = False
        self._follower = threading.Thread(target=self._follow, name="braille", daemon=True)
        if not isinstance(self.display, NullDisplay):
            self.tactile.use(self.display)

    @property
    def hears_by_itself(self) -> bool:
        """Whether the kiosk has a microphone of its own, so that no page is to listen."""
        return self._microphone is not None

    def start(self) -> None:
        """Look for the devices, and go on looking."""
        if self._microphone is not None:
            self._microphone.start()
        if self._jack is not None:
            self._jack.start()
        if not isinstance(self.display, NullDisplay):
            self.display.start(self._felt)
            self._follower.start()

    def tick(self) -> None:
        self.session.tick()
        self.pages.tick()

    def close(self) -> None:
        self._closing = True
        if self._jack is not None:
            self._jack.close()
        self.display.close()
        if self._microphone is not None:
            self._microphone.close()
        self._ear.close()
        if self._card is not None:
            self._card.close()

    def _missing(self) -> frozenset[str]:
        return frozenset() if self.display.cells else frozenset({"braille"})

    def _hear_page(self, ear: Hearing | None) -> None:
        if self._microphone is None:
            self.companion.listen_with(ear)

    def _dispatch_headset(self, *, plugged: bool) -> None:
        self.session.dispatch(Headset(plugged))

    def _microphone_lost(self, lost: bool) -> None:
        """The visit goes on without speech, and with it again once it is back."""
        self.companion.listen_with(None if lost else self._ear)
        self._tell("hearing", lost=lost)

    def _tell(self, what: str, *, lost: bool) -> None:
        """A device that went or came back is announced to whoever is being served by voice."""
        state = self.session.state
        if state.switches.voice and state.place != "attract":
            self.session.dispatch(Tell(Text(f"notice.{'lost' if lost else 'back'}.{what}")))

    def _felt(self, event: DisplayEvent) -> None:
        """Something happened at the braille display."""
        if isinstance(event, Attached | Detached):
            self._signal.change()
        try:
            self.tactile.happened(event)
        except Exception:
            # One bad key must not end the thread that reads them all.
            log.exception("braille.event_failed", kiosk=self.name, event=type(event).__name__)

    def _follow(self) -> None:
        """After every change anywhere, what the display shows is looked at again."""
        seen = self._signal.count
        while not self._closing and not self._signal.closed:
            seen = self._signal.wait(seen, 15.0)
            try:
                self.tactile.refresh()
            except Exception:
                log.exception("braille.refresh_failed", kiosk=self.name)
