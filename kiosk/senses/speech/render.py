"""Hearing a prompt: what is said, in what order, with what silence after it.

A screen reader's order: what went wrong, what it is about, the question, why, what there is to
choose with its key, and how to answer. A prompt heard before comes back shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kiosk.flow.prompt import Entry, EntryKind, Prompt, PromptChoice
from kiosk.flow.text import Said, Slot, SlotKind, Text, Words
from kiosk.senses.screen.render import hint_of, left_of, number_of, written
from kiosk.session.bar import button_of
from voices.speaking.cut import PLACEHOLDER, sentences, split
from voices.speaking.line import Line, Part, Phrase, Value

#: Seconds of silence: after an item of a list, after a sentence, after the question.
BETWEEN, SENTENCE, QUESTION = 0.25, 0.35, 0.5


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line to say, and what it is on the screen.

    `about` is ``problem``, ``title``, ``first``, ``ask``, ``why``, ``left``, ``entry``, ``how``, or
    ``pick:`` and the value of the thing to press.
    """

    line: Line
    about: str


@dataclass(frozen=True, slots=True)
class Audience:
    """How this customer listens now."""

    #: Private values are not said: no headset, and the customer hasn't asked for them.
    hush: bool = True
    #: The kiosk understands speech in this language.
    hears: bool = False


def speakable(
    prompt: Prompt, words: Words, audience: Audience, *, short: bool = False
) -> tuple[Spoken, ...]:
    """What is said of a prompt. `short` leaves out what was heard the first time."""
    said = _Saying(words, audience)
    return (
        *said.text("problem", prompt.problem),
        *(() if short or prompt.service == "screen" else said.text("title", prompt.title)),
        *(() if short else said.text("first", prompt.first)),
        *said.text("ask", prompt.ask, QUESTION),
        *(() if short else said.text("why", written(prompt.why, words))),
        *(() if short else said.text("left", left_of(prompt))),
        *_entry(prompt, said),
        *_choices(prompt, said, short),
        *_rows(prompt, said),
        *_unknown(prompt, said),
        *said.text("how", how(prompt, audience)),
    )


def item(prompt: Prompt, target: str, words: Words, audience: Audience) -> tuple[Spoken, ...]:
    """What is said of the one thing the cursor stands on."""
    said = _Saying(words, audience)
    button = button_of(target)
    if button is not None:
        return said.text(pick(target), button.label)
    whole = (*_choices(prompt, said, False), *_rows(prompt, said), *_unknown(prompt, said))
    return tuple(one for one in whole if one.about == pick(target))


def pick(value: str) -> str:
    return f"pick:{value}"


def told(about: str, said: Said, words: Words, audience: Audience) -> tuple[Spoken, ...]:
    """A text or a value that stands for itself: a notice, a result, a number just typed."""
    saying = _Saying(words, audience)
    return saying.text(about, said) if isinstance(said, Text) else saying.list(about, said)


def numbered(number: int | None) -> tuple[Text, ...]:
    return (Text(f"ear.key.k{number}"),) if number else ()


def how(prompt: Prompt, audience: Audience) -> Text:
    """How to answer: by key, and aloud where that is understood."""
    way = HOW.get(prompt.entry.kind if prompt.entry else prompt.kind, "choose")
    return Text(f"ear.how.{way}.{'hear' if audience.hears else 'keys'}")


#: How a kind of entry or of prompt is answered; everything else is chosen.
HOW: Mapping[str, str] = {
    "phone": "digits",
    "last4": "digits",
    "number": "digits",
    "count": "digits",
    "amount": "amount",
    "date": "date",
    "text": "typing",
    "review": "review",
}


