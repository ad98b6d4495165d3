"""What of a moment is felt: its regions in reading order. Pure."""

from __future__ import annotations

from kiosk.flow.text import Text
from kiosk.senses.cells import reading as finger
from kiosk.senses.cells.reading import Reading
from kiosk.senses.cells.render import Region, Script, feelable, told
from kiosk.session.moment import Moment
from kiosk.session.press import cursor_target
from kiosk.session.screens import screen_of
from kiosk.session.waiting import asides


def is_on(now: Moment) -> bool:
    """In a visit braille is shown to whoever asked for it; the first page to everybody."""
    return now.state.switches.braille or now.state.place == "attract"


def is_new(before: Moment, now: Moment) -> bool:
    """Whether a screen is read from its beginning."""
    problem = now.prompt.problem is not None and before.prompt.problem != now.prompt.problem
    language = before.state.switches.language != now.state.switches.language
    return before.place != now.place or problem or language or is_on(before) != is_on(now)


def followed(reading: Reading, before: Moment, now: Moment, regions: tuple[Region, ...]) -> Reading:
    """The same screen, changed in place: the finger goes to what changed."""
    if not is_on(now):
        return finger.show(reading, ())
    reading = finger.update(reading, regions)
    entry, old = now.prompt.entry, before.prompt.entry
    if entry is not None and old is not None and entry.text != old.text:
        reading = finger.focus(reading, "entry")
    target = cursor_target(now.state, now.prompt)
    cursor = f"pick:{target}" if target else None
    return finger.focus(reading, cursor) if cursor and cursor != reading.cursor else reading


def screen_regions(now: Moment, script: Script) -> tuple[Region, ...]:
    """Everything on the screen, the waiting page's number and advice with it."""
    found = feelable(now.prompt, script)
    if screen_of(now.state) == "help":
        return (*found, told("commands", Text("touch.commands"), script))
    if screen_of(now.state) != "ticket":
        return found
    beside = tuple(told(one.about, one.said, script) for one in asides(now.state, now.world))
    words = [one for one in found if not one.about.startswith("pick:")]
    picks = [one for one in found if one.about.startswith("pick:")]
    return (*beside[:1], *words, *beside[1:], *picks)
