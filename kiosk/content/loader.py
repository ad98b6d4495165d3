"""All that a kiosk says and asks, from the built-in folder and a branch's own over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.content.catalog import Advice, Structure, read_structure
from kiosk.content.contacts import Contact, read_contacts
from kiosk.content.coverage import covers_all
from kiosk.content.hours import hours_of
from kiosk.content.locales import FIRST_LANGUAGE, Written, locale, read_messages
from kiosk.content.marks import MARKED, Marked, Marks, marks_of, read_marked, words_of
from kiosk.content.requests import Requests, read_requests, requests_of
from kiosk.content.source import BUILT_IN, ContentError, Finding, Source, mapping_of, read_as_far
from kiosk.content.words import Locale
from kiosk.flow.model import Catalog
from kiosk.hours import ALWAYS, Hours

__all__ = ["FIRST_LANGUAGE", "Advice", "Content", "load", "read_folders"]

#: The files of structure besides the services; a branch's own replaces ours.
FILES = (
    *("blocks.yaml", "catalog.yaml", "closing.yaml", "documents.yaml", "fraud/advice.yaml"),
    "contacts.yaml",
)
#: When the branch is open: ours says nothing, a branch's own replaces it.
HOURS = "hours.yaml"


@dataclass(frozen=True, slots=True)
class Content:
    """All that a kiosk says and asks."""

    catalog: Catalog
    locales: dict[str, Locale]
    advice: tuple[Advice, ...]
    #: By language, the services it has all the words for.
    covers: Mapping[str, frozenset[str]]
    #: When the branch is open.
    hours: Hours = ALWAYS
    #: How sentences are read in braille, by language.
    marks: Mapping[str, Marks] = field(default_factory=dict)
    #: Whom staff call besides their own.
    contacts: tuple[Contact, ...] = ()

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
    read = read_folders(branch)
    if read.findings:
        raise ContentError(read.findings)
    locales: dict[str, Locale] = {}
    for language, written in read.words.items():
        default = locales.get(FIRST_LANGUAGE)
        locales[language] = locale(language, written.messages, default, read.requests[language])
    marks = {language: marks_of(marked) for language, marked in read.marked.items()}
    structure = read.structure
    return Content(
        structure.catalog,
        locales,
        structure.advice,
        structure.covers,
        read.hours,
        marks,
        read.contacts,
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What stands in the folders as far as it can be read, and all that keeps the rest from it."""

    folders: list[Path]
    sources: Mapping[str, Source]
    structure: Structure
    #: By language, the first before the others.
    words: Mapping[str, Written]
    marked: Mapping[str, Mapping[str, Marked]]
    #: By language, whole sentences that ask for a service.
    requests: Mapping[str, Requests]
    hours: Hours
    contacts: tuple[Contact, ...]
    findings: list[Finding]


def read_folders(branch: Path | None) -> Read:
    """Raises `ContentError`, with all findings, where nothing can be asked at all."""
    folders = _folders(branch)
    languages = _languages(folders)
    sources, findings = _sources(folders)
    words = {
        language: read_messages([folder / "locales" / language for folder in folders])
        for language in languages
    }
    marked = {}
    for language in MARKED:
        marked[language], wrong = read_marked(language, folders)
        findings += wrong
    findings += [finding for written in words.values() for finding in written.findings]
    findings += [wrong for name in sources.keys() & FILES for wrong in mapping_of(sources[name])[1]]
    if not all(name in sources and isinstance(sources[name].data, dict) for name in FILES):
        raise ContentError(findings)
    try:
        structure = read_structure(sources, languages)
    except ContentError as error:
        raise ContentError([*error.findings, *findings]) from error
    requests = {}
    for language in languages:
        source, unread = read_requests(language, folders)
        covered = structure.covers.get(language, frozenset())
        requests[language], wrong = requests_of(source, structure.catalog, covered)
        findings += [*unread, *wrong]
    hours, unheard = hours_of(sources.pop(HOURS, None))
    contacts = read_contacts(sources["contacts.yaml"], structure.catalog)
    findings = [*structure.findings, *contacts.findings, *findings, *unheard]
    return Read(folders, sources, structure, words, marked, requests, hours, contacts.all, findings)


def _folders(branch: Path | None) -> list[Path]:
    if branch is not None and not branch.is_dir():
        raise ContentError(
            [Finding(str(branch), 1, "no such folder; --content names a branch's own content")]
        )
    return [BUILT_IN] if branch is None else [BUILT_IN, branch]


def _languages(folders: list[Path]) -> list[str]:
    found = {p.name for folder in folders for p in (folder / "locales").glob("*") if p.is_dir()}
    return sorted(found, key=lambda language: (language != FIRST_LANGUAGE, language))


def _sources(folders: list[Path]) -> tuple[dict[str, Source], list[Finding]]:
    """The structure's files by relative name; a branch's file replaces the built-in one, and one
    that isn't YAML leaves it in its place."""
    sources: dict[str, Source] = {}
    findings: list[Finding] = []
    for folder in folders:
        paths = [folder / name for name in (*FILES, HOURS)]
        for path in [*paths, *sorted((folder / "services").glob("*.yaml"))]:
            if path.is_file():
                source, wrong = read_as_far(path)
                findings += wrong
                if source is not None:
                    sources[path.relative_to(folder).as_posix()] = source
    return sources, findings
