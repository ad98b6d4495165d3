"""What is said when something changed: a pure function from two moments to lines."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow.prompt import Entry
from kiosk.flow.text import Slot, Text, Words
from kiosk.senses.speech.chosen import chosen_text
from kiosk.senses.speech.render import (
    Audience,
    Spoken,
    entered,
    item,
    speakable,
    spelled,
    told,
)
from kiosk.session.moment import Moment
from kiosk.session.press import cursor_target
from kiosk.session.screens import SCREENS, screen_of
from kiosk.session.screens.collect import NAME as COLLECT
from kiosk.session.waiting import asides

#: What is asked before a visit begins, so that it doesn't count as its beginning.
FIRST = frozenset(SCREENS[COLLECT].keys)


def telling(
    before: Moment | None, now: Moment, words: Words, audience: Audience, heard: frozenset[str]
) -> tuple[Spoken, ...]:
    """What is said now. `heard` are the prompts (their keys) this customer has heard before."""
    if not now.state.switches.voice:
        return ()
    notice = _notice(before, now, words, audience)
    if before is None or _is_new(before, now):
        short = now.prompt.key in heard
        return (
            *notice,
            *whole(now, words, audience, short=short),
            *_bar(now, words, audience, heard),
        )
    if notice and _of_staff(now):
        # Whatever was being said gave way to it, so the screen is said again.
        return (*notice, *whole(now, words, audience, short=True))
    return (*notice, *_echo(before, now, words, audience))


def _of_staff(now: Moment) -> bool:
    """Whether the notice is of staff who were called, which comes by itself."""
    notice = now.state.notice
    return notice is not None and notice.key.startswith("notice.alarm.")


def whole(
    now: Moment, words: Words, audience: Audience, *, short: bool = False
) -> tuple[Spoken, ...]:
    """The whole screen: its prompt, and what else stands on it."""
    said = speakable(now.prompt, words, audience, short=short)
    extra = asides(now.state, now.world) if now.state.place == "ticket" else ()
    if not extra or screen_of(now.state) != "ticket":
        return said
    beside = tuple(s for text in extra for s in told(text.about, text.said, words, audience))
    first = sum(1 for one in said if one.about in ("ask", "why"))
    return (*beside[:1], *said[:first], *beside[1:], *said[first:])


def repeated(now: Moment, words: Words, audience: Audience, *, again: bool) -> tuple[Spoken, ...]:
    """The whole screen once more; asked for again, what stands in its entry, spelled."""
    entry = now.prompt.entry
    if again and entry is not None and entry.text:
        return spelled(entry, words, audience)
    return whole(now, words, audience)


def too_late(now: Moment, words: Words, audience: Audience) -> tuple[Spoken, ...]:
    """That it came too late to count, and what is asked now."""
    return (*said_once("voice.late", words), *whole(now, words, audience, short=True))


def _is_new(before: Moment, now: Moment) -> bool:
    switched_on = now.state.switches.voice and not before.state.switches.voice
    language = before.state.switches.language != now.state.switches.language
    problem = now.prompt.problem is not None and before.prompt.problem != now.prompt.problem
    return switched_on or language or problem or before.place != now.place


def _notice(
    before: Moment | None, now: Moment, words: Words, audience: Audience
) -> tuple[Spoken, ...]:
    notice = now.state.notice
    if notice is None or (before is not None and before.state.notice == notice):
        return ()
    return told("notice", notice, words, audience)


def _bar(
    now: Moment, words: Words, audience: Audience, heard: frozenset[str]
) -> tuple[Spoken, ...]:
    """What can be pressed at any time, told once a visit."""
    if heard - FIRST or now.prompt.key in FIRST or now.state.place != "visit":
        return ()
    return (
        *told("bar", Text("ear.bar"), words, audience),
        *told("bar", Text("ear.moved"), words, audience),
    )


def _echo(before: Moment, now: Moment, words: Words, audience: Audience) -> Iterator[Spoken]:
    """What changed in place: the thing the keys stand on, or what was typed."""
    if now.state.cursor != before.state.cursor:
        target = cursor_target(now.state, now.prompt)
        yield from item(now.prompt, target, words, audience) if target else ()
    old, entry = before.prompt.entry, now.prompt.entry
    if entry is not None and old is not None and entry.text != old.text:
        yield from _typed(old, entry, words, audience)
    chosen = {choice.value for choice in before.prompt.choices if choice.selected}
    for choice in now.prompt.choices:
        if choice.selected and choice.value not in chosen and now.state.notice is None:
            yield from item(now.prompt, choice.value, words, audience)


def _typed(old: Entry, entry: Entry, words: Words, audience: Audience) -> tuple[Spoken, ...]:
    """One digit more is said alone; one fewer as erased; anything else as it now stands."""
    if entry.private and audience.hush:
        return told("entry", entered(entry, audience), words, audience)
    if entry.text[:-1] == old.text and entry.kind != "text":
        return told("entry", Slot("last4", entry.text[-1], entry.private), words, audience)
    if old.text[:-1] == entry.text:
        return told("entry", Text("ear.erased"), words, audience)
    chosen = chosen_text(old.text, entry.text) if entry.kind == "text" else ""
    if chosen:
        return told("entry", Slot("free", chosen, entry.private), words, audience)
    return told("entry", entered(entry, audience), words, audience)


def said_once(key: str, words: Words) -> tuple[Spoken, ...]:
    """A single remark of the voice itself, such as that a key does nothing here."""
    return told("remark", Text(key), words, Audience())