@dataclass(frozen=True, slots=True)
class _Saying:
    """Builds lines from texts and values in one language."""

    words: Words
    audience: Audience

    def text(self, about: str, text: Text | None, pause: float = SENTENCE) -> tuple[Spoken, ...]:
        """A text, a line for each of its sentences."""
        if text is None:
            return ()
        return tuple(Spoken(self._line(parts, pause), about) for parts in self._sentences(text))

    def list(self, about: str, *said: Said, pause: float = BETWEEN) -> tuple[Spoken, ...]:
        """Several texts and values said as one line, such as a key and what it chooses."""
        parts = tuple(part for one in said for part in self._parts(one))
        return (Spoken(self._line(parts, pause), about),) if parts else ()

    def _line(self, parts: tuple[_Piece, ...], pause: float) -> Line:
        caption = caption_of(tuple(piece.seen for piece in parts))
        private = any(piece.private for piece in parts)
        spoken = tuple(piece.part for piece in parts if piece.part is not None)
        return Line(spoken, caption, pause, private)

    def _sentences(self, text: Text) -> Iterator[tuple[_Piece, ...]]:
        for sentence in sentences(self.words.template(text, "speech")):
            alone = PLACEHOLDER.fullmatch(sentence)
            inner = text.params.get(alone[1]) if alone else None
            if isinstance(inner, Text):
                yield from self._sentences(inner)
            else:
                yield self._cut(sentence, text)

    def _parts(self, said: Said) -> tuple[_Piece, ...]:
        if isinstance(said, Slot):
            return (self._value(said),)
        template = self.words.template(said, "speech")
        return tuple(p for sentence in sentences(template) for p in self._cut(sentence, said))

    def _cut(self, sentence: str, text: Text) -> tuple[_Piece, ...]:
        found: list[_Piece] = []
        for piece in split(sentence):
            name = PLACEHOLDER.fullmatch(piece.text)
            if name is None:
                found.append(_Piece(piece.text, Phrase(piece.spoken) if piece.spoken else None))
            elif name[1] in text.params:
                found.extend(self._parts(text.params[name[1]]))
        return tuple(found)

    def _value(self, slot: Slot) -> _Piece:
        if slot.private and self.audience.hush:
            masked = self.words.render(Text("ear.masked"))
            return _Piece(masked, Phrase(masked))
        seen = self.words.render(slot)
        return _Piece(seen, Value(slot.kind, slot.value), slot.private)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some words as they are seen and as they are said (None: only punctuation)."""

    seen: str
    part: Part | None
    private: bool = False


_LATIN_ENDS = re.compile(r"[A-Za-z0-9.,!?:;'\"%)]$")


def caption_of(seen: tuple[str, ...]) -> str:
    """Pieces as one caption: Latin words keep a space between them, Chinese ones need none."""
    caption = ""
    for piece in seen:
        gap = " " if _LATIN_ENDS.search(caption) and piece[:1].isalnum() else ""
        caption += gap + piece
    return caption


def _choices(prompt: Prompt, said: _Saying, short: bool) -> Iterator[Spoken]:
    keyed = prompt.entry is None
    if prompt.choices and not keyed:
        yield from said.text("how", Text("ear.also"))
    for index, choice in enumerate(prompt.choices):
        key = numbered(number_of(index, keyed and choice.keyed))
        yield from said.list(pick(choice.value), *key, choice.label)
        yield from _more(choice, said, short)


def _more(choice: PromptChoice, said: _Saying, short: bool) -> Iterator[Spoken]:
    hint = None if short else hint_of(choice.label, said.words)
    yield from said.text(pick(choice.value), hint, BETWEEN)
    if choice.selected:
        yield from said.text(pick(choice.value), Text("ear.chosen"), BETWEEN)


def _rows(prompt: Prompt, said: _Saying) -> Iterator[Spoken]:
    for index, row in enumerate(prompt.rows):
        about = pick(f"change:{row.step}")
        value: Said = row.value
        if isinstance(value, Slot):
            value = replace(value, private=row.private)
        key = numbered(number_of(len(prompt.choices) + index, True))
        yield from said.list(about, row.label, pause=BETWEEN)
        yield from said.list(about, value, pause=BETWEEN)
        yield from said.list(about, Text("ear.change"), *key, pause=SENTENCE)


def _unknown(prompt: Prompt, said: _Saying) -> Iterator[Spoken]:
    if prompt.unknown is None:
        return
    index = len(prompt.choices) + len(prompt.rows)
    key = numbered(number_of(index, prompt.entry is None))
    yield from said.list(pick("unknown"), *key, prompt.unknown)


def _entry(prompt: Prompt, said: _Saying) -> Iterator[Spoken]:
    if prompt.entry is not None and prompt.entry.text:
        yield from said.text("entry", entered(prompt.entry, said.audience))


def entered(entry: Entry, audience: Audience) -> Text:
    """What stands in an entry; only how much of it where others could listen."""
    if not entry.text:
        return Text("ear.empty")
    if entry.private and audience.hush:
        return Text("ear.filled_masked", {"count": Slot("count", len(entry.text))})
    return Text("ear.filled", {"value": typed(entry.kind, entry.text, private=entry.private)})


def spelled(entry: Entry, words: Words, audience: Audience) -> tuple[Spoken, ...]:
    """What stands in an entry, character by character; only how much where others could listen."""
    if not entry.text or (entry.private and audience.hush):
        return told("entry", entered(entry, audience), words, audience)
    value = Value("spell", entry.text)
    return (Spoken(Line((value,), " ".join(entry.text), SENTENCE, entry.private), "entry"),)


def typed(kind: EntryKind, text: str, *, private: bool) -> Slot:
    """What was typed, as it is best heard: an amount as money, other digits one by one."""
    if kind == "amount" and text.isdecimal():
        return Slot("amount", int(text) * 100, private)
    return Slot(ENTERED.get(kind, "last4"), text, private)


ENTERED: Mapping[str, SlotKind] = {"phone": "phone", "text": "free"}
