"""Where the finger stands: a buffer of regions, and a queue of messages before it. Pure.

A message stays until the customer moves on: no clock takes it away, and no key has to be pressed
only to be rid of it. Others that come meanwhile wait behind it. After the last one the finger is
where it was. Moving left from the beginning finds the last messages again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from braille.cells import BLANK, marked, underlined
from braille.window import Window, item_at, windows
from kiosk.senses.cells.render import Region


@dataclass(frozen=True, slots=True)
class Reading:
    """What is in reach, and which window of it is shown."""

    regions: tuple[Region, ...] = ()
    #: What was told: first those that were read, then those that weren't.
    messages: tuple[Region, ...] = ()
    #: How many messages were read.
    read: int = 0
    #: The window of the screen where the finger is, or was before it went to the messages.
    at: int = 0
    #: The window of the messages that is shown, if one is.
    told_at: int | None = None
    #: What the keys' cursor stands on (a region's `about`).
    cursor: str | None = None
    width: int = 40
    #: All windows of the regions and of the messages, computed once.
    pages: tuple[Window, ...] = field(default=())
    message_pages: tuple[Window, ...] = field(default=())

    @property
    def in_messages(self) -> bool:
        return self.told_at is not None

    @property
    def window(self) -> Window:
        pages = self.pages if self.told_at is None else self.message_pages
        at = self.at if self.told_at is None else self.told_at
        return pages[at] if at < len(pages) else ()

    @property
    def shown(self) -> tuple[Region, ...]:
        """What the windows are of: the messages, or the screen."""
        return self.messages if self.in_messages else self.regions

    @property
    def line(self) -> str:
        """The cells, with the cursor under the place of what it stands on."""
        return self._line(self.cursor)

    @property
    def without_cursor(self) -> str:
        return self._line(None)

    def _line(self, cursor: str | None) -> str:
        found = ""
        for piece in self.window:
            region = self.shown[piece.item]
            cells = piece.cells
            if not self.in_messages and region.about == cursor:
                lead = max(0, min(len(cells), (region.lead or len(region.cells)) - piece.start))
                cells = underlined(cells[:lead]) + cells[lead:]
            found = found.ljust(piece.at, BLANK) + cells
        if not self.goes_on:
            return found
        found = found.ljust(self.width, BLANK)
        return found[:-1] + marked(found[-1])

    @property
    def goes_on(self) -> bool:
        """Whether what is read here has more in the next window, or another message waits there."""
        if not self.window:
            return False
        if self.told_at is not None and self.told_at + 1 < len(self.message_pages):
            return True
        last = self.window[-1]
        return last.start + len(last.cells) < len(self.shown[last.item].cells.rstrip(BLANK))

    @property
    def is_veiled(self) -> bool:
        """Whether what is felt is for nobody who looks on."""
        return any(self.shown[piece.item].veiled for piece in self.window)

    @property
    def text(self) -> str:
        """The print of the regions in the window, whole."""
        return "  ".join(self.shown[piece.item].text for piece in self.window)

    @property
    def place(self) -> tuple[str, int] | None:
        """Where the finger is on the screen: what it is on, and from which of its cells."""
        if self.at >= len(self.pages):
            return None
        first = self.pages[self.at][0]
        return self.regions[first.item].about, first.start

    def about(self, cell: int) -> str | None:
        """What is under a cell; None for an empty one."""
        item = item_at(self.window, cell)
        return None if item is None else self.shown[item].about


def show(reading: Reading, regions: tuple[Region, ...], *, urgent: bool = False) -> Reading:
    """A new screen: read from what went wrong, else from its question.

    Messages that were read are over; the others come before the screen, unless it is `urgent`.
    """
    fresh = replace(reading, regions=regions, messages=reading.messages[reading.read :])
    fresh = laid(replace(fresh, read=0, at=0, told_at=None))
    fresh = focus(fresh, "problem" if _has(regions, "problem") else "ask")
    return fresh if urgent else _waiting(fresh)


def update(reading: Reading, regions: tuple[Region, ...]) -> Reading:
    """The same screen, changed in place: the finger stays on what it reads, as far as it is there.

    Of what has other words now it reads the beginning; of what is gone, what stood before it.
    """
    place, old = reading.place, {one.about: one for one in reading.regions}
    fresh = laid(replace(reading, regions=regions))
    if place is None:
        return fresh
    names = [one.about for one in reading.regions]
    before = reversed(names[: names.index(place[0]) + 1])
    about = next((one for one in before if _has(regions, one)), None)
    if about is None:
        return replace(fresh, at=0)
    same = any(one.about == about and one.cells == old[about].cells for one in regions)
    return replace(fresh, at=window_of(fresh, about, place[1] if same else 0))


def tell(reading: Reading, messages: tuple[Region, ...]) -> Reading:
    """Messages before everything else, until the customer moves on; behind those not yet read.

    Of one `subject` the last counts, and it takes the place of the one before, unless a finger
    is on that.
    """
    if not messages:
        return reading
    kept = reading.messages if reading.in_messages else reading.messages[reading.read :]
    read = reading.read if reading.in_messages else 0
    under = reading.window[0].item if reading.in_messages else -1
    first = max(read, under + 1)
    subjects = {one.subject for one in messages if one.subject}
    waiting = tuple(one for one in kept[first:] if one.subject not in subjects)
    fresh = replace(reading, messages=(*kept[:first], *waiting, *messages), read=read)
    return _waiting(laid(fresh))


def moved_on(reading: Reading) -> Reading:
    """The customer did something: the message under the finger was read, the next one comes."""
    if reading.in_messages:
        under = reading.window[0].item
        reading = replace(reading, read=max(reading.read, under + 1), told_at=None)
    return _waiting(reading)


def _waiting(reading: Reading) -> Reading:
    """The first message that wasn't read is shown, if no message is."""
    if reading.in_messages:
        return reading
    return replace(reading, told_at=_window_of_message(reading, reading.read))


