"""What a spoken value does on a screen, and how it is asked about: every kind, in one registry.

A kind can't be without a question, so nothing acts that was only weakly heard.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.flow.events import Choose, Draft
from kiosk.flow.text import Said, Text
from kiosk.flow.understand.plain import plain
from kiosk.senses.speech.render import typed
from kiosk.session.events import AnyEvent, Press, Submit
from kiosk.session.moment import Moment
from kiosk.session.screens.task import CHANGE

#: Before a value: a key, a service, something typed.
KEY, SERVICE, TYPED = "key:", "service:", "typed:"
#: What stands in an entry is right, or is not.
ENTRY_DONE, ENTRY_ERASE = "entry:done", "entry:erase"

#: A phrase heard with less confidence than this is asked about before it counts.
SURE = 0.6
#: The same for what acts at once, and for that said in a single short word, which many others
#: sound like: 预见 came as 意见 at 0.93. `make bench ONLY=strangers` measures both.
SURE_AT_ONCE, SURE_SHORT = 0.85, 0.98
#: The same for an answer within a whole sentence, which is told at once and read back at the end.
SURE_TOLD = 0.85
#: No more than this is a short word: syllables of Mandarin and Korean, words of English.
SHORT: Mapping[str, int] = {"zh-CN": 2, "ko": 2, "en": 1}

Act = Callable[[Moment, str], tuple[AnyEvent, ...]]


@dataclass(frozen=True, slots=True)
class Action:
    """One kind of spoken value. Each function takes the moment and the value without its prefix."""

    act: Act
    #: What it is called among others, in words or as a value.
    name: Callable[[Moment, str], Said]
    #: Whether it acts as soon as it counts, without being read back.
    at_once: Callable[[Moment, str], bool] = lambda now, rest: True
    #: What is asked before something weakly heard counts; {choice} is its name.
    question: Callable[[str], Text] = lambda rest: Text("voice.confirm")
    #: Whether it is asked about even where it was only the best guess. A key or a number isn't:
    #: noise would have the kiosk ask for staff all day.
    guessed: bool = False


def action_of(value: str) -> tuple[Action, str]:
    """The kind of a spoken value, and the value without its prefix."""
    for prefix, action in ACTIONS.items():
        if value.startswith(prefix):
            return action, value.removeprefix(prefix)
    return CHOICE, value


def events_of(now: Moment, value: str) -> tuple[AnyEvent, ...]:
    """The events a spoken value stands for on this screen."""
    action, rest = action_of(value)
    return action.act(now, rest)


def name_of(now: Moment, value: str) -> Said:
    """What the voice calls a value."""
    action, rest = action_of(value)
    return action.name(now, rest)


def question_of(now: Moment, value: str) -> Text:
    """The yes-or-no question about a value."""
    action, rest = action_of(value)
    asked = action.question(rest)
    return Text(asked.key, {"choice": action.name(now, rest)})


def needed(now: Moment, value: str, phrase: str) -> float:
    """How surely `phrase` must have been heard for its value to count without being asked about.

    An answer within a service is read back before anything is done with it; elsewhere it acts at
    once, and a short word is easily taken for another.
    """
    action, rest = action_of(value)
    if not action.at_once(now, rest):
        return SURE
    return SURE_SHORT if is_short(phrase, now.state.switches.language) else SURE_AT_ONCE


def is_short(phrase: str, language: str) -> bool:
    bare = plain(phrase)
    count = len(bare.split()) if language == "en" else len(bare.replace(" ", ""))
    return count <= SHORT.get(language, 1)


def is_private(now: Moment, value: str) -> bool:
    """Whether asking about it would say what others mustn't hear."""
    entry = now.prompt.entry
    return value.startswith(TYPED) and entry is not None and entry.private


def _submit(now: Moment, value: str) -> tuple[AnyEvent, ...]:
    return (Submit(now.prompt.step, value),)


def _label(now: Moment, value: str) -> Said:
    labels = {choice.value: choice.label for choice in now.prompt.choices}
    return labels.get(value) or now.prompt.unknown or Text("common.unknown")


def _is_screen(now: Moment, value: str) -> bool:
    """A service's question is read back; the read-back itself, and a screen, aren't."""
    return now.prompt.service == "screen" or now.prompt.kind in ("review", "done")


def _done(now: Moment, _: str) -> tuple[AnyEvent, ...]:
    entry = now.prompt.entry
    return (Submit(now.prompt.step, entry.text),) if entry else ()


def _is_never(now: Moment, rest: str) -> bool:
    return False


def _changed(now: Moment, step: str) -> Text:
    labels = {row.step: row.label for row in now.prompt.rows}
    return labels[step]


def _entered(now: Moment, text: str) -> Said:
    """A value as it is best heard, in the entry it would go into."""
    entry = now.prompt.entry
    if entry is None:
        raise LookupError(f"nothing is entered at {now.prompt.key}")
    return typed(entry.kind, text, private=entry.private)


CHOICE = Action(_submit, _label, _is_screen, guessed=True)
ACTIONS: Mapping[str, Action] = {
    KEY: Action(
        lambda now, key: (Press(key),),
        lambda now, key: Text(f"voice.command.{key}"),
        question=lambda key: Text(f"voice.ask.{key}"),
    ),
    SERVICE: Action(
        lambda now, service: (Choose(service),),
        lambda now, service: Text(f"{service}.title"),
        guessed=True,
    ),
    # What was said goes into the entry first, and is read back before it counts.
    TYPED: Action(lambda now, text: (Draft(now.prompt.step, text),), _entered, _is_never),
    ENTRY_DONE: Action(_done, lambda now, _: Text("common.enter"), _is_never),
    ENTRY_ERASE: Action(
        lambda now, _: (Draft(now.prompt.step, ""),),
        lambda now, _: Text("common.erase"),
        _is_never,
    ),
    CHANGE: Action(
        lambda now, step: _submit(now, f"{CHANGE}{step}"),
        _changed,
        question=lambda step: Text("voice.ask.change"),
    ),
}
