"""Checks of the words: whatever the flow can ask for exists, in every language, filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.content.checks.material import Material
from kiosk.content.coverage import covers_all, needs
from kiosk.content.loader import FIRST_LANGUAGE
from kiosk.content.locales import Place
from kiosk.content.source import Finding
from kiosk.content.words import PLACEHOLDER, Message
from kiosk.flow.kinds.step import Asked, Step
from kiosk.flow.model import Service

#: Every `Problem` of `kiosk.flow.kinds`, with the placeholders it fills.
PROBLEMS: Mapping[str, frozenset[str]] = {
    "choose_one": frozenset(),
    "digits_only": frozenset(),
    "phone_empty": frozenset(),
    "phone_length": frozenset({"count"}),
    "phone_wrong": frozenset(),
    "last4_empty": frozenset(),
    "last4_length": frozenset({"count"}),
    "count_empty": frozenset(),
    "count_range": frozenset(),
    "amount_empty": frozenset(),
    "amount_form": frozenset(),
    "amount_small": frozenset({"min"}),
    "amount_large": frozenset({"max"}),
    "date_empty": frozenset(),
    "date_wrong": frozenset(),
    "date_early": frozenset({"first"}),
    "date_late": frozenset({"last"}),
    "text_empty": frozenset(),
    "text_long": frozenset({"max"}),
}

#: Words that the flow and the values in it use whatever the services are.
ALWAYS = (
    *("common.yes", "common.no", "common.unknown", "common.skip", "common.notice.next"),
    *("common.paper.yes", "common.paper.no", "common.paper.unknown"),
    *("common.review.confirm", "common.done.finish", "common.done.another"),
    "value.amount",
    *(f"problem.{code}" for code in PROBLEMS),
)


@dataclass(frozen=True, slots=True)
class Want:
    """Words that something asks for: one of `keys` must be there."""

    keys: tuple[str, ...]
    place: Place


def wanted(material: Material) -> Iterator[Want]:
    """Every text the flow can ask for."""
    catalog = material.catalog
    blocks = Place(material.sources["blocks.yaml"], ())
    yield from (Want((key,), blocks) for key in ALWAYS)
    for service in material.services:
        for part in ("title", "official", "hint"):
            yield Want((f"{service.id}.{part}",), material.place(service, "id"))
        for step in service.steps:
            place = material.step_place(service, step)
            yield from (Want(keys, place) for keys in _step_keys(step))
    papers = material.sources["documents.yaml"]
    for index, paper in enumerate(papers.data["documents"]):
        for part in ("name", "ask", "help"):
            key = f"documents.{paper['id']}.{part}"
            yield Want((key,), Place(papers, ("documents", index)))
    menu = material.sources["catalog.yaml"]
    for language in material.words:
        yield Want((f"language.{language}",), Place(menu, ("languages", language)))
    for index, group in enumerate(catalog.groups):
        for part in ("title", "hint"):
            yield Want((f"group.{group.id}.{part}",), Place(menu, ("groups", index)))
    advice = material.sources["fraud/advice.yaml"]
    for index, one in enumerate(material.advice):
        yield Want((f"advice.{one.id}",), Place(advice, ("advice", index)))


Keys = tuple[str, ...]


def _step_keys(step: Step) -> Iterator[Keys]:
    """The texts of one step; each with the shared words that stand in for it."""
    if step.kind == "documents":
        return
    for part in ("ask", "help"):
        yield f"{step.key}.{part}", f"common.{step.kind}.{part}"
    if isinstance(step, Asked):
        yield (f"{step.key}.label",)
    if step.unknown_words is not None:
        yield step.unknown_words.keys
    yield from KIND_KEYS.get(step.kind, _no_more)(step)


def _no_more(step: Any) -> Iterator[Keys]:
    return iter(())


def _choice_keys(step: Any) -> Iterator[Keys]:
    return ((f"{step.key}.option.{option.id}",) for option in step.options)


def _yes_no_keys(step: Any) -> Iterator[Keys]:
    return ((f"{step.key}.{word}", f"common.{word}") for word in ("yes", "no"))


def _digits_keys(step: Any) -> Iterator[Keys]:
    # A number that names a person or a card is asked for with a reason.
    return iter(((f"{step.key}.why",),) if step.field in ("phone", "last4") else ())


def _notice_keys(step: Any) -> Iterator[Keys]:
    yield (f"{step.key}.why",)
    yield f"{step.key}.next", "common.notice.next"


KIND_KEYS: Mapping[str, Callable[[Any], Iterator[Keys]]] = {
    "choice": _choice_keys,
    "yes_no": _yes_no_keys,
    "digits": _digits_keys,
    "notice": _notice_keys,
}


def words_exist(material: Material) -> Iterator[Finding]:
    """In the first language; `languages_agree` carries it to the others."""
    there = material.words[FIRST_LANGUAGE]
    for want in wanted(material):
        if not any(key in there for key in want.keys):
            yield want.place.finding(
                f"no words for {' or '.join(want.keys)}; write them in locales/{FIRST_LANGUAGE}"
            )


def languages_agree(material: Material) -> Iterator[Finding]:
    """Every language says what it covers, with the same values filled in."""
    first = material.words[FIRST_LANGUAGE]
    for language, messages in material.words.items():
        covered = material.covers[language]
        for key, (message, place) in first.items():
            if key not in messages:
                if needs(key, covered, material.catalog):
                    yield place.finding(_missing(language, key, material))
                continue
            other, there = messages[key]
            if _placeholders(other.text) != _placeholders(message.text):
                yield there.finding(
                    f"{key}: fills in {_named(other.text)}, but {FIRST_LANGUAGE} fills in "
                    f"{_named(message.text)}"
                )
        for key in messages.keys() - first.keys():
            yield messages[key][1].finding(
                f"{key}: {FIRST_LANGUAGE} has no such words; write them there, or mend the key"
            )


def _missing(language: str, key: str, material: Material) -> str:
    finding = f"{language} has no words for {key}; translate them"
    whole = covers_all(material.covers[language], material.catalog)
    if not whole or key.split(".")[0] not in material.catalog.services:
        return finding
    return f"{finding}, or name what {language} covers under `languages:` in catalog.yaml"


def forms_agree(material: Material) -> Iterator[Finding]:
    """Speech and braille fill in the same values as the screen's text."""
    for messages in material.words.values():
        for key, (message, place) in messages.items():
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
    homes = {service.id for service in material.services}
    homes |= {step.home for service in material.services for step in service.steps}
    homes |= {"documents", "group", "advice", "problem"}
    for messages in material.words.values():
        for key, (message, place) in messages.items():
            head, _, rest = key.partition(".")
            if head in homes:
                filled = _filled(head, rest)
                extra = _placeholders(message.text) - filled
                if extra:
                    may = _names(filled) or "no placeholder"
                    yield place.finding(
                        f"{key}: nothing fills in {_names(extra)}; it may use {may}"
                    )


