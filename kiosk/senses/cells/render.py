"""Feeling a prompt: its parts in cells, one region for each, in the order they are met.

A region is a thing a finger can stand on: the question, a choice with its place among the others,
what was entered. Words are the message's braille form; how a sentence is read and where its words
part is authored (`Marks`), and found from dictionaries only for values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from braille.cells import BLANK, NoCell
from braille.chinese.marked import bare, sentences
from braille.tables import Table
from kiosk.flow.prompt import Entry, Prompt
from kiosk.flow.text import Said, Slot, Text, Words
from kiosk.senses.screen.render import hint_of, left_of, written
from kiosk.senses.speech.render import HOW, pick, typed
from kiosk.session.bar import buttons

#: Before the names of languages.
_LANGUAGE = "language."
#: Authored sentences of one language: the marked sentence by the bare one.
Marks = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Region:
    """One part of a screen in cells.

    `about` is as in `kiosk.senses.speech.render.Spoken`. The first `lead` cells are its place
    among others (2/5): the cursor stands under them. `text` is what it says in print, for sighted
    helpers. Of several messages about one `subject` the last counts. What is `veiled` is only felt:
    whoever looks on sees `text`, and no cells.
    """

    about: str
    cells: str
    text: str
    lead: int = 0
    subject: str = ""
    veiled: bool = False


@dataclass(frozen=True, slots=True)
class Feel:
    """How this customer reads now."""

    #: Private values are only counted.
    hush: bool = True
    #: Eight dots, in a language that is written so.
    eight: bool = False


@dataclass(slots=True)
class Script:
    """Writes texts and values of one language in cells; what has no cells is named."""

    words: Words
    table: Table
    marks: Marks = field(default_factory=dict)
    feel: Feel = Feel()
    #: What writes another language: its name is felt in its own braille.
    other: Callable[[str], Script] | None = None

    def cells(self, *said: Said) -> str:
        """Texts and values one after another, with an empty cell between them."""
        written = (self._written(one) for one in said)
        return BLANK.join(cells for cells in written if cells)

    def _written(self, said: Said) -> str:
        """One text, whatever stands in it: nothing in one may take the others away."""
        named = language_of(said)
        if named not in (None, self.words.language) and self.other is not None:
            return self.other(str(named)).cells(said)
        try:
            return self.table.write(self.marked(said))
        except NoCell:
            text = self.words.render(self._shown(said), "braille")
            return self.table.write(self.table.mark(self.table.named(text)))

    def print(self, *said: Said) -> str:
        return " ".join(self.words.render(self._shown(one), "braille") for one in said)

    def marked(self, said: Said) -> str:
        """A text or value as the table takes it."""
        shown = self._shown(said)
        if isinstance(shown, Slot):
            return self._value(shown)
        template = self.words.template(shown, "braille")
        found = " ".join(self.sentence(one) for one in sentences(template))
        for name, inner in shown.params.items():
            found = found.replace(f"{{{name}}}", self.marked(inner))
        return found

    def _value(self, slot: Slot) -> str:
        text = self.table.named(self.words.render(slot, "braille"))
        return " ".join(self.sentence(one) for one in sentences(text))

    def sentence(self, sentence: str) -> str:
        """One sentence as it was marked by its author, or else from dictionaries."""
        return self.marks.get(bare(sentence)) or self.table.mark(sentence)

    def _shown(self, said: Said) -> Said:
        if isinstance(said, Slot) and said.private and self.feel.hush:
            return Text("touch.masked", {"count": Slot("count", len(str(said.value)))})
        return said


def language_of(said: Said) -> str | None:
    """The language that a text names, if it is the name of one."""
    key = said.key if isinstance(said, Text) else ""
    return key.removeprefix(_LANGUAGE) if key.startswith(_LANGUAGE) else None


def feelable(prompt: Prompt, script: Script) -> tuple[Region, ...]:
    """All regions of a prompt."""
    return (
        *_texts(prompt, script),
        *_choices(prompt, script),
        *_bar(prompt, script),
    )


def region(about: str, script: Script, *said: Said) -> Region:
    return Region(about, script.cells(*said), script.print(*said))


def told(about: str, said: Said, script: Script) -> Region:
    """A text or a value that stands for itself: a notice, a remark, a result."""
    return region(about, script, said)


def _texts(prompt: Prompt, script: Script) -> Iterator[Region]:
    words = script.words
    if prompt.service != "screen":
        yield region("title", script, prompt.title)
    if prompt.problem is not None:
        yield region("problem", script, prompt.problem)
    if prompt.first is not None:
        yield region("first", script, prompt.first)
    yield region("ask", script, prompt.ask)
    if prompt.entry is not None:
        yield region("entry", script, *entered(prompt.entry))
    for about, text in (("why", written(prompt.why, words)), ("left", left_of(prompt))):
        if text is not None:
            yield region(about, script, text)


def _choices(prompt: Prompt, script: Script) -> Iterator[Region]:
    """Everything that can be chosen, each with its place: 2/5."""
    wanted = tuple(_wanted(prompt, script))
    for index, (value, said) in enumerate(wanted, 1):
        yield _placed(pick(value), index, len(wanted), said, script)
    yield region("how", script, how(prompt))


def _wanted(prompt: Prompt, script: Script) -> Iterator[tuple[str, tuple[Said, ...]]]:
    for choice in prompt.choices:
        hint = hint_of(choice.label, script.words)
        chosen = (Text("touch.chosen"),) if choice.selected else ()
        yield choice.value, (choice.label, *chosen, *((hint,) if hint else ()))
    for row in prompt.rows:
        value = row.value
        if isinstance(value, Slot):
            value = replace(value, private=row.private)
        yield f"change:{row.step}", (Text("touch.row", {"label": row.label}), value)
    if prompt.unknown is not None:
        yield "unknown", (prompt.unknown,)


def _placed(about: str, index: int, count: int, said: tuple[Said, ...], script: Script) -> Region:
    place = script.table.write(f"{index}/{count}")
    label = script.cells(*said)
    return Region(
        about, f"{place}{BLANK}{label}", f"{index}/{count} {script.print(*said)}", len(place)
    )


def _bar(prompt: Prompt, script: Script) -> Iterator[Region]:
    for button in buttons(prompt):
        found = region(pick(button.target), script, button.label)
        yield replace(found, lead=len(found.cells))


def entered(entry: Entry) -> tuple[Said, ...]:
    """What stands in an entry. Of a private one only how much."""
    if not entry.text:
        return (Text("touch.empty"),)
    if entry.private:
        return (Text("touch.masked", {"count": Slot("count", len(entry.text))}),)
    return (Text("touch.filled"), typed(entry.kind, entry.text, private=entry.private))


def how(prompt: Prompt) -> Text:
    """How to answer with a braille keyboard."""
    way = HOW.get(prompt.entry.kind if prompt.entry else prompt.kind, "choose")
    return Text(f"touch.how.{way}")
