"""What a customer meets at one step, free of any sense: every mode renders this same value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kiosk.flow.text import Said, Text

EntryKind = Literal["phone", "last4", "number", "count", "amount", "date", "text"]


@dataclass(frozen=True, slots=True)
class PromptChoice:
    """One thing to press, say or route to. `value` is the raw answer it stands for."""

    value: str
    label: Said
    icon: str | None
    selected: bool = False
    #: Whether a digit key chooses it, as its place says; else it is pressed, said or routed to.
    keyed: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """Where something is typed. `text` is what stands in it, as typed or as answered before."""

    kind: EntryKind
    text: str
    max_length: int
    private: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the read-back, and the step that changes it."""

    step: str
    label: Text
    value: Said
    private: bool


@dataclass(frozen=True, slots=True)
class Prompt:
    """One screen, one utterance, one line of braille, one clip: the same question in each."""

    service: str
    step: str
    kind: str
    key: str
    title: Text
    icon: str | None
    choices: tuple[PromptChoice, ...] = ()
    entry: Entry | None = None
    #: The words of "I don't know" or "skip", where that is an honest answer.
    unknown: Text | None = None
    rows: tuple[Row, ...] = ()
    problem: Text | None = None
    #: What is told before the question: what is asked, why, and who sees it.
    first: Text | None = None
    warning: bool = False
    can_back: bool = True
    changing: bool = False
    #: Questions of this task still to come, where that is certain; else None.
    left: int | None = None
    #: Whether a read-back comes after them, and so more than these questions.
    read_back: bool = False
    params: Mapping[str, Said] = field(default_factory=dict)

    @property
    def ask(self) -> Text:
        """The one question."""
        return self._text("ask")

    @property
    def why(self) -> Text:
        """Why it is asked, or a line under the question. May have no words."""
        return self._text("why")

    @property
    def help(self) -> Text:
        """More help with this question."""
        return self._text("help")

    def _text(self, part: str) -> Text:
        params = {"service": self.title, **self.params}
        return Text(f"{self.key}.{part}", params, fallback=f"common.{self.kind}.{part}")
