"""What the checks look at: a branch's content as read, with the place of everything in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.content.loader import (
    Advice,
    build_catalog,
    folders_of,
    language_folders,
    languages,
    read_advice,
    read_covers,
    read_sources,
)
from kiosk.content.locales import Place, read_messages
from kiosk.content.source import ContentError, Finding, Source
from kiosk.content.words import Message
from kiosk.flow.kinds.documents import Documents, Paper
from kiosk.flow.kinds.step import Step
from kiosk.flow.model import Catalog, Service

Messages = Mapping[str, tuple[Message, Place]]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything of one branch. `words` are the messages by language, then by key."""

    folders: list[Path]
    sources: Mapping[str, Source]
    catalog: Catalog
    advice: tuple[Advice, ...]
    words: Mapping[str, Messages]
    #: By language, the services it covers.
    covers: Mapping[str, frozenset[str]]
    _files: Mapping[str, Source] = field(repr=False)

    @property
    def services(self) -> tuple[Service, ...]:
        """Every service, the closing questions included."""
        return (*self.catalog.services.values(), self.catalog.closing)

    def place(self, service: Service, *inner: str | int) -> Place:
        return Place(self._files[service.id], inner)

    def step_place(self, service: Service, step: Step, *inner: str | int) -> Place:
        """Where a step is written: in the service's own file or in the blocks'."""
        if step.home != service.id:
            blocks = self.sources["blocks.yaml"]
            return Place(blocks, (step.home, _index(blocks.data[step.home], step.id), *inner))
        source = self._files[service.id]
        return Place(source, ("steps", _index(source.data["steps"], step.id), *inner))

    def own(self, place: Place) -> bool:
        """Whether a place is in the folder being checked: the branch's, or ours without one."""
        return place.source.path.is_relative_to(self.folders[-1])


def _index(steps: list[Any], step_id: str) -> int:
    return next(at for at, step in enumerate(steps) if step.get("id") == step_id)


def read_material(branch: Path | None) -> Material:
    """Raises `ContentError` naming every mistake that keeps the content from being read."""
    folders = folders_of(branch)
    findings: list[Finding] = []
    words: dict[str, Messages] = {}
    for language in languages(folders):
        try:
            words[language] = read_messages(language_folders(folders, language))
        except ContentError as error:
            findings += error.findings
    try:
        sources = read_sources(folders)
        catalog, advice = build_catalog(sources), read_advice(sources["fraud/advice.yaml"])
        covers = read_covers(sources["catalog.yaml"], catalog, languages(folders))
    except ContentError as error:
        raise ContentError([*error.findings, *findings]) from error
    if findings:
        raise ContentError(findings)
    files = {
        source.data["id"]: source
        for name, source in sources.items()
        if name.startswith("services/") or name == "closing.yaml"
    }
    return Material(folders, sources, catalog, advice, words, covers, files)


def papers_of(step: Documents, catalog: Catalog) -> tuple[Paper, ...]:
    """Every question that the checklist `step` may ask."""
    return tuple(step.paper(document) for document in catalog.documents.values())
