"""Whole sentences that ask for a service and answer some of its questions: ``requests/``.

One file a language, ``requests/<language>.yaml``; a branch's own replaces ours. A slot is a step of
its service, its values are that step's choices as they are pressed. The patterns are told in
`voices.hearing.patterns`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from kiosk.content.source import Finding, Source, read_as_far
from kiosk.flow.data import Data, Id
from kiosk.flow.kinds.choice import Choice
from kiosk.flow.kinds.step import Step
from kiosk.flow.model import Catalog, Service
from kiosk.flow.told import can_be_told
from voices.hearing.patterns import Parts, PatternError, Subject, graph
from voices.hearing.sentences import Mark, Sentences

Ways = dict[Id, dict[Id, tuple[str, ...]]]


class _Sentences(Data):
    slots: Ways = Field(default_factory=dict)
    sentences: tuple[str, ...]


class _File(Data):
    parts: dict[Id, str] = Field(default_factory=dict)
    #: Of every service that names them.
    slots: Ways = Field(default_factory=dict)
    services: dict[Id, _Sentences] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Requests:
    """The sentences of one language, by service."""

    parts: Parts = field(default_factory=dict)
    subjects: Mapping[str, Subject] = field(default_factory=dict)

    def graph(self, services: frozenset[str]) -> Sentences:
        """What may be said to ask for these services: one graph, made once."""
        return _graph(self, services)


NO_REQUESTS = Requests()


@lru_cache(maxsize=32)
def _graph(requests: Requests, services: frozenset[str]) -> Sentences:
    return graph((s for s in requests.subjects.values() if s.name in services), requests.parts)


def read_requests(language: str, folders: list[Path]) -> tuple[Source | None, list[Finding]]:
    """The file of a language, the last folder's, and what keeps it from being read."""
    paths = [folder / "requests" / f"{language}.yaml" for folder in folders]
    path = next((one for one in reversed(paths) if one.is_file()), None)
    return (None, []) if path is None else read_as_far(path)


def requests_of(
    source: Source | None, catalog: Catalog, covered: frozenset[str]
) -> tuple[Requests, list[Finding]]:
    """The sentences of a file for the services a language covers, and all that is wrong in it.

    Wrong sentences are left out, service by service.
    """
    if source is None:
        return NO_REQUESTS, []
    try:
        file = _File.model_validate(source.data)
    except ValidationError as error:
        return NO_REQUESTS, [_unread(source, one) for one in error.errors()]
    subjects: dict[str, Subject] = {}
    findings: list[Finding] = []
    for name, written in file.services.items():
        subject = Subject(name, written.sentences, {**file.slots, **written.slots})
        wrong = list(_wrong(source, subject, file.parts, catalog))
        findings += wrong
        if not wrong and name in covered:
            subjects[name] = subject
    return Requests(file.parts, subjects), findings


def _unread(source: Source, error: Any) -> Finding:
    where = tuple(error["loc"])
    return source.finding(where, f"{'.'.join(map(str, where))}: {error['msg']}")


def _wrong(source: Source, subject: Subject, parts: Parts, catalog: Catalog) -> Iterator[Finding]:
    where = ("services", subject.name)
    service = catalog.services.get(subject.name)
    if service is None:
        yield source.finding(where, f"no service {subject.name!r}; name one of catalog.yaml")
        return
    try:
        made = graph([subject], parts)
    except PatternError as error:
        yield source.finding((*where, "sentences"), str(error))
        return
    for mark in made.marks():
        if not any(_offers(step, mark, service) for step in service.steps):
            message = (
                f"{subject.name} has no answer {mark.name}: {mark.value} that may be told; name an "
                "option of a choice of its own that raises no flag"
            )
            yield source.finding((*where, "slots", mark.name, mark.value), message)


def _offers(step: Step, mark: Mark, service: Service) -> bool:
    return (
        isinstance(step, Choice)
        and step.id == mark.name
        and can_be_told(step, service)
        and any(option.id == mark.value for option in step.options)
    )
