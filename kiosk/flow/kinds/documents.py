"""The checklist of papers: which ones follows from the answers, and each is one question."""

from __future__ import annotations

from typing import Literal

from kiosk.flow.answers import Value
from kiosk.flow.data import Id
from kiosk.flow.kinds.step import Asked, Step
from kiosk.flow.papers import Document, Papers, needed
from kiosk.flow.prompt import PromptChoice
from kiosk.flow.rules import Facts
from kiosk.flow.text import Text
from kiosk.flow.values import Problem, Read


class Documents(Step):
    kind: Literal["documents"]
    id: Id

    def asked(self, known: Facts, papers: Papers) -> tuple[Paper, ...]:
        return tuple(self.paper(document) for document in needed(known, papers))

    def paper(self, document: Document) -> Paper:
        """The question about one paper."""
        return Paper(
            kind="paper",
            id=f"{self.id}.{document.id}",
            home=self.home,
            icon=document.icon,
            document=document,
        )


class Paper(Asked):
    """Is this paper here? Made by the checklist, not in YAML."""

    kind: Literal["paper"] = "paper"
    document: Document

    @property
    def key(self) -> str:
        return f"documents.{self.document.id}"

    @property
    def unknown_words(self) -> Text:
        return Text(f"{self.key}.unknown", fallback="common.paper.unknown")

    def takes(self, value: Value, known: Facts) -> bool:
        return value in ("yes", "no")

    def read_tidy(self, raw: str, known: Facts) -> Read | Problem:
        return Read(raw) if raw in ("yes", "no") else Problem("choose_one")

    def words_of(self, value: str | int | bool) -> Text:
        return Text(f"common.paper.{value}")

    def choices(self, value: Value, known: Facts) -> tuple[PromptChoice, ...]:
        return tuple(
            PromptChoice(have, self.words_of(have), have, value == have) for have in ("yes", "no")
        )
