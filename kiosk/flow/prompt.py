"""What a customer meets at one step, free of any sense: every mode renders this same value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from kiosk.flow.answers import Value
from kiosk.flow.engine import Course, Task, at_first
from kiosk.flow.model import ASKING, Amount, Choice, Date, Digits, ShortText
from kiosk.flow.path import Paper, open_options
from kiosk.flow.rules import facts_of
from kiosk.flow.text import Said, Slot, SlotKind, Text

EntryKind = Literal["phone", "last4", "count", "amount", "date", "text"]


@dataclass(frozen=True, slots=True)
class PromptChoice:
    """One thing to press, say or route to. `value` is the raw answer it stands for."""

    value: str
    label: Said
    icon: str | None
    selected: bool = False


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
    warning: bool = False
    can_back: bool = True
    changing: bool = False
    #: Questions still to come before the read-back, where that is certain; else None.
    left: int | None = None
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


def prompt(task: Task, course: Course) -> Prompt:
    """The prompt of the step that the customer stands on."""
    step = course.step(task)
    known = course.known(step.id, task.answers)
    return Prompt(
        service=task.service,
        step=step.id,
        kind=step.kind,
        key=step.key,
        title=Text(f"{task.service}.title"),
        icon=step.icon or course.service.icon,
        problem=task.problem.text if task.problem else None,
        unknown=_unknown(step),
        warning=getattr(step, "tone", "plain") == "warning",
        can_back=not at_first(task, course),
        changing=task.changing,
        left=questions_left(task, course),
        **BUILDERS[step.kind](step, task, known, course),
    )


def questions_left(task: Task, course: Course) -> int | None:
    """How many questions follow this one, or None while an answer could still change that.

    Certain only when no step depends on this answer or on one that is still to be passed.
    """
    steps = course.path(task.answers)
    ids = [step.id for step in steps]
    if task.changing or steps[ids.index(task.at)].kind in ("review", "done"):
        return None
    after = [one for one in ids[ids.index(task.at) + 1 :] if one not in task.carried]
    pending = {task.at, *after}
    if any(_depends(step.when, pending) for step in course.service.steps):
        return None
    if any(step.kind == "documents" for step in course.service.steps) and any(
        _depends(need.when, pending) for need in course.catalog.needs
    ):
        return None
    return sum(1 for s in steps if s.id in after and isinstance(s, (*ASKING, Paper)))


def _depends(rule: Any, steps: set[str]) -> bool:
    return bool(facts_of(rule) & steps)


def said(step: Any, value: Value) -> Said:
    """A value in words: what the review reads back."""
    if value is None:
        return _unknown(step) or Text("common.unknown")
    return VALUES[step.kind](step, value)


def rows(task: Task, course: Course) -> tuple[Row, ...]:
    """Every answer on the path in the order asked, for the read-back and the request."""
    return tuple(
        Row(step.id, label(step), said(step, task.answers[step.id]), is_private(step))
        for step in course.path(task.answers)
        if isinstance(step, (*ASKING, Paper)) and step.id in task.answers
    )


def label(step: Any) -> Text:
    """The short name of an answer in the read-back."""
    return Text(f"{step.key}.label", fallback=f"{step.key}.name")


def is_private(step: Any) -> bool:
    return bool(getattr(step, "private", False))


def _unknown(step: Any) -> Text | None:
    if getattr(step, "optional", False):
        return Text(f"{step.key}.skip", fallback="common.skip")
    if isinstance(step, Paper):
        return Text(f"{step.key}.unknown", fallback="common.paper.unknown")
    if getattr(step, "unknown", False):
        return Text(f"{step.key}.unknown", fallback="common.unknown")
    return None


def _option_text(step: Choice, option: str) -> Text:
    return Text(f"{step.key}.option.{option}")


def _yes_no_text(step: Any, yes: bool) -> Text:
    word = "yes" if yes else "no"
    return Text(f"{step.key}.{word}", fallback=f"common.{word}")


def _paper_text(have: str) -> Text:
    return Text(f"common.paper.{have}")


Filled = dict[str, Any]


def _choice(step: Choice, task: Task, known: Mapping[str, Any], course: Course) -> Filled:
    chosen = task.answers.get(step.id)
    return {
        "choices": tuple(
            PromptChoice(o.id, _option_text(step, o.id), o.icon, chosen == o.id)
            for o in open_options(step, known)
        )
    }


def _yes_no(step: Any, task: Task, known: Mapping[str, Any], course: Course) -> Filled:
    chosen = task.answers.get(step.id)
    return {
        "choices": (
            PromptChoice("yes", _yes_no_text(step, True), "yes", chosen is True),
            PromptChoice("no", _yes_no_text(step, False), "no", chosen is False),
        )
    }


def _paper(step: Paper, task: Task, known: Mapping[str, Any], course: Course) -> Filled:
    chosen = task.answers.get(step.id)
    return {
        "choices": tuple(
            PromptChoice(have, _paper_text(have), have, chosen == have) for have in ("yes", "no")
        )
    }


def _entry(step: Any, task: Task, kind: EntryKind, max_length: int, shown: str) -> Entry:
    text = shown if task.draft is None else task.draft
    return Entry(kind, text, max_length, step.private)


_DIGIT_LENGTHS = {"phone": 12, "last4": 4, "count": 2}


def _digits(step: Digits, task: Task, known: Mapping[str, Any], course: Course) -> Filled:
    shown = str(task.answers.get(step.id) or "")
    return {"entry": _entry(step, task, step.field, _DIGIT_LENGTHS[step.field], shown)}


def _amount(step: Amount, task: Task, known: Mapping[str, Any], course: Course) -> Filled:
    fen = task.answers.get(step.id)
    shown = yuan(fen) if isinstance(fen, int) else ""
    return {
        "entry": _entry(step, task, "amount", 10, shown),
        "choices": tuple(
            PromptChoice(str(quick), Slot("amount", quick * 100), None, fen == quick * 100)
            for quick in step.quick
        ),
    }


def yuan(fen: int) -> str:
    """Fen as yuan, as one would type it: 125080 → ``1250.80``, 50000 → ``500``."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def _date(step: Date, task: Task, known: Mapping[str, Any], course: Course) -> Filled:
    today = date.fromisoformat(str(known["@today"]))
    days = [(today + timedelta(days=quick)).isoformat() for quick in step.quick]
    shown = str(task.answers.get(step.id) or "").replace("-", "")
    return {
        "entry": _entry(step, task, "date", 8, shown),
        "choices": tuple(
            PromptChoice(day, Slot("date", day), None, task.answers.get(step.id) == day)
            for day in days
        ),
    }


