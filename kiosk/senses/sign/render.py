"""Sign: a prompt as the clips that sign it, in order. Nothing is composed, only what was recorded.

A clip says one message: a question with the line under it, a choice, a result. What it is called
by is the message's key in the locale; its wording is that of the sign language's written language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kiosk.flow.prompt import Prompt
from kiosk.flow.text import ALONE, Said, Slot, Text, Words


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to sign: the clip's name, the wording it says, and its words on this screen."""

    id: str
    #: With its placeholders, in the written language of the sign language.
    text: str
    #: As the customer reads it: filled in, in the language of the screen.
    caption: str
    #: What stands for each placeholder on this screen.
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signing:
    """A whole screen in sign: what is signed by itself, and what when one stands on a choice."""

    parts: tuple[Part, ...]
    #: By the value that a choice or a line's change stands for.
    picks: Mapping[str, tuple[Part, ...]]


def render(
    prompt: Prompt, words: Words, written: Words, *, asides: tuple[Said, ...] = ()
) -> Signing:
    """The clips of a prompt. `asides` are further messages on the page, told after the prompt."""
    picks = {choice.value: tuple(said(choice.label, words, written)) for choice in prompt.choices}
    for row in prompt.rows:
        both = (*said(row.label, words, written), *said(row.value, words, written))
        picks[f"change:{row.step}"] = both
    if prompt.unknown is not None:
        picks["unknown"] = tuple(said(prompt.unknown, words, written))
    problem = said(prompt.problem, words, written) if prompt.problem else ()
    first = said(prompt.first, words, written) if prompt.first else ()
    told = (part for one in asides for part in said(one, words, written))
    return Signing((*problem, *first, *question(prompt, words, written), *told), picks)


def question(prompt: Prompt, words: Words, written: Words) -> Iterator[Part]:
    """The question with the line under it as one clip; what is a message by itself is its own."""
    lines = [one for one in (prompt.ask, prompt.why) if _written(one, written)]
    apart = [_apart(line, words, written) for line in lines]
    yield Part(
        id=question_id(prompt, written),
        text="\n".join(one for line in apart for one in line.own),
        caption="\n".join(one for line in apart for one in line.seen),
        values=_values(prompt, words),
    )
    for line in apart:
        for message in line.messages:
            yield from said(message, words, written)


def question_id(prompt: Prompt, written: Words) -> str:
    """The step's own key, or the shared one's where the step has no words of its own."""
    own = any(written.has(f"{prompt.key}.{part}") for part in ("ask", "why"))
    return prompt.key if own else f"common.{prompt.kind}"


def said(one: Said, words: Words, written: Words) -> Iterator[Part]:
    """A message as a clip. Values (numbers, days, amounts) are shown, never composed."""
    if isinstance(one, Slot):
        return
    key = one.key if one.fallback is None or written.has(one.key) else one.fallback
    if not written.has(key):
        return
    apart = _apart(one, words, written)
    if apart.own:
        yield Part(
            id=key,
            text="\n".join(apart.own),
            caption="\n".join(apart.seen),
            values={name: words.render(value) for name, value in one.params.items()},
        )
    for message in apart.messages:
        yield from said(message, words, written)


def spelled(ticket: str) -> tuple[Part, ...]:
    """A ticket's number, sign by sign: clips of single letters and digits."""
    return tuple(Part(f"sign.{one}", one, one) for one in ticket)


@dataclass(frozen=True, slots=True)
class _Apart:
    """A message line by line: its own wording, how that is read on this screen, and the messages
    that are each a line of it."""

    own: tuple[str, ...]
    seen: tuple[str, ...]
    messages: tuple[Text, ...]


def _apart(one: Text, words: Words, written: Words) -> _Apart:
    seen = iter(words.render(one).split("\n"))
    own: list[str] = []
    read: list[str] = []
    messages: list[Text] = []
    for line in written.template(one).split("\n"):
        alone = ALONE.fullmatch(line)
        value = one.params.get(alone[1]) if alone else None
        if alone is None or value is None:
            own.append(line)
            read.append(next(seen, ""))
            continue
        # A list stands there in as many lines as it has.
        for _ in words.render(value).split("\n"):
            next(seen, "")
        if isinstance(value, Text):
            messages.append(value)
    return _Apart(tuple(own), tuple(read), tuple(messages))


def _written(text: Text, words: Words) -> bool:
    return words.has(text.key) or (text.fallback is not None and words.has(text.fallback))


def _values(prompt: Prompt, words: Words) -> Mapping[str, str]:
    given = {"service": prompt.title, **prompt.params}
    return {name: words.render(value) for name, value in given.items()}
