"""One language's words: messages by key, each in its forms, with values put in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.content.requests import NO_REQUESTS, Requests
from kiosk.flow.text import Form, Said, Slot, Text
from languages import tongue

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in its forms. Speech is the screen text unless it says otherwise; braille is
    what is said, for what can't be said can't be felt either.
    """

    text: str
    speech: str | None = None
    braille: str | None = None
    #: What a signer must make clear: the meaning, not the order of words.
    sign: str | None = None
    #: What a customer may say to mean this.
    say: tuple[str, ...] = ()

    def form(self, form: Form) -> str:
        spoken = self.speech if form == "braille" else None
        return getattr(self, form) or spoken or self.text

    def placeholders(self) -> frozenset[str]:
        return frozenset(PLACEHOLDER.findall(self.text))


FORMS = frozenset({"text", "speech", "braille", "sign", "say"})


@dataclass(frozen=True, slots=True)
class Locale:
    """The words of one language; satisfies `kiosk.flow.text.Words`."""

    language: str
    messages: Mapping[str, Message]
    #: The language whose words stand in for one that a branch's own folder forgot.
    default: Locale | None = field(default=None, repr=False)
    #: Whole sentences that ask for a service.
    requests: Requests = field(default=NO_REQUESTS, repr=False)

    def has(self, key: str) -> bool:
        return key in self.messages

    def message(self, key: str) -> Message:
        """The message of that key. Raises `KeyError` naming key and language."""
        if key in self.messages:
            return self.messages[key]
        if self.default is not None:
            return self.default.message(key)
        raise KeyError(f"no words for {key!r} in {self.language}")

    def render(self, said: Said, form: Form = "text") -> str:
        if isinstance(said, Slot):
            return self._slot(said, form)
        params = {name: self.render(value, form) for name, value in said.params.items()}
        return PLACEHOLDER.sub(
            lambda found: params.get(found[1], found[0]), self.template(said, form)
        )

    def template(self, text: Text, form: Form = "text") -> str:
        """The sentence with its placeholders still in it. Raises `KeyError` as `message` does."""
        has_own = text.fallback is None or self.has(text.key)
        return self.message(text.key if has_own else str(text.fallback)).form(form)

    def say(self, said: Said) -> tuple[str, ...]:
        """What a customer may say for it; a message that is only a set of phrases has no text."""
        if isinstance(said, Slot):
            return (self.render(said),)
        has_own = said.fallback is None or self.has(said.key)
        message = self.message(said.key if has_own else str(said.fallback))
        own = () if message.placeholders() else (message.text,)
        return tuple(dict.fromkeys((*own, *message.say)))

    def text(self, key: str, **params: Said | str | int) -> str:
        """The screen text of a key, for pages: ``words.text("ticket.ahead", count=2)``."""
        return self.render(Text(key, {n: _said(v) for n, v in params.items()}))

    def optional(self, said: Text) -> str | None:
        """The screen text, or None where nobody wrote one."""
        keys = [said.key] if said.fallback is None else [said.key, said.fallback]
        return self.render(said) if any(self.has(key) for key in keys) else None

    def _slot(self, slot: Slot, form: Form) -> str:
        return FORMATS[slot.kind](self, slot.value)

    def pattern(self, key: str, **parts: str) -> str:
        return PLACEHOLDER.sub(lambda found: parts[found[1]], self.message(key).text)


def _said(value: Said | str | int) -> Said:
    if isinstance(value, int):
        return Slot("count", value)
    return Slot("free", value) if isinstance(value, str) else value


def _phone(words: Locale, value: str | int) -> str:
    return tongue(words.language).written.phone(str(value))


def _amount(words: Locale, value: str | int) -> str:
    number = tongue(words.language).written.amount(int(value))
    return words.pattern("value.amount", n=number)


def _date(words: Locale, value: str | int) -> str:
    return tongue(words.language).written.date(str(value))


def _time(words: Locale, value: str | int) -> str:
    return tongue(words.language).written.time(str(value))


def _plain(words: Locale, value: str | int) -> str:
    return str(value)


FORMATS = {
    "phone": _phone,
    "amount": _amount,
    "date": _date,
    "time": _time,
    "last4": _plain,
    "count": _plain,
    "free": _plain,
    "ticket": _plain,
}
