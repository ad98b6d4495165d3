"""The catalogue and the words, read from the built-in folder and a branch's own over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kiosk.content.coverage import covers_all
from kiosk.content.locales import locale
from kiosk.content.marks import MARKED, Marks, marks_of, read_marked, words_of
from kiosk.content.source import BUILT_IN, ContentError, Finding, Source, Where, read_yaml
from kiosk.content.words import Locale
from kiosk.flow.model import Catalog, Group, Service
from kiosk.flow.papers import Document, Need

#: Chinese is written first; the others are its translations.
FIRST_LANGUAGE = "zh-CN"
#: Six pictures fit one screen.
MAX_GROUPS = 6


@dataclass(frozen=True, slots=True)
class Advice:
    """A short piece of advice against fraud, shown while the customer waits."""

    id: str
    icon: str


@dataclass(frozen=True, slots=True)
class Content:
    """All that a kiosk says and asks."""

    catalog: Catalog
    locales: dict[str, Locale]
    advice: tuple[Advice, ...]
    #: By language, the services it has all the words for.
    covers: Mapping[str, frozenset[str]]
    #: How sentences are read in braille, by language.
    marks: Mapping[str, Marks] = field(default_factory=dict)

    def words_of_marks(self, language: str) -> dict[str, tuple[str, ...]]:
        """Words with their readings that the marked sentences of a language teach."""
        return words_of(self.marks.get(language, {}))

    def words(self, language: str) -> Locale:
        return self.locales.get(language) or self.locales[FIRST_LANGUAGE]

    @property
    def complete(self) -> tuple[str, ...]:
        """The languages that cover every service, and so have the staff's words as well."""
        return tuple(one for one in self.locales if covers_all(self.covers[one], self.catalog))

    def complete_words(self, language: str) -> Locale:
        """The words of a language if it is complete, else those of the first."""
        return self.locales[language if language in self.complete else FIRST_LANGUAGE]


def load(branch: Path | None = None) -> Content:
    """Read everything. Raises `ContentError` naming file and line of each mistake."""
    folders = folders_of(branch)
    sources = read_sources(folders)
    catalog = build_catalog(sources)
    covers = read_covers(sources["catalog.yaml"], catalog, languages(folders))
    first = locale(FIRST_LANGUAGE, language_folders(folders, FIRST_LANGUAGE))
    locales = {FIRST_LANGUAGE: first}
    for language in languages(folders):
        if language != FIRST_LANGUAGE:
            locales[language] = locale(language, language_folders(folders, language), first)
    marks = {language: marks_of(read_marked(language, folders)) for language in MARKED}
    return Content(catalog, locales, read_advice(sources["fraud/advice.yaml"]), covers, marks)


def folders_of(branch: Path | None) -> list[Path]:
    if branch is not None and not branch.is_dir():
        raise ContentError(
            [Finding(str(branch), 1, "no such folder; --content names a branch's own content")]
        )
    return [BUILT_IN] if branch is None else [BUILT_IN, branch]


def languages(folders: list[Path]) -> list[str]:
    found = {p.name for folder in folders for p in (folder / "locales").glob("*") if p.is_dir()}
    return sorted(found, key=lambda language: (language != FIRST_LANGUAGE, language))


def language_folders(folders: list[Path], language: str) -> list[Path]:
    return [p for folder in folders if (p := folder / "locales" / language).is_dir()]


def read_sources(folders: list[Path]) -> dict[str, Source]:
    """The structure's files by relative name; a branch's file replaces the built-in one."""
    found: dict[str, Source] = {}
    for folder in folders:
        names = ["blocks.yaml", "catalog.yaml", "closing.yaml", "documents.yaml"]
        paths = [folder / name for name in names] + [folder / "fraud" / "advice.yaml"]
        for path in [*paths, *sorted((folder / "services").glob("*.yaml"))]:
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                found[name] = read_yaml(path)
    return found


def read_advice(source: Source) -> tuple[Advice, ...]:
    """Raises `ContentError`."""
    findings, advice = [], []
    for index, item in enumerate(_list(source, "advice")):
        if isinstance(item, dict) and set(item) == {"id", "icon"}:
            advice.append(Advice(str(item["id"]), str(item["icon"])))
        else:
            findings.append(
                source.finding(("advice", index), f"expected {{id: …, icon: …}}, not {item!r}")
            )
    if findings:
        raise ContentError(findings)
    return tuple(advice)


def read_covers(
    source: Source, catalog: Catalog, languages: list[str]
) -> dict[str, frozenset[str]]:
    """By language, the services it covers: those under `languages:` of the menu's file, else all.

    Raises `ContentError` for a language without words, a service that isn't there, or no services.
    """
    named = _mapping(source).get("languages") or {}
    if not isinstance(named, dict):
        message = f"languages: expected `language: [service, …]` lines, not {named!r}"
        raise ContentError([source.finding(("languages",), message)])
    findings = []
    for language, services in named.items():
        where: Where = ("languages", language)
        if language == FIRST_LANGUAGE or language not in languages:
            others = ", ".join(one for one in languages if one != FIRST_LANGUAGE) or "none"
            message = f"no language {language!r} to cover a part; there is {others}"
            findings.append(source.finding(where, message))
        elif not isinstance(services, list) or not services:
            findings.append(
                source.finding(where, f"{language}: expected a list of services, not {services!r}")
            )
        else:
            findings += [
                source.finding((*where, at), f"there is no service {service!r}")
                for at, service in enumerate(services)
                if service not in catalog.services
            ]
    if findings:
        raise ContentError(findings)
    return {one: frozenset(named.get(one, catalog.services)) for one in languages}