def _filled(head: str, rest: str) -> frozenset[str]:
    if head == "problem":
        return PROBLEMS.get(rest, frozenset())
    question = rest.count(".") == 1 and rest.endswith((".ask", ".why", ".help"))
    return frozenset({"service"}) if question and head not in ("group", "advice") else frozenset()


def no_stray_words(material: Material) -> Iterator[Finding]:
    """Words of services that nothing asks for are a slip of the pen in their key."""
    known = {key for want in wanted(material) for key in want.keys}
    known |= {f"{step.key}.why" for service in material.services for step in service.steps}
    for paper in material.catalog.documents:
        known |= {f"documents.{paper}.{part}" for part in ("label", "why", "unknown")}
    homes = {_home(service, step) for service in material.services for step in service.steps}
    homes |= {service.id for service in material.services}
    homes |= {"documents", "group", "advice", "problem"}
    for messages in material.words.values():
        for key, (_, place) in messages.items():
            if key.split(".")[0] in homes and key not in known and material.own(place):
                yield place.finding(f"{key}: nothing asks for these words; mend the key or drop it")


def _home(service: Service, step: Any) -> str:
    return str(step.home or service.id)


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(text))


def _names(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _named(text: str) -> str:
    return _names(_placeholders(text)) or "nothing"


word_checks = (words_exist, languages_agree, forms_agree, placeholders_are_filled, no_stray_words)
