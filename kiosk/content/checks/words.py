"""Checks of the words: whatever the flow can ask for exists, in every language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from kiosk.content.checks.material import Material
from kiosk.content.coverage import covers_all, needs
from kiosk.content.loader import FIRST_LANGUAGE
from kiosk.content.locales import Place
from kiosk.content.source import Finding, items_of
from kiosk.flow.kinds.step import Asked, Step
from kiosk.flow.model import AlarmId

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
    "date_closed": frozenset({"next"}),
    "text_empty": frozenset(),
    "text_long": frozenset({"max"}),
}

_HOW_MANY = ("last", "one", "more")
#: Words that the flow and the values in it use whatever the services are.
ALWAYS = (
    *("common.yes", "common.no", "common.unknown", "common.skip", "common.notice.next"),
    "common.notice.enough",
    *(f"notice.alarm.raised.{kind}" for kind in get_args(AlarmId)),
    *(f"notice.alarm.{phase}" for phase in ("closed", "failed", "seen", "coming", "over")),
    *("common.paper.yes", "common.paper.no", "common.paper.unknown"),
    *(f"common.papers.{part}" for part in ("ask", "why", "help", "list", "yes", "no")),
    *("common.review.confirm", "common.review.finish"),
    *("common.done.finish", "common.done.another"),
    *(f"common.{until}.{many}" for until in ("left", "until_read_back") for many in _HOW_MANY),
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
    blocks = Place(material.sources["blocks.yaml"], ())
    yield from (Want((key,), blocks) for key in ALWAYS)
    for service in material.services:
        for part in ("title", "official", "hint"):
            yield Want((f"{service.id}.{part}",), material.place(service, "id"))
        for step in service.steps:
            place = material.step_place(service, step)
            yield from (Want(keys, place) for keys in _step_keys(step))
    lists: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
        ("documents.yaml", "documents", "documents", (".name", ".ask", ".help")),
        ("catalog.yaml", "groups", "group", (".title", ".hint")),
        ("fraud/advice.yaml", "advice", "advice", ("",)),
        ("contacts.yaml", "contacts", "staff.contact", ("",)),
    )
    for file, name, head, parts in lists:
        for index, one in enumerate(items_of(material.sources[file], name)[0]):
            if isinstance(one, dict) and isinstance(one.get("id"), str):
                place = Place(material.sources[file], (name, index))
                yield from (Want((f"{head}.{one['id']}{part}",), place) for part in parts)
    menu = material.sources["catalog.yaml"]
    for language in material.words:
        yield Want((f"language.{language}",), Place(menu, ("languages", language)))


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
    if step.enough:
        yield f"{step.key}.enough", "common.notice.enough"
        # While nobody is there who is to be waited for.
        yield from ((f"{step.key}.alone.{part}",) for part in ("ask", "why", "help"))


KIND_KEYS: Mapping[str, Callable[[Any], Iterator[Keys]]] = {
    "choice": _choice_keys,
    "yes_no": _yes_no_keys,
    "digits": _digits_keys,
    "notice": _notice_keys,
}


def words_exist(material: Material) -> Iterator[Finding]:
    """What nobody wrote in the first language, once for all the languages that lack it."""
    for want in _unmet(material):
        lacking = _lacking(want.keys, material)
        if FIRST_LANGUAGE in lacking:
            files = " and ".join(f"locales/{language}" for language in lacking)
            yield want.place.finding(
                f"no words for {' or '.join(want.keys)}; write them in {files}"
            )


def languages_agree(material: Material) -> Iterator[Finding]:
    """Every language says what the first says, as far as it covers it, and nothing else."""
    known = _stray(material) | {key for want in _unmet(material) for key in want.keys}
    for key, (_, place) in material.words[FIRST_LANGUAGE].items():
        lacking = _lacking((key,), material)
        if lacking and key not in known:
            yield place.finding(_missing(lacking, key, material))
    for messages in material.words.values() if FIRST_LANGUAGE not in material.torn else ():
        for key, (_, place) in messages.items():
            if key not in known and not material.there(FIRST_LANGUAGE, key):
                yield place.finding(
                    f"{key}: {FIRST_LANGUAGE} has no such words; write them there, or mend the key"
                )


def _unmet(material: Material) -> Iterator[Want]:
    """What is asked for and isn't there in the first language."""
    for want in wanted(material):
        if not any(material.there(FIRST_LANGUAGE, key) for key in want.keys):
            yield want


def _lacking(keys: Keys, material: Material) -> list[str]:
    """The languages that need one of these words and have none."""
    return [
        language
        for language in material.languages
        if not any(material.there(language, key) for key in keys)
        and any(_needs(language, key, material) for key in keys)
    ]


def _needs(language: str, key: str, material: Material) -> bool:
    head = key.split(".")[0]
    if head in material.lost and head not in material.catalog.services:
        return False
    return needs(key, material.covers[language], material.catalog)


def _missing(lacking: list[str], key: str, material: Material) -> str:
    who = " and ".join(lacking)
    finding = f"{who} {'has' if len(lacking) == 1 else 'have'} no words for {key}; translate them"
    whole = all(covers_all(material.covers[one], material.catalog) for one in lacking)
    if not whole or key.split(".")[0] not in material.catalog.services:
        return finding
    return f"{finding}, or name what {who} covers under `languages:` in catalog.yaml"


def homes_of(material: Material) -> frozenset[str]:
    """The names that the words of the flow stand under."""
    homes = {service.id for service in material.services}
    homes |= {step.home for service in material.services for step in service.steps}
    return frozenset(homes) | {"documents", "group", "advice", "problem"}


def no_stray_words(material: Material) -> Iterator[Finding]:
    """Words of services that nothing asks for are a slip of the pen in their key."""
    for key in sorted(_stray(material)):
        places = [words[key][1] for words in material.words.values() if key in words]
        own = [place for place in places if material.own(place)]
        if own:
            # A key that was copied into other languages with its slip is one mistake.
            others = "".join(f", also in {place.source.file}" for place in own[1:])
            yield own[0].finding(
                f"{key}: nothing asks for these words; mend the key or drop it{others}"
            )


def _stray(material: Material) -> set[str]:
    known = {key for want in wanted(material) for key in want.keys}
    known |= {f"{step.key}.why" for service in material.services for step in service.steps}
    for paper in material.catalog.documents:
        known |= {f"documents.{paper}.{part}" for part in ("label", "why", "unknown")}
    homes = homes_of(material)
    return {
        key
        for messages in material.words.values()
        for key in messages
        if key.split(".")[0] in homes and key not in known and not material.is_lost(key)
    }


word_checks = (words_exist, languages_agree, no_stray_words)
