"""What the checks look at: a branch's content as far as it can be read, with every place in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.content.filling import left_to_fill
from kiosk.content.loader import Advice, read_folders
from kiosk.content.locales import Messages, Place
from kiosk.content.marks import Marked
from kiosk.content.source import Finding, Source
from kiosk.content.words import Message
from kiosk.flow.kinds.documents import Documents, Paper
from kiosk.flow.kinds.step import Step
from kiosk.flow.model import Catalog, Service


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
    #: By language, how sentences are read in braille.
    marked: Mapping[str, Mapping[str, Marked]]
    #: What kept something from being read.
    findings: tuple[Finding, ...]
    #: Keys of services, steps and lists that couldn't be read: nothing else is said of them.
    lost: frozenset[str]
    #: Languages of which a file or the list of their services couldn't be read: nothing is known
    #: to be missing in them.
    torn: frozenset[str]
    #: By language, keys whose words can't be read.
    _broken: Mapping[str, frozenset[str]] = field(repr=False)
    _files: Mapping[str, Source] = field(repr=False)

    @property
    def services(self) -> tuple[Service, ...]:
        """Every service, the closing questions included."""
        return (*self.catalog.services.values(), self.catalog.closing)

    @property
    def languages(self) -> tuple[str, ...]:
        """Those in which a word that isn't there is missing."""
        return tuple(language for language in self.words if language not in self.torn)

    def judged(self, language: str) -> Messages:
        """The messages that are written: neither broken nor still to be filled in."""
        broken = self._broken[language]
        return {
            key: entry
            for key, entry in self.words[language].items()
            if key not in broken and not any(True for _ in unfilled(*entry))
        }

    def there(self, language: str, key: str) -> bool:
        """Whether somebody wrote words for a key, even if they can't be read."""
        return key in self.words[language] or key in self._broken[language]

    def is_lost(self, key: str) -> bool:
        """Whether a key is of something that couldn't be read."""
        parts = key.split(".")
        return any(".".join(parts[:size]) in self.lost for size in range(1, len(parts) + 1))

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
    written = enumerate(steps)
    return next(at for at, one in written if isinstance(one, dict) and one.get("id") == step_id)


def unfilled(message: Message, place: Place) -> Iterator[tuple[Place, str]]:
    """The forms of a message that are still to be filled in, each with what to write."""
    forms: list[tuple[str | int, ...]] = [(form,) for form in ("text", "speech", "braille", "sign")]
    texts = [message.text, message.speech, message.braille, message.sign, *message.say]
    forms += [("say", at) for at in range(len(message.say))]
    for form, text in zip(forms, texts, strict=True):
        what = left_to_fill(text)
        if what is not None:
            yield Place(place.source, (*place.where, *form)), what


def read_material(branch: Path | None) -> Material:
    """Raises `ContentError`, naming every mistake, where nothing can be asked at all."""
    read = read_folders(branch)
    structure = read.structure
    return Material(
        folders=read.folders,
        sources=read.sources,
        catalog=structure.catalog,
        advice=structure.advice,
        words={language: written.messages for language, written in read.words.items()},
        covers=structure.covers,
        marked=read.marked,
        findings=tuple(read.findings),
        lost=structure.lost,
        torn=structure.unsure | {one for one, written in read.words.items() if not written.whole},
        _broken={one: frozenset(written.broken) for one, written in read.words.items()},
        _files=structure.files,
    )


def papers_of(step: Documents, catalog: Catalog) -> tuple[Paper, ...]:
    """Every question that the checklist `step` may ask."""
    return tuple(step.paper(document) for document in catalog.documents.values())
