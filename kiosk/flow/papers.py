"""The papers a task needs, and when."""

from __future__ import annotations

from typing import Protocol

from kiosk.flow.data import Data, Id, RuleField
from kiosk.flow.rules import Facts, holds


class Document(Data):
    id: Id
    icon: str


class Need(Data):
    """A paper that is asked for when the rule holds; the first that holds names it once."""

    document: Id
    when: RuleField | None = None


class Papers(Protocol):
    """All papers by id, and when each is needed; the catalogue has them."""

    @property
    def documents(self) -> dict[str, Document]: ...

    @property
    def needs(self) -> tuple[Need, ...]: ...


def needed(facts: Facts, papers: Papers) -> tuple[Document, ...]:
    """The papers to bring, in the order of `documents.yaml`, each once."""
    wanted = dict.fromkeys(need.document for need in papers.needs if holds(need.when, facts))
    return tuple(papers.documents[document] for document in wanted)