def build_catalog(sources: dict[str, Source]) -> Catalog:
    """Services, menu and papers as one catalogue. Raises `ContentError`."""
    findings: list[Finding] = []
    blocks = sources["blocks.yaml"]
    services: dict[str, Service] = {}
    broken: set[Any] = set()
    for name, source in sources.items():
        if not name.startswith("services/") and name != "closing.yaml":
            continue
        try:
            service = read_service(source, blocks)
        except ContentError as error:
            findings += error.findings
            broken.add(_mapping(source).get("id"))
            continue
        if service.id in services:
            findings.append(source.finding(("id",), f"service {service.id!r} is there twice"))
        services[service.id] = service
    documents, catalog = sources["documents.yaml"], sources["catalog.yaml"]
    papers = _items(Document, documents, "documents", findings)
    needs = _items(Need, documents, "needs", findings)
    groups = _items(Group, catalog, "groups", findings)
    findings += _unknown_ids(documents, "needs", needs, {paper.id for paper in papers})
    findings += [
        catalog.finding(("groups", index, "services", at), f"there is no service {service!r}")
        for index, group in enumerate(groups)
        for at, service in enumerate(group.services)
        if service not in services and service not in broken
    ]
    if not groups or len(groups) > MAX_GROUPS:
        findings.append(
            catalog.finding(
                ("groups",), f"the menu has 1 to {MAX_GROUPS} groups, not {len(groups)}"
            )
        )
    if "closing" not in services and "closing" not in broken:
        findings.append(sources["closing.yaml"].finding(("id",), "its id must be `closing`"))
    if findings:
        # A mistake in a block is met once by every service that uses it.
        raise ContentError(list(dict.fromkeys(findings)))
    closing = services.pop("closing")
    return Catalog(
        services=services,
        closing=closing,
        groups=tuple(groups),
        documents={paper.id: paper for paper in papers},
        needs=tuple(needs),
    )


#: Where a step was written: the service's own file or the blocks'.
StepPlace = tuple[Source, Where]


def read_service(source: Source, blocks: Source) -> Service:
    """A service with its blocks written out. Raises `ContentError`."""
    data = _mapping(source)
    steps, places = [], []
    for step, home, place in _written_out(source, blocks):
        steps.append({**step, "home": home} if isinstance(step, dict) else step)
        places.append(place)
    try:
        service = Service.model_validate({**data, "steps": steps})
    except ValidationError as error:
        raise ContentError(_findings(error, source, places)) from error
    ids = [step.id for step in service.steps]
    doubles = [i for i, one in enumerate(ids) if one in ids[:i]]
    if doubles:
        raise ContentError(
            [_at(places[i], f"the step {ids[i]!r} is there twice in {service.id}") for i in doubles]
        )
    return service


def _written_out(source: Source, blocks: Source) -> Iterator[tuple[Any, str, StepPlace]]:
    """Each step as written, the name its words are under, and its place."""
    data, known = _mapping(source), _mapping(blocks)
    for index, step in enumerate(_list(source, "steps")):
        place = (source, ("steps", index))
        if not isinstance(step, dict) or "use" not in step:
            yield step, str(data.get("id", "")), place
            continue
        block = step["use"]
        if not isinstance(block, str) or block not in known or set(step) != {"use"}:
            there = ", ".join(map(str, known))
            raise ContentError(
                [_at(place, f"no block {block!r}: write `use: NAME` alone, one of {there}")]
            )
        for at, inner in enumerate(_list(blocks, block)):
            yield inner, block, (blocks, (block, at))


def _at(place: StepPlace, message: str) -> Finding:
    return place[0].finding(place[1], message)


def _mapping(source: Source) -> dict[Any, Any]:
    if not isinstance(source.data, dict):
        raise ContentError([source.finding((), "expected `name: value` lines")])
    return source.data


def _list(source: Source, key: str) -> list[Any]:
    items = _mapping(source).get(key)
    if not isinstance(items, list):
        raise ContentError([source.finding((key,), f"{key}: expected a list, not {items!r}")])
    return items


def _findings(error: ValidationError, source: Source, places: list[StepPlace]) -> list[Finding]:
    findings = []
    for problem in error.errors():
        loc = problem["loc"]
        place: StepPlace = (source, ())
        inner = loc
        if len(loc) > 1 and loc[0] == "steps" and isinstance(loc[1], int):
            # The third part is the kind that tells the steps apart, not a place in the file.
            place, inner = places[loc[1]], loc[3:]
        message = f"{_dotted(inner)}: {problem['msg']}" if inner else problem["msg"]
        findings.append(_at((place[0], (*place[1], *inner)), message))
    return findings


def _dotted(location: Iterable[str | int]) -> str:
    return ".".join(str(part) for part in location)


def _items(model: Any, source: Source, key: str, findings: list[Finding]) -> list[Any]:
    items = []
    for index, data in enumerate(_list(source, key)):
        try:
            items.append(model.model_validate(data))
        except ValidationError as error:
            findings += [
                source.finding((key, index, *e["loc"]), f"{_dotted(e['loc'])}: {e['msg']}")
                for e in error.errors()
            ]
    return items


def _unknown_ids(source: Source, key: str, needs: list[Need], known: set[str]) -> list[Finding]:
    return [
        source.finding((key, index), f"there is no document {need.document!r}")
        for index, need in enumerate(needs)
        if need.document not in known
    ]