def _window_of_message(reading: Reading, item: int) -> int | None:
    return next(
        (at for at, window in enumerate(reading.message_pages) if window[0].item >= item), None
    )


def resized(reading: Reading, width: int) -> Reading:
    """Another display: the finger stands at the beginning of what it read."""
    place, window = reading.place, reading.window
    fresh = laid(replace(reading, width=width))
    fresh = replace(fresh, at=window_of(fresh, place[0]) if place else 0)
    if reading.in_messages:
        return replace(fresh, told_at=_window_of_message(fresh, window[0].item))
    return fresh


def window_of(reading: Reading, about: str, start: int = 0) -> int:
    """The window of the screen with that region, and of a long one the part from `start`."""
    found = 0
    for index, window in enumerate(reading.pages):
        for piece in window:
            if reading.regions[piece.item].about == about and piece.start <= start:
                found = index
    return found


def focus(reading: Reading, about: str, start: int = 0) -> Reading:
    """The finger goes to that region of the screen; a message under it stays there."""
    return replace(reading, at=window_of(reading, about, start))


def right(reading: Reading) -> Reading:
    if reading.told_at is None:
        return replace(reading, at=max(reading.at, min(reading.at + 1, len(reading.pages) - 1)))
    if reading.told_at + 1 == len(reading.message_pages):
        return moved_on(reading)
    on = replace(reading, told_at=reading.told_at + 1)
    return replace(on, read=max(on.read, on.window[0].item))


def left(reading: Reading) -> Reading:
    if reading.told_at is not None:
        return replace(reading, told_at=max(0, reading.told_at - 1))
    if reading.at > 0:
        return replace(reading, at=reading.at - 1)
    if reading.message_pages:
        return replace(reading, told_at=len(reading.message_pages) - 1)
    return reading


def to_messages(reading: Reading) -> Reading:
    """The last messages again, or where they would be."""
    return replace(reading, told_at=0) if reading.message_pages else home(reading)


def pointed(reading: Reading, cursor: str | None) -> Reading:
    """The cursor stands under that region now."""
    return reading if reading.cursor == cursor else replace(reading, cursor=cursor)


def home(reading: Reading) -> Reading:
    """The question again, once no message waits."""
    return focus(moved_on(reading), "ask")


def end(reading: Reading) -> Reading:
    """The end of the screen, once no message waits."""
    return replace(moved_on(reading), at=max(0, len(reading.pages) - 1))


def laid(reading: Reading) -> Reading:
    """The reading with its windows computed: choices stand side by side where they fit."""
    side_by_side = [
        index
        for index, region in enumerate(reading.regions)
        if index and region.lead and reading.regions[index - 1].lead
    ]
    pages = windows([region.cells for region in reading.regions], side_by_side, reading.width)
    messages = windows([region.cells for region in reading.messages], (), reading.width)
    at = min(reading.at, max(0, len(pages) - 1))
    told_at = reading.told_at
    if told_at is not None:
        told_at = min(told_at, len(messages) - 1) if messages else None
    return replace(reading, pages=pages, message_pages=messages, at=at, told_at=told_at)


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
