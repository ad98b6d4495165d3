"""The session's port to all of it: sheets by the devices, texts by their outbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from kiosk.flow.text import Slot, Text, Words
from kiosk.outgoing.printers import PrinterState
from kiosk.outgoing.sheets import Sheets
from kiosk.outgoing.texts import Texts
from kiosk.session.taking import Slip, Standing

#: A text that waits for longer than this won't come by itself.
UNSENT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class InTheWay:
    """Something that somebody has to see to: a device by its way and how it is."""

    way: str
    state: PrinterState


class Outgoing:
    """Implements `kiosk.session.taking.Takeaway` for the kiosk that the devices stand beside."""

    def __init__(
        self, sheets: Sheets, texts: Texts | None, branch: str, words: Callable[[str], Words]
    ) -> None:
        self.sheets = sheets
        self.texts = texts
        self._branch = branch
        self._words = words

    @property
    def ways(self) -> frozenset[str]:
        return self.sheets.ways | ({"phone"} if self.texts is not None else frozenset())

    def standing(self, ticket_id: str) -> tuple[tuple[str, Standing], ...]:
        texts = self.texts.standing(ticket_id) if self.texts is not None else ()
        return (*self.sheets.standing(ticket_id), *texts)

    def sheet(self, name: str, way: str, slip: Slip) -> None:
        self.sheets.put(name, way, slip)

    def text(self, name: str, phone: str, slip: Slip) -> None:
        if self.texts is not None:
            words = text_of(slip, self._branch, self._words(slip.language))
            self.texts.put(slip.ticket_id, name, phone, words, slip.language)

    @property
    def in_the_way(self) -> tuple[InTheWay, ...]:
        """Devices that wait for somebody, as they were when they were last asked."""
        return tuple(
            InTheWay(way, state)
            for way, state in sorted(self.sheets.states.items())
            if state != "ready"
        )

    @property
    def unsent(self) -> timedelta | None:
        """For how long the oldest text waits, once that is too long."""
        oldest = self.texts.oldest() if self.texts is not None else None
        return oldest if oldest is not None and oldest > UNSENT else None

    def turn(self) -> None:
        """Once a second: send what is due. Never waits."""
        if self.texts is not None:
            self.texts.turn()

    def look(self) -> None:
        """Ask the devices how they are. Never waits."""
        self.sheets.look()

    def close(self) -> None:
        self.sheets.close()
        if self.texts is not None:
            self.texts.close()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same for a kiosk that none of the devices stands beside."""

    whole: Outgoing

    @property
    def ways(self) -> frozenset[str]:
        return self.whole.ways & {"phone"}

    def standing(self, ticket_id: str) -> tuple[tuple[str, Standing], ...]:
        return self.whole.standing(ticket_id)

    def sheet(self, name: str, way: str, slip: Slip) -> None: ...

    def text(self, name: str, phone: str, slip: Slip) -> None:
        self.whole.text(name, phone, slip)


def text_of(slip: Slip, branch: str, words: Words) -> str:
    """The text for a telephone: whose it is from, the number, and what comes next."""
    number = Text("paper.sms.number", {"ticket": Slot("ticket", slip.number)})
    code = Text("paper.sms.code", {"code": Slot("last4", slip.code or "")})
    said = (
        *((Slot("free", branch),) if branch else ()),
        number,
        *((code,) if slip.code is not None else ()),
        Text(f"paper.ticket.{'fetch' if slip.fetch else 'seat'}"),
        Text("paper.leaflet.never"),
    )
    return " ".join(words.render(one) for one in said)


def call_text_of(number: str, counter: str | None, branch: str, words: Words) -> str:
    """The text for a telephone at a call: whose it is from, the number, and where to go."""
    phase = "called" if counter is None else "called_counter"
    said = (
        *((Slot("free", branch),) if branch else ()),
        Text("paper.sms.number", {"ticket": Slot("ticket", number)}),
        Text(f"screen.ticket.{phase}.why"),
        Text(f"screen.ticket.{phase}.ask", {"counter": Slot("free", counter or "")}),
        Text("paper.leaflet.never"),
    )
    return " ".join(words.render(one) for one in said)
