"""Where the finger stands: a buffer of regions, and a buffer of messages before it. Pure.

A message stays until the customer moves on: no clock takes it away, and no key has to be pressed
only to be rid of it. Moving left from the beginning finds the last message again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from braille.cells import underlined
from braille.window import Window, item_at, windows
from kiosk.senses.cells.render import Region


@dataclass(frozen=True, slots=True)
class Reading:
    """What is in reach, and which window of it is shown."""

    regions: tuple[Region, ...] = ()
    messages: tuple[Region, ...] = ()
    #: The window that is shown; in the messages while `in_messages`.
    at: int = 0
    in_messages: bool = False
    #: What the keys' cursor stands on (a region's `about`).
    cursor: str | None = None
    width: int = 40
    #: All windows of the regions and of the messages, computed once.
    pages: tuple[Window, ...] = field(default=())
    message_pages: tuple[Window, ...] = field(default=())

    @property
    def window(self) -> Window:
        pages = self.message_pages if self.in_messages else self.pages
        return pages[self.at] if self.at < len(pages) else ()

    @property
    def shown(self) -> tuple[Region, ...]:
        """What the windows are of: the messages, or the screen."""
        return self.messages if self.in_messages else self.regions

    @property
    def line(self) -> str:
        """The cells, with the cursor under the place of what it stands on."""
        found = ""
        for piece in self.window:
            region = self.shown[piece.item]
            cells = piece.cells
            if not self.in_messages and region.about == self.cursor:
                lead = max(0, min(len(cells), (region.lead or len(region.cells)) - piece.start))
                cells = underlined(cells[:lead]) + cells[lead:]
            found = found.ljust(piece.at, "⠀") + cells
        return found

    @property
    def text(self) -> str:
        """The print of the regions in the window, whole."""
        return "  ".join(self.shown[piece.item].text for piece in self.window)

    def about(self, cell: int) -> str | None:
        """What is under a cell."""
        item = item_at(self.window, cell)
        return None if item is None else self.shown[item].about


def show(reading: Reading, regions: tuple[Region, ...]) -> Reading:
    """A new screen: read from what went wrong, else from its question. Old messages are over."""
    fresh = replace(reading, regions=regions, messages=(), in_messages=False, at=0)
    fresh = laid(fresh)
    first = next((about for about in ("problem", "ask") if _has(regions, about)), None)
    return focus(fresh, first) if first else fresh


def update(reading: Reading, regions: tuple[Region, ...]) -> Reading:
    """The same screen, changed in place: the finger stays on the region it reads."""
    window = reading.pages[reading.at] if reading.at < len(reading.pages) else ()
    if reading.in_messages or not window:
        return laid(replace(reading, regions=regions))
    about, start = reading.regions[window[0].item].about, window[0].start
    return focus(laid(replace(reading, regions=regions)), about, start)


def tell(reading: Reading, messages: tuple[Region, ...]) -> Reading:
    """Show messages before everything else, until the customer moves on."""
    if not messages:
        return reading
    return replace(laid(replace(reading, messages=messages)), in_messages=True, at=0)


def moved_on(reading: Reading) -> Reading:
    """The customer did something: messages were read."""
    if not reading.in_messages:
        return reading
    first = next((about for about in ("problem", "ask") if _has(reading.regions, about)), None)
    back = replace(reading, in_messages=False, at=0)
    return focus(back, first) if first else back


def resized(reading: Reading, width: int) -> Reading:
    """Another display: the finger stands at the beginning of the region it read."""
    window = reading.window
    about = reading.shown[window[0].item].about if window else None
    fresh = laid(replace(reading, width=width))
    if reading.in_messages:
        return replace(fresh, at=0)
    return focus(fresh, about) if about else replace(fresh, at=0)


def focus(reading: Reading, about: str, start: int = 0) -> Reading:
    """Show the window with that region, and of a long one the part from `start`."""
    found = 0
    for index, window in enumerate(reading.pages):
        for piece in window:
            if reading.regions[piece.item].about == about and piece.start <= start:
                found = index
    return replace(reading, at=found, in_messages=False)


def right(reading: Reading) -> Reading:
    pages = reading.message_pages if reading.in_messages else reading.pages
    if reading.at + 1 < len(pages):
        return replace(reading, at=reading.at + 1)
    return moved_on(reading) if reading.in_messages else reading


def left(reading: Reading) -> Reading:
    if reading.at > 0:
        return replace(reading, at=reading.at - 1)
    if not reading.in_messages and reading.message_pages:
        return replace(reading, in_messages=True, at=len(reading.message_pages) - 1)
    return reading


def to_messages(reading: Reading) -> Reading:
    """The last messages again, or where they would be."""
    if not reading.message_pages:
        return home(reading)
    return replace(reading, in_messages=True, at=0)


def pointed(reading: Reading, cursor: str | None) -> Reading:
    """The cursor stands under that region now."""
    return reading if reading.cursor == cursor else replace(reading, cursor=cursor)


def home(reading: Reading) -> Reading:
    """The question again."""
    return focus(reading, "ask") if _has(reading.regions, "ask") else replace(reading, at=0)


def end(reading: Reading) -> Reading:
    return replace(reading, at=max(0, len(reading.pages) - 1), in_messages=False)


def laid(reading: Reading) -> Reading:
    """The reading with its windows computed: choices stand side by side where they fit."""
    side_by_side = [
        index
        for index, region in enumerate(reading.regions)
        if index and region.lead and reading.regions[index - 1].lead
    ]
    pages = windows([region.cells for region in reading.regions], side_by_side, reading.width)
    messages = windows([region.cells for region in reading.messages], (), reading.width)
    at = min(reading.at, max(0, len(messages if reading.in_messages else pages) - 1))
    return replace(reading, pages=pages, message_pages=messages, at=at)


def _has(regions: tuple[Region, ...], about: str) -> bool:
    return any(region.about == about for region in regions)


#: What each move of the finger does.
MOVES: Mapping[str, Callable[[Reading], Reading]] = {
    "left": left,
    "right": right,
    "home": home,
    "end": end,
    "messages": to_messages,
}
