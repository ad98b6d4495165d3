"""What a screen is: its name, its address, its prompt, and what its choices and keys do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.flow.model import Catalog
from kiosk.flow.prompt import Entry, Prompt, PromptChoice
from kiosk.flow.text import Said, Text
from kiosk.session.events import AnyEvent, Put, Submit
from kiosk.session.state import Place, State
from kiosk.session.world import World

Events = tuple[AnyEvent, ...]
#: From what was sent on a screen to its events; none where it stands for nothing.
Choose = Callable[[State, Prompt, Submit], Events]


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a key led to: events to carry out, or a state that differs only in its surface."""

    events: Events = ()
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen. Its words are under ``screen.<name>`` in the locale."""

    name: str
    #: Its address; what stands in braces is filled in by `parts`.
    path: str
    prompt: Callable[[State, World], Prompt]
    choose: Choose
    #: The place it shows; None for a page that is laid over any place.
    place: Place | None = None
    #: Whether it is the one that shows its place now, where a place has several.
    here: Callable[[State], bool] = lambda state: True
    #: The page laid over the visit that back leads to; None closes.
    parent: str | None = None
    #: The endings of its prompts' keys after its own name; one without an ending is empty.
    phases: tuple[str, ...] = ("",)
    #: What a key does here; None where it does what it does everywhere.
    key: Callable[[State, str], Pressed | None] = lambda state, key: None
    #: What stands in the braces of its path now.
    parts: Callable[[State], Mapping[str, str]] = lambda state: {}
    #: Whether such an address can have been one of this visit.
    met: Callable[[State, Catalog, Mapping[str, str]], bool] = lambda state, catalog, parts: True
    #: The page that shows it, in ``templates/customer``.
    template: str = "screen"
    #: What changes on it changes in place: loaded anew it would lose its picture.
    in_place: bool = False
    #: A person is on it: in the picture, or writing.
    with_person: bool = False

    @property
    def laid_over(self) -> bool:
        return self.place is None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its prompts: each has words in every language."""
        return tuple(prompt_key(self.name, phase) for phase in self.phases)

    def address(self, state: State) -> str:
        return self.path.format(**self.parts(state))


def prompt_key(name: str, phase: str = "") -> str:
    return f"screen.{name}.{phase}" if phase else f"screen.{name}"


def prompt_of(
    name: str,
    choices: tuple[PromptChoice, ...] = (),
    *,
    phase: str = "",
    params: Mapping[str, Said] | None = None,
    icon: str | None = None,
    can_back: bool = True,
    entry: Entry | None = None,
    problem: Text | None = None,
) -> Prompt:
    """The prompt of a screen that is no step of a service."""
    return Prompt(
        service="screen",
        step=name,
        kind="screen",
        key=prompt_key(name, phase),
        title=Text("screen.title"),
        icon=icon,
        choices=choices,
        entry=entry,
        problem=problem,
        params=params or {},
        can_back=can_back,
    )


def option(
    name: str,
    value: str,
    icon: str | None,
    *,
    selected: bool = False,
    key: str | None = None,
    keyed: bool = True,
) -> PromptChoice:
    label = Text(key or f"screen.{name}.option.{value}")
    return PromptChoice(value, label, icon, selected, keyed)


def only(events: Mapping[str, AnyEvent]) -> Choose:
    """Values that each stand for one event, whatever the state."""

    def chosen(state: State, prompt: Prompt, sent: Submit) -> Events:
        return (events[sent.value],) if sent.value in events else ()

    return chosen


def toggled(state: State, name: str) -> Events:
    return (Put(name, "off" if getattr(state.switches, name) else "on"),)