def _text(step: ShortText, task: Task, known: Mapping[str, Any], course: Course) -> Filled:
    shown = str(task.answers.get(step.id) or "")
    return {"entry": _entry(step, task, "text", step.max_length, shown)}


def _review(step: Any, task: Task, known: Mapping[str, Any], course: Course) -> Filled:
    return {
        "rows": rows(task, course),
        "choices": (PromptChoice("confirm", Text("common.review.confirm"), "yes"),),
    }


def _notice(step: Any, task: Task, known: Mapping[str, Any], course: Course) -> Filled:
    go_on = Text(f"{step.key}.next", fallback="common.notice.next")
    return {"choices": (PromptChoice("next", go_on, "next"),)}


def _done(step: Any, task: Task, known: Mapping[str, Any], course: Course) -> Filled:
    return {
        "choices": (
            PromptChoice("no", Text("common.done.finish"), "ticket"),
            PromptChoice("yes", Text("common.done.another"), "add"),
        )
    }


BUILDERS: Mapping[str, Callable[..., Filled]] = {
    "choice": _choice,
    "yes_no": _yes_no,
    "paper": _paper,
    "digits": _digits,
    "amount": _amount,
    "date": _date,
    "text": _text,
    "notice": _notice,
    "review": _review,
    "done": _done,
}


def _slot(kind: SlotKind) -> Callable[[Any, Any], Said]:
    return lambda step, value: Slot(kind, value, is_private(step))


VALUES: Mapping[str, Callable[[Any, Any], Said]] = {
    "choice": _option_text,
    "yes_no": _yes_no_text,
    "paper": lambda step, have: _paper_text(have),
    "digits": lambda step, value: Slot(step.field, value, step.private),
    "amount": _slot("amount"),
    "date": _slot("date"),
    "text": _slot("free"),
}
