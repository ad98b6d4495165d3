"""Reading the words of a language from its folder, with a branch's own words laid over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.content.source import ContentError, Finding, Source, Where, read_yaml
from kiosk.content.words import FORMS, Locale, Message

#: Forms whose names can't be anything else: without a text beside them they are a mistake.
ONLY_FORMS = frozenset({"speech", "say"})


@dataclass(frozen=True, slots=True)
class Place:
    source: Source
    where: Where

    def finding(self, message: str) -> Finding:
        return self.source.finding(self.where, message)


def read_messages(folders: list[Path]) -> dict[str, tuple[Message, Place]]:
    """Every message under the folders by dotted key; a later folder's word replaces an earlier's.

    Raises `ContentError` where a key is in two files of one folder, or isn't text.
    """
    merged: dict[str, tuple[Message, Place]] = {}
    findings: list[Finding] = []
    for folder in folders:
        own: dict[str, tuple[Message, Place]] = {}
        for path in sorted(folder.glob("*.yaml")):
            source = read_yaml(path)
            for key, found, place in _messages(source, source.data or {}, ()):
                if isinstance(found, str):
                    findings.append(place.finding(found))
                elif key in own:
                    findings.append(
                        place.finding(f"{key} is also in {own[key][1].source.file}; keep one")
                    )
                else:
                    own[key] = (found, place)
        merged.update(own)
    if findings:
        raise ContentError(findings)
    return merged


def locale(language: str, folders: list[Path], default: Locale | None = None) -> Locale:
    found = read_messages(folders)
    return Locale(language, {key: message for key, (message, _) in found.items()}, default)


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
