"""Checks of the values in the words: the same in every language and form, and all filled in."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.content.checks.material import Material
from kiosk.content.checks.words import PROBLEMS, homes_of
from kiosk.content.locales import FIRST_LANGUAGE
from kiosk.content.source import Finding
from kiosk.content.words import PLACEHOLDER, Message


def values_agree(material: Material) -> Iterator[Finding]:
    """Every language fills in what the first does; what nothing fills in is found elsewhere."""
    homes = homes_of(material)
    first = material.judged(FIRST_LANGUAGE)
    for language in material.words:
        for key, (message, place) in material.judged(language).items():
            wanted = first[key][0].text if key in first else message.text
            if _placeholders(message.text) == _placeholders(wanted):
                continue
            if not _unfilled(key, message.text, homes) and not _unfilled(key, wanted, homes):
                yield place.finding(
                    f"{key}: fills in {_named(message.text)}, but {FIRST_LANGUAGE} fills in "
                    f"{_named(wanted)}"
                )


def forms_agree(material: Material) -> Iterator[Finding]:
    """Speech and braille fill in the same values as the screen's text."""
    for language in material.words:
        for key, (message, place) in material.judged(language).items():
            for form in ("speech", "braille"):
                said = getattr(message, form)
                if said is not None and _placeholders(said) != _placeholders(message.text):
                    yield place.finding(
                        f"{key}: its {form} fills in {_named(said)}, its text "
                        f"{_named(message.text)}; make them the same"
                    )
            yield from (place.finding(f"{key}: {odd}") for odd in _odd_braces(message))


def _odd_braces(message: Message) -> Iterator[str]:
    for text in (message.text, message.speech, message.braille):
        if text and set("{}") & set(PLACEHOLDER.sub("", text)):
            yield f"a placeholder is {{small_letters}}, not as in {text!r}"


def placeholders_are_filled(material: Material) -> Iterator[Finding]:
    """A service's words use only the values that the flow fills in."""
    homes = homes_of(material)
    for language in material.words:
        for key, (message, place) in material.judged(language).items():
            extra = _unfilled(key, message.text, homes)
            if extra:
                may = _names(_filled(*key.split(".", 1))) or "no placeholder"
                yield place.finding(f"{key}: nothing fills in {_names(extra)}; it may use {may}")


def _unfilled(key: str, text: str, homes: frozenset[str]) -> frozenset[str]:
    """The placeholders of a service's words that nothing fills in."""
    head, _, rest = key.partition(".")
    return _placeholders(text) - _filled(head, rest) if head in homes else frozenset()


def _filled(head: str, rest: str) -> frozenset[str]:
    if head == "problem":
        return PROBLEMS.get(rest, frozenset())
    question = rest.count(".") == 1 and rest.endswith((".ask", ".why", ".help"))
    return frozenset({"service"}) if question and head not in ("group", "advice") else frozenset()


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(text))


def _names(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _named(text: str) -> str:
    return _names(_placeholders(text)) or "nothing"


value_checks = (values_agree, forms_agree, placeholders_are_filled)
