"""What of a moment is felt: its regions in reading order. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kiosk.flow.text import Said, Slot, Text
from kiosk.senses.cells import reading as finger
from kiosk.senses.cells.reading import Reading
from kiosk.senses.cells.render import Region, Script, feelable, region, told
from kiosk.senses.speech.render import typed
from kiosk.session.keys import DIGITS
from kiosk.session.moment import Moment
from kiosk.session.press import cursor_target
from kiosk.session.screens import screen_of
from kiosk.session.waiting import ADVICE, asides


def is_on(now: Moment) -> bool:
    """In a visit braille is shown to whoever asked for it; the first page to everybody."""
    return now.state.switches.braille or now.state.place == "attract"


def is_new(before: Moment, now: Moment) -> bool:
    """Whether a screen is read from its beginning.

    Who waits stays where they read, whatever becomes of their number: it is told (`elsewhere`).
    """
    problem = now.prompt.problem is not None and before.prompt.problem != now.prompt.problem
    language = before.state.switches.language != now.state.switches.language
    moved = before.place != now.place and not (_waits(before) and _waits(now))
    return moved or problem or language or is_on(before) != is_on(now)


def _waits(now: Moment) -> bool:
    return screen_of(now.state) == "ticket"


def followed(reading: Reading, before: Moment, now: Moment, regions: tuple[Region, ...]) -> Reading:
    """The same screen, changed in place: the finger goes to what the customer changed."""
    if not is_on(now):
        return finger.show(reading, ())
    reading = finger.update(reading, _kept(reading, regions))
    entry, old = now.prompt.entry, before.prompt.entry
    if entry is not None and old is not None and entry.text != old.text:
        reading = finger.focus(reading, "entry")
    target = cursor_target(now.state, now.prompt)
    cursor = f"pick:{target}" if target else None
    return finger.focus(reading, cursor) if cursor and cursor != reading.cursor else reading


def _kept(reading: Reading, regions: tuple[Region, ...]) -> tuple[Region, ...]:
    """Advice that a finger reads stays until it moves on; all other advice changes with time."""
    under = reading.regions[reading.pages[reading.at][0].item] if reading.place else None
    if under is None or not under.about.startswith(ADVICE):
        return regions
    return tuple(under if one.about.startswith(ADVICE) else one for one in regions)


def elsewhere(before: Reading, now: Moment, regions: tuple[Region, ...]) -> tuple[Region, ...]:
    """What changed for somebody who waits, as messages, if their finger isn't on it.

    `before` is what was in reach until now.
    """
    if not (_waits(now) and is_on(now)):
        return ()
    known = {one.about: one.cells for one in before.regions}
    under = before.place[0] if before.place else None
    return tuple(
        replace(one, subject=one.about)
        for one in regions
        if one.cells != known.get(one.about) and one.about != under and _is_told(one)
    )


def _is_told(region: Region) -> bool:
    return region.about == "ask" or region.about.startswith(("result:", "papers"))


#: From so many cells on a display often has no keys for dots: an entry's keys stand on it.
WIDE = 80
#: The keys of an entry: their words, and those of `kiosk.session.keys` that they are.
_KEYS = (("erase", Text("touch.key_erase")), ("select", Text("touch.key_select")))


def screen_regions(now: Moment, script: Script, width: int = 0) -> tuple[Region, ...]:
    """Everything on the screen, the waiting page's number and advice with it.

    `width`: the cells of the display.
    """
    found = feelable(now.prompt, script)
    if now.state.place == "attract" and now.state.overlay is None:
        return (*found[:1], *_languages(now, script), *found[1:])
    if width >= WIDE and now.prompt.entry is not None and now.prompt.entry.kind != "text":
        at = next(i for i, one in enumerate(found) if one.about == "entry") + 1
        return (*found[:at], *_keys(script), *found[at:])
    if screen_of(now.state) == "help":
        return (*found, told("commands", Text("touch.commands"), script))
    if not _waits(now):
        return found
    beside = tuple(told(one.id, one.said, script) for one in asides(now.state, now.world))
    words = [one for one in found if not one.about.startswith("pick:")]
    picks = [one for one in found if one.about.startswith("pick:")]
    return (*beside[:1], *words, *beside[1:], *picks)


def _languages(now: Moment, script: Script) -> Iterator[Region]:
    """How to change the language, in each that there is."""
    for language in now.world.languages:
        own = script.other(language) if script.other is not None else script
        if own.words.language == language:
            yield told(f"language:{language}", Text("touch.change_language"), own)


def _keys(script: Script) -> Iterator[Region]:
    """Digits to choose with the routing keys, and what ends an entry."""
    for digit in DIGITS:
        cells = script.table.write(digit.removeprefix("digit"))
        yield Region(f"key:{digit}", cells, digit.removeprefix("digit"), lead=len(cells))
    for key, words in _KEYS:
        found = told(f"key:{key}", words, script)
        yield replace(found, lead=len(found.cells))


def private_regions(now: Moment, script: Script) -> tuple[Region, ...]:
    """What is only counted elsewhere, to be felt by whoever entered it. `script` hushes nothing."""
    prompt = now.prompt
    said: list[tuple[Said, ...]] = [
        (Text("touch.row", {"label": row.label}), row.value) for row in prompt.rows if row.private
    ]
    entry = prompt.entry
    if entry is not None and entry.private and entry.text:
        said.append((typed(entry.kind, entry.text, private=True),))
    veil = script.print(Text("touch.veiled"))
    return tuple(
        Region(f"private:{at}", script.cells(*one), veil, veiled=True)
        for at, one in enumerate(said)
    )


def status(reading: Reading, now: Moment, script: Script) -> tuple[Region, ...]:
    """Where the finger is: in what, and in which of its lines."""
    of = max(1, len(reading.pages))
    place = {"at": Slot("count", min(reading.at + 1, of)), "of": Slot("count", of)}
    title = () if now.prompt.service == "screen" else (now.prompt.title,)
    return (region("status", script, *title, Text("touch.status", place)),)
