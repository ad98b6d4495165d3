"""What every kind of step can do. A kind is a subclass in a file of its own, and nothing else.

The words of a step aren't here: every text has a key that follows from the step (`Step.key`).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from kiosk.flow.answers import Value
from kiosk.flow.data import Data, Id, RuleField
from kiosk.flow.papers import Papers
from kiosk.flow.prompt import Entry, EntryKind, PromptChoice
from kiosk.flow.roles import PERSONAL, Role
from kiosk.flow.rules import Facts
from kiosk.flow.text import Said, Text
from kiosk.flow.values import Problem, Read, tidy


class Step(Data):
    """A step that is met: a question, a notice, the read-back, the end."""

    #: The read-back and the end aren't answered, but confirmed and left.
    ends: ClassVar[bool] = False

    kind: str
    id: str
    when: RuleField | None = None
    #: The block the step came from, or the service's own id; its words are under this name.
    home: str = ""
    icon: str | None = None
    role: Role | None = None

    @property
    def key(self) -> str:
        """Where the step's words are: ``<home>.<id>``, for example ``contact.phone``."""
        return f"{self.home}.{self.id}"

    @property
    def unknown_words(self) -> Text | None:
        """The words of "I don't know" or "skip", where that is an honest answer."""
        return None

    @property
    def is_warning(self) -> bool:
        return False

    @property
    def is_personal(self) -> bool:
        """Whether its answer says something of who the customer is."""
        return self.role in PERSONAL

    @property
    def is_remembered(self) -> bool:
        """Whether its answer goes on to the next task of the visit."""
        return False

    def asked(self, known: Facts, papers: Papers) -> tuple[Step, ...]:
        """What is asked of it, one question each."""
        return (self,)

    def rules(self) -> tuple[tuple[RuleField, tuple[str | int, ...]], ...]:
        """Every rule of the step, with its place in it."""
        return () if self.when is None else ((self.when, ("when",)),)

    def fits(self, value: Value, known: Facts) -> bool:
        """Whether `value` is an answer to the step as it stands under the facts `known`."""
        return False

    def given(self, known: Facts) -> Value:
        """The answer that follows from earlier ones: it isn't asked, but can be changed. None where
        nothing follows."""
        return None

    def settles(self, value: Value) -> frozenset[str]:
        """The steps whose own answers this answer takes the place of."""
        return frozenset()

    def params(self) -> Mapping[str, Said]:
        """What its words name."""
        return {}

    def read(self, raw: str, known: Facts) -> Read | Problem:
        """What was typed, pressed or said. `known` has ``@today`` and the answers so far."""
        return self.read_tidy(tidy(raw), known)

    def read_tidy(self, raw: str, known: Facts) -> Read | Problem:
        return Problem("choose_one")

    def choices(self, value: Value, known: Facts) -> tuple[PromptChoice, ...]:
        """What can be pressed; `value` is the answer so far."""
        return ()

    def entry(self, value: Value, draft: str | None) -> Entry | None:
        """What can be typed into; `draft` is what stands in it half-typed."""
        return None


class Asked(Step):
    """A step whose answer is a fact of the request, and is read back."""

    unknown: bool = False

    @property
    def label(self) -> Text:
        """The short name of its answer in the read-back."""
        return Text(f"{self.key}.label", fallback=f"{self.key}.name")

    @property
    def is_private(self) -> bool:
        return False

    @property
    def unknown_words(self) -> Text | None:
        return Text(f"{self.key}.unknown", fallback="common.unknown") if self.unknown else None

    def fits(self, value: Value, known: Facts) -> bool:
        if value is None:
            return self.unknown_words is not None
        return self.takes(value, known)

    def takes(self, value: Value, known: Facts) -> bool:
        """Whether a value other than "I don't know" is an answer."""
        return True

    def said(self, value: Value) -> Said:
        """A value in words: what the review reads back."""
        if value is None:
            return self.unknown_words or Text("common.unknown")
        return self.words_of(value)

    @abstractmethod
    def words_of(self, value: str | int | bool) -> Said: ...


class Typed(Asked):
    """A step that is typed into an entry."""

    id: Id
    private: bool = True

    @property
    def is_private(self) -> bool:
        return self.private

    @property
    def is_personal(self) -> bool:
        return self.private or self.role in PERSONAL

    @property
    @abstractmethod
    def entry_kind(self) -> EntryKind: ...

    @property
    @abstractmethod
    def longest(self) -> int:
        """How much can be typed."""

    def shown(self, value: str | int | bool) -> str:
        """A value as one would type it."""
        return str(value)

    def entry(self, value: Value, draft: str | None) -> Entry:
        shown = "" if value is None else self.shown(value)
        text = shown if draft is None else draft
        return Entry(self.entry_kind, text, self.longest, self.private)
