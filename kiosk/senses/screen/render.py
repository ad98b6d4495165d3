"""Sight: a prompt as the words and pictures of one screen. No markup: templates do that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.flow.prompt import Prompt
from kiosk.flow.text import Said, Slot, Text, Words


@dataclass(frozen=True, slots=True)
class Pick:
    """Something to press. `number` is the key that chooses it, where one does."""

    value: str
    label: str
    icon: str | None
    hint: str | None
    number: int | None
    selected: bool
    #: The language of the label where it isn't the page's: each language's own name for itself.
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One line of the read-back."""

    step: str
    label: str
    value: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A prompt as it is seen."""

    step: str
    kind: str
    service: str
    icon: str | None
    title: str
    ask: str
    #: What is told before the question.
    first: tuple[str, ...]
    why: tuple[str, ...]
    problem: str | None
    picks: tuple[Pick, ...]
    lines: tuple[SeenRow, ...]
    unknown: Pick | None
    left: str | None
    warning: bool
    can_back: bool
    changing: bool


#: Keys 1 to 9 choose by number; where digits are entered they type instead.
NUMBERED = 9


def render(prompt: Prompt, words: Words) -> Seen:
    """The screen of a prompt in one language."""
    numbers = prompt.entry is None
    count = len(prompt.choices)
    rows = len(prompt.rows)
    return Seen(
        step=prompt.step,
        kind=prompt.kind,
        service=prompt.service,
        icon=prompt.icon,
        title=words.render(prompt.title),
        ask=words.render(prompt.ask),
        first=_lines(_render(words, prompt.first)),
        why=_lines(_render(words, written(prompt.why, words))),
        problem=_render(words, prompt.problem),
        picks=tuple(
            Pick(
                choice.value,
                words.render(choice.label),
                choice.icon,
                _render(words, hint_of(choice.label, words)),
                number_of(i, numbers and choice.keyed),
                choice.selected,
                lang_of(choice.label),
            )
            for i, choice in enumerate(prompt.choices)
        ),
        lines=tuple(
            SeenRow(
                row.step,
                words.render(row.label),
                words.render(row.value),
                number_of(count + i, numbers),
            )
            for i, row in enumerate(prompt.rows)
        ),
        unknown=_unknown(prompt, words, number_of(count + rows, numbers)),
        left=_render(words, left_of(prompt)),
        warning=prompt.warning,
        can_back=prompt.can_back,
        changing=prompt.changing,
    )


def number_of(index: int, numbers: bool) -> int | None:
    """The digit key that chooses the thing at `index`, if one does."""
    return index + 1 if numbers and index < NUMBERED else None


def _unknown(prompt: Prompt, words: Words, number: int | None) -> Pick | None:
    if prompt.unknown is None:
        return None
    return Pick("unknown", words.render(prompt.unknown), "help", None, number, selected=False)


def left_of(prompt: Prompt) -> Text | None:
    """Where the customer is, and only where that is certain.

    What is called the last question is the last of the visit: no read-back comes after it.
    """
    if prompt.left is None:
        return None
    counts: Mapping[int, str] = {0: "last", 1: "one"}
    until = "common.until_read_back" if prompt.read_back else "common.left"
    key = f"{until}.{counts.get(prompt.left, 'more')}"
    return Text(key, {"count": Slot("count", prompt.left)})


def lang_of(label: Said) -> str | None:
    """The language that a label is written in, for the names of languages."""
    if not isinstance(label, Text) or not label.key.startswith("language."):
        return None
    return label.key.removeprefix("language.")


def hint_of(label: Said, words: Words) -> Text | None:
    """The line under a menu card, where somebody wrote one beside the title."""
    if not isinstance(label, Text) or not label.key.endswith(".title"):
        return None
    key = label.key.removesuffix(".title") + ".hint"
    return Text(key) if words.has(key) else None


def written(text: Text, words: Words) -> Text | None:
    """The text, or None where nobody wrote one."""
    has_any = words.has(text.key) or (text.fallback is not None and words.has(text.fallback))
    return text if has_any else None


def _render(words: Words, text: Text | None) -> str | None:
    return words.render(text) if text else None


def _lines(text: str | None) -> tuple[str, ...]:
    """The sentences of a text that was written in several lines."""
    return tuple(line for line in (text or "").split("\n") if line)
