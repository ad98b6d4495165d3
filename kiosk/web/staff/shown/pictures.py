"""A picture with its words: how to talk with somebody, what is urgent, and how a thing is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.content.words import Locale
from kiosk.queue.people.accounts import Staff

#: How to talk with somebody, by what they chose: the picture beside the words.
WAY_ICONS: Mapping[str, str] = {
    "sign": "sign-language",
    "voice": "hearing",
    "braille": "drag-indicator",
    "large_text": "format-size",
    "writing": "edit-note",
    "slow_speech": "record-voice-over",
    "companion": "directions-walk",
    "language": "translate",
}
#: What is to be brought or done for somebody; an aid of a branch's own has the last picture.
WANT_ICONS: Mapping[str, str] = {
    "companion": "directions-walk",
    "reading_glasses": "eyeglasses",
    "wheelchair": "accessible",
    "hearing_loop": "hearing",
    "medicine_box": "medical-services",
    "guide_dog": "sound-detection-dog-barking",
    "other": "volunteer-activism",
}
#: What staff must know at once; the first three are shown as urgent.
FLAG_ICONS: Mapping[str, str] = {
    "emergency": "emergency",
    "possible_fraud": "gpp-maybe",
    "urgent": "priority-high",
    "sign_officer_wanted": "sign-language",
    "exercise": "school",
    "demo": "science",
}
#: The customer can't watch a screen: staff go for them.
FETCH_ICON, PAGER_ICON = "handshake", "mobile-vibrate"
URGENT_FLAGS = frozenset({"emergency", "possible_fraud", "urgent"})


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its words."""

    icon: str
    words: str
    urgent: bool = False


def way(name: str, words: Locale) -> Picture:
    return Picture(WAY_ICONS[name], words.text(f"staff.way.by_{name}"))


def sign_first(presets: Iterable[str]) -> list[str]:
    """Sign before all else: whoever greets this customer must know it first."""
    return sorted(presets, key=lambda one: one != "sign")


def tongue(language: str, words: Locale) -> Picture:
    """Which language to speak; a tag without words of its own is shown as it is."""
    key = f"staff.speaks.{language}"
    return Picture(WAY_ICONS["language"], words.text(key) if words.has(key) else language)


def flag(name: str, words: Locale) -> Picture:
    return Picture(FLAG_ICONS[name], words.text(f"staff.flag.{name}"), name in URGENT_FLAGS)


def want(aid: str, words: Locale) -> Picture:
    """What somebody wants, in words for staff; a branch's own aid as its customers read it."""
    icon = WANT_ICONS.get(aid, WANT_ICONS["other"])
    own = (f"staff.want.{aid}", f"need_help.aid.option.{aid}")
    key = next((one for one in own if words.has(one)), None)
    return Picture(icon, words.text(key) if key else aid)


def service_name(service: str, words: Locale) -> str:
    """The official term, for staff."""
    key = f"{service}.official"
    return words.text(key) if words.has(key) else service


def names(people: Iterable[Staff]) -> dict[str, str]:
    """Colleagues' names by the id the audit trail keeps."""
    return {one.id: one.name for one in people}
