"""What is felt while a text is written: the cells as typed, and what they may be. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from braille.cells import BLANK
from kiosk.flow.prompt import Entry
from kiosk.flow.text import Text
from kiosk.senses.cells import reading as finger
from kiosk.senses.cells.composing import Offers, Typed
from kiosk.senses.cells.reading import Reading
from kiosk.senses.cells.render import Region, Script, entered, region, told
from kiosk.session.moment import Moment
from writing.apart import Apart, told_apart

#: What the cells of an entry are about, and each text that they may be.
TYPED, OFFER = "typed", "write:"


def writes(now: Moment) -> bool:
    """Whether a text is typed here."""
    entry = now.prompt.entry
    return entry is not None and entry.kind == "text" and now.state.overlay is None


def composed(
    regions: tuple[Region, ...], now: Moment, typed: Typed, script: Script
) -> tuple[Region, ...]:
    """A screen's regions with what is being written in the place of its entry."""
    entry = now.prompt.entry
    if entry is None or not writes(now) or not typed.cells:
        return regions
    at = next((at for at, one in enumerate(regions) if one.about == "entry"), len(regions))
    return (*regions[:at], *_written(entry, typed, script), *regions[at + 1 :])


def _written(entry: Entry, typed: Typed, script: Script) -> Iterator[Region]:
    if typed.base:
        yield region("entry", script, *entered(replace(entry, text=typed.base)))
    # The echo is what was typed, not what it is taken for.
    yield Region(TYPED, typed.cells, entry.text[len(typed.base) :], len(typed.cells))
    offers = typed.offers
    if offers.state == "found" and offers.texts:
        yield from _offers(offers, script)
        yield told("how_write", Text("touch.writing"), script)


def _offers(offers: Offers, script: Script) -> Iterator[Region]:
    """Each text, and after it the word that tells it from the others of its sound."""
    sounds = offers.row.sounds if offers.row else ()
    apart = told_apart(offers.texts, sounds)
    for at, (text, parts) in enumerate(zip(offers.texts, apart, strict=True)):
        write, mark = script.table.write, script.table.mark
        single = len(text) == 1 and bool(parts)
        own = write(_marked(text, parts[0]) if single else mark(text))
        cells = BLANK.join((own, *(_apart_cells(one, script) for one in parts)))
        said = "，".join(one.text for one in parts)
        yield Region(f"{OFFER}{at}", cells, f"{text} {said}".strip(), len(own))


def _apart_cells(one: Apart, script: Script) -> str:
    if not one.word:
        return script.table.write(script.table.mark(one.text))
    return script.table.write(f"{script.table.mark(one.word)}的 {_marked(one.char, one)}")


def _marked(char: str, one: Apart) -> str:
    return f"{char}[{one.pinyin}]" if one.reading.spelling else char


def followed(reading: Reading, typed: Typed) -> Reading:
    """The finger goes to what the keys stand on, else to the last cell that was typed."""
    if typed.offers.at >= 0:
        return finger.focus(reading, f"{OFFER}{typed.offers.at}")
    about = TYPED if typed.cells else "entry"
    cells = next((one.cells for one in reading.regions if one.about == about), "")
    return finger.focus(reading, about, max(0, len(cells) - 1))


def cursor(typed: Typed) -> str | None:
    """What of the offers the keys stand on."""
    return f"{OFFER}{typed.offers.at}" if typed.offers.at >= 0 else None


def offer_at(about: str) -> int | None:
    """Which offer a region is."""
    return int(about.removeprefix(OFFER)) if about.startswith(OFFER) else None
