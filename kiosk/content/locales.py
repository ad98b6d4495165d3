"""Reading the words of a language from its folder, with a branch's own words laid over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.content.requests import NO_REQUESTS, Requests
from kiosk.content.source import Finding, Source, Where, read_as_far
from kiosk.content.words import FORMS, Locale, Message

#: Chinese is written first; the others are its translations.
FIRST_LANGUAGE = "zh-CN"
#: Forms whose names can't be anything else: without a text beside them they are a mistake.
ONLY_FORMS = frozenset({"speech", "say"})


@dataclass(frozen=True, slots=True)
class Place:
    source: Source
    where: Where

    def finding(self, message: str) -> Finding:
        return self.source.finding(self.where, message)


Messages = Mapping[str, tuple[Message, Place]]


@dataclass(slots=True)
class Written:
    """The words of a language as far as they can be read, and what is wrong with them."""

    messages: dict[str, tuple[Message, Place]] = field(default_factory=dict)
    #: Keys whose words are there but can't be read.
    broken: set[str] = field(default_factory=set)
    #: Whether every file could be read: else any key may be missing.
    whole: bool = True
    findings: list[Finding] = field(default_factory=list)


def read_messages(folders: list[Path]) -> Written:
    """Every message under the folders by dotted key; a later folder's replaces an earlier's."""
    written = Written()
    for folder in folders:
        own: dict[str, tuple[Message, Place]] = {}
        for path in sorted(folder.glob("*.yaml")):
            source, findings = read_as_far(path)
            written.findings += findings
            if source is None:
                written.whole = False
                continue
            for key, found, place in _messages(source, source.data or {}, ()):
                if isinstance(found, str):
                    written.findings.append(place.finding(found))
                    written.broken.add(key)
                    written.whole = written.whole and bool(key)
                elif key in own:
                    written.findings.append(
                        place.finding(f"{key} is also in {own[key][1].source.file}; keep one")
                    )
                else:
                    own[key] = (found, place)
        written.messages.update(own)
    return written


def locale(
    language: str,
    messages: Messages,
    default: Locale | None = None,
    requests: Requests = NO_REQUESTS,
) -> Locale:
    own = {key: message for key, (message, _) in messages.items()}
    return Locale(language, own, default, requests)


def _messages(
    source: Source, node: Any, where: Where
) -> Iterator[tuple[str, Message | str, Place]]:
    key, place = ".".join(str(part) for part in where), Place(source, where)
    if isinstance(node, str | int | float) and not isinstance(node, bool) and where:
        yield key, Message(str(node)), place
    elif isinstance(node, dict):
        forms = FORMS if "text" in node else ONLY_FORMS
        if set(node) & forms:
            yield key, _message(key, node), place
        for name, inner in node.items():
            if not isinstance(name, str):
                yield key, f"{key}: put quotes around the key {name!r}", place
            elif name not in forms:
                yield from _messages(source, inner, (*where, name))
    else:
        yield key, f"{key or 'the file'}: expected words or a mapping, not {node!r}", place


def _message(key: str, node: dict[str, Any]) -> Message | str:
    """A message from a mapping of forms, or what is wrong with it."""
    say = node.get("say", [])
    texts = {form: node.get(form) for form in FORMS - {"say"}}
    if not isinstance(texts["text"], str):
        return f"{key}: forms without a `text`"
    wrong = [form for form, text in texts.items() if text is not None and not isinstance(text, str)]
    if wrong:
        return f"{key}: `{wrong[0]}` must be text; put quotes around it"
    if not isinstance(say, list) or not all(isinstance(phrase, str) for phrase in say):
        return f"{key}: `say` is a list of phrases"
    return Message(
        text=texts["text"],
        speech=texts["speech"],
        braille=texts["braille"],
        sign=texts["sign"],
        say=tuple(say),
    )
