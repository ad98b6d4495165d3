"""A customer at one session with a braille display in memory."""

from __future__ import annotations

from collections.abc import Callable

from braille.cells import BLANK, dots
from braille.chords import Chord
from braille.displays.memory import MemoryDisplay
from braille.displays.ports import Moved, Typed
from kiosk.senses.cells.companion import Tactile
from kiosk.senses.writing.scribe import Scribe
from kiosk.session.events import Put
from tests.support.cells import script, unmarked
from tests.support.customer import WAYS, Customer
from writing.ports import Engine, NoEngine

SENSES = frozenset({"screen", "voice", "braille"})


class Reader(Customer):
    """A customer with a display in memory."""

    def __init__(self, cells: int = 40, engine: Engine | None = None) -> None:
        super().__init__(senses=SENSES)
        self.display = MemoryDisplay(cells)
        scribe = Scribe(engine or NoEngine(), inline=True)
        #: What is to happen after so many seconds.
        self.later: list[tuple[float, Callable[[], object]]] = []
        self.tactile = Tactile(
            self.session,
            script,
            lambda: None,
            later=lambda seconds, work: self.later.append((seconds, work)),
            scribe=scribe,
            inline=True,
        )
        self.display.start(self.tactile.happened)
        self.tactile.use(self.display)

    @property
    def felt(self) -> str:
        """What the window says, in print."""
        return self.tactile.reading.text

    def type(self, *chords: str, space: bool = False) -> Reader:
        for one in chords:
            self.display.emit(Typed(Chord.of(one, space=space)))
        return self

    def elapse(self) -> Reader:
        """So much time passes that what was put off until now happens, once."""
        due, self.later = self.later, []
        for _, work in due:
            work()
        return self

    def cells(self, written: str) -> Reader:
        """Type a row of cells, empty ones by space."""
        for one in written:
            self.type(dots(one), space=one == BLANK)
        return self

    def all_felt(self) -> str:
        """Everything on the screen, window by window."""
        self.display.emit(Moved("home"))
        for _ in range(60):
            self.display.emit(Moved("left"))
        lines = []
        for _ in range(200):
            lines.append(unmarked(self.elapse().display.line))
            before = self.tactile.reading
            self.display.emit(Moved("right"))
            if self.tactile.reading == before:
                return "".join(lines).replace("⠀", "")
        raise AssertionError("no end")


def at(screen: str, cells: int = 40) -> Reader:
    reader = Reader(cells)
    WAYS[screen](reader)
    if screen == "attract":
        return reader
    reader.do(Put("braille", "on")).display.emit(Moved("home"))
    return reader


#: The cursor's dots 7 and 8 taken away again.
WITHOUT_CURSOR = {0x2800 + bits: 0x2800 + (bits & 0x3F) for bits in range(0x40, 0x100)}
