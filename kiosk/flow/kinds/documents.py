"""The checklist of papers: which ones follows from the answers, and each is one question.

Where there are several, one question comes before them: whether all are there. A yes settles each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kiosk.flow.answers import Value
from kiosk.flow.data import Id
from kiosk.flow.kinds.step import Asked, Step
from kiosk.flow.papers import Document, Papers, needed
from kiosk.flow.prompt import PromptChoice
from kiosk.flow.rules import Facts
from kiosk.flow.text import Said, Text
from kiosk.flow.values import Problem, Read

#: Before the names of the papers that are all here.
ALL_HERE = "yes:"


class Documents(Step):
    kind: Literal["documents"]
    id: Id

    @property
    def together_id(self) -> str:
        """The id of the question about all papers at once."""
        return f"{self.id}.all"

    def asked(self, known: Facts, papers: Papers) -> tuple[Step, ...]:
        each = tuple(self.paper(document) for document in needed(known, papers))
        if len(each) < 2:
            return each
        first = Together(id=self.together_id, home=self.home, icon="checklist", papers=each)
        return (first, *each)

    def paper(self, document: Document) -> Paper:
        """The question about one paper."""
        return Paper(
            kind="paper",
            id=f"{self.id}.{document.id}",
            home=self.home,
            icon=document.icon,
            document=document,
            together=self.together_id,
        )


class Paper(Asked):
    """Is this paper here? Made by the checklist, not in YAML."""

    kind: Literal["paper"] = "paper"
    document: Document
    #: The question about all papers, which may settle this one.
    together: str = ""

    def given(self, known: Facts) -> Value:
        return "yes" if str(known.get(self.together)).startswith(ALL_HERE) else None

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


class Together(Step):
    """Are all of these papers here? A no leads to each by itself. Made by the checklist."""

    kind: Literal["papers"] = "papers"
    papers: tuple[Paper, ...]

    @property
    def key(self) -> str:
        return "common.papers"

    def params(self) -> Mapping[str, Said]:
        return {"papers": _listed([paper.label for paper in self.papers])}

    @property
    def all_here(self) -> str:
        """That all are here: of these papers only, so that another list is asked anew."""
        return ALL_HERE + ",".join(paper.document.id for paper in self.papers)

    def settles(self, value: Value) -> frozenset[str]:
        here = value == self.all_here
        return frozenset(paper.id for paper in self.papers) if here else frozenset()

    def fits(self, value: Value, known: Facts) -> bool:
        return value in (self.all_here, "no")

    def read_tidy(self, raw: str, known: Facts) -> Read | Problem:
        answers = {"yes": self.all_here, "no": "no"}
        return Read(answers[raw]) if raw in answers else Problem("choose_one")

    def choices(self, value: Value, known: Facts) -> tuple[PromptChoice, ...]:
        return tuple(
            PromptChoice(have, Text(f"{self.key}.{have}"), icon, value == answer)
            for have, icon, answer in (("yes", "yes", self.all_here), ("no", "checklist", "no"))
        )


def _listed(names: list[Text]) -> Text:
    listed = names[-1]
    for name in reversed(names[:-1]):
        listed = Text("common.papers.list", {"first": name, "more": listed})
    return listed
