"""Services, menu, papers and advice as one catalogue, as far as they can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from kiosk.content.locales import FIRST_LANGUAGE
from kiosk.content.service import read_service, told
from kiosk.content.source import ContentError, Finding, Source, Where, items_of, mapping_of
from kiosk.flow.model import Catalog, Group, Service
from kiosk.flow.papers import Document, Need

#: Six pictures fit one screen.
MAX_GROUPS = 6


@dataclass(frozen=True, slots=True)
class Advice:
    """A short piece of advice against fraud, shown while the customer waits."""

    id: str
    icon: str


@dataclass(frozen=True, slots=True)
class Structure:
    """What can be asked, as far as it can be read, and everything that is wrong with it."""

    catalog: Catalog
    advice: tuple[Advice, ...]
    #: By language, the services it has all the words for.
    covers: Mapping[str, frozenset[str]]
    #: Languages of which it isn't known what they cover.
    unsure: frozenset[str]
    #: The file of each service, by the service's id.
    files: Mapping[str, Source]
    #: Services and steps that were left out, and the names of lists with a hole, by key.
    lost: frozenset[str]
    findings: tuple[Finding, ...]


def read_structure(sources: Mapping[str, Source], languages: list[str]) -> Structure:
    """Raises `ContentError` where so much is amiss that nothing can be asked."""
    findings: list[Finding] = []
    lost: set[str] = set()
    services: dict[str, Service] = {}
    files: dict[str, Source] = {}
    closing = None
    for name, source in sources.items():
        if not name.startswith("services/") and name != "closing.yaml":
            continue
        read = read_service(source, sources["blocks.yaml"])
        findings += read.findings
        lost |= read.lost
        service = read.service
        if service is None:
            continue
        if name == "closing.yaml":
            closing = service
            if service.id != "closing":
                findings.append(source.finding(("id",), "its id must be `closing`"))
        elif service.id in services:
            findings.append(source.finding(("id",), f"service {service.id!r} is there twice"))
        else:
            services[service.id] = service
        files.setdefault(service.id, source)
    papers, menu = sources["documents.yaml"], sources["catalog.yaml"]
    documents = _items(Document, papers, "documents", findings, lost)
    needs = _items(Need, papers, "needs", findings, lost)
    groups = _items(Group, menu, "groups", findings, lost)
    findings += _unknown(papers, needs, {one.id for one in documents.values()})
    findings += _unserved(menu, groups, services, lost)
    if not 1 <= len(groups) <= MAX_GROUPS:
        wrong = f"the menu has 1 to {MAX_GROUPS} groups, not {len(groups)}"
        findings.append(menu.finding(("groups",), wrong))
    advice = _read_advice(sources["fraud/advice.yaml"], findings)
    covers, unsure = _read_covers(menu, services.keys() | lost, languages, findings)
    fallback = _read_fallback(menu, services.keys() | lost, findings)
    # A mistake in a block is met once by every service that uses it.
    findings = list(dict.fromkeys(findings))
    if closing is None:
        raise ContentError(findings)
    catalog = Catalog.model_construct(
        services=services,
        closing=closing,
        groups=tuple(groups.values()),
        documents={one.id: one for one in documents.values()},
        needs=tuple(needs.values()),
        none_of_these=fallback,
    )
    return Structure(catalog, advice, covers, unsure, files, frozenset(lost), tuple(findings))


def _items(
    model: Any, source: Source, name: str, findings: list[Finding], lost: set[str]
) -> dict[int, Any]:
    """The items of a list that can be read, by their index in the file."""
    items = {}
    written, found = items_of(source, name)
    for index, data in enumerate(written):
        try:
            items[index] = model.model_validate(data)
        except ValidationError as error:
            found += [
                source.finding((name, index, *one["loc"]), told(one["loc"], one["msg"]))
                for one in error.errors()
            ]
    if found:
        lost.add(name)
    findings += found
    return items


def _unknown(source: Source, needs: dict[int, Need], known: set[str]) -> list[Finding]:
    return [
        source.finding(("needs", index), f"there is no document {need.document!r}")
        for index, need in needs.items()
        if need.document not in known
    ]


def _unserved(
    source: Source, groups: dict[int, Group], services: Mapping[str, Service], lost: set[str]
) -> list[Finding]:
    return [
        source.finding(("groups", index, "services", at), f"there is no service {service!r}")
        for index, group in groups.items()
        for at, service in enumerate(group.services)
        if service not in services and service not in lost
    ]


def _read_fallback(
    source: Source, services: AbstractSet[str], findings: list[Finding]
) -> str | None:
    """The service for whoever finds nothing in a group; none where none is named."""
    data, _ = mapping_of(source)
    named = data.get("none_of_these")
    if named is None or named in services:
        return named
    findings.append(source.finding(("none_of_these",), f"there is no service {named!r}"))
    return None


def _read_advice(source: Source, findings: list[Finding]) -> tuple[Advice, ...]:
    advice = []
    written, found = items_of(source, "advice")
    findings += found
    for index, item in enumerate(written):
        if isinstance(item, dict) and set(item) == {"id", "icon"}:
            advice.append(Advice(str(item["id"]), str(item["icon"])))
        else:
            findings.append(
                source.finding(("advice", index), f"expected {{id: …, icon: …}}, not {item!r}")
            )
    return tuple(advice)


def _read_covers(
    source: Source, services: set[str], languages: list[str], findings: list[Finding]
) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """By language, the services it covers: those under `languages:` of the menu's file, else all.

    After a mistake there (a language without words, a service that isn't there, an empty list)
    only what is rightly named is known; of the first language it always is.
    """
    data, _ = mapping_of(source)
    named = data.get("languages") or {}
    found = []
    covers = dict.fromkeys(languages, frozenset(services))
    sure = {FIRST_LANGUAGE}
    if not isinstance(named, dict):
        message = f"languages: expected `language: [service, …]` lines, not {named!r}"
        found.append(source.finding(("languages",), message))
        named = {}
    for language, covered in named.items():
        where: Where = ("languages", language)
        troubles = list(_cover_troubles(source, where, covered, services, languages))
        if troubles:
            found += troubles
        else:
            covers[language] = frozenset(covered)
            sure.add(language)
    findings += found
    return covers, frozenset(languages) - sure if found else frozenset()


def _cover_troubles(
    source: Source, where: Where, covered: Any, services: set[str], languages: list[str]
) -> Iterator[Finding]:
    language = where[-1]
    if language == FIRST_LANGUAGE or language not in languages:
        others = ", ".join(one for one in languages if one != FIRST_LANGUAGE) or "none"
        message = f"no language {language!r} to cover a part; there is {others}"
        yield source.finding(where, message)
    elif not isinstance(covered, list) or not covered:
        message = f"{language}: expected a list of services, not {covered!r}"
        yield source.finding(where, message)
    else:
        for at, service in enumerate(covered):
            if service not in services:
                yield source.finding((*where, at), f"there is no service {service!r}")
