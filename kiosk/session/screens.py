"""The screens that are no step of a service, as prompts: every mode renders them the same way.

One builder each, by name; words are under ``screen.<name>`` in the locale.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from kiosk.content.loader import Advice
from kiosk.flow import prompt as prompts
from kiosk.flow import visit as visits
from kiosk.flow.model import Catalog, Group
from kiosk.flow.prompt import Prompt, PromptChoice
from kiosk.flow.rules import Facts
from kiosk.flow.text import Said, Slot, Text
from kiosk.flow.visit import Visit
from kiosk.session.keys import KEYS
from kiosk.session.ports import OVER, TicketStatus
from kiosk.session.state import State
from kiosk.session.switches import CUSTOMER_SIZES, PRESETS, THEMES, TOGGLES, Switches

#: Very good to very bad (满意度调查).
SURVEY_SCORES = (5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class World:
    """What surrounds a state: the catalogue, the day, what this kiosk can do."""

    catalog: Catalog
    today: str
    languages: tuple[str, ...]
    #: The services that a language has words for; one that isn't named here has them all.
    covers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    #: The renderers that work here: "screen", and later "voice", "braille", "sign".
    senses: frozenset[str] = frozenset({"screen"})
    defaults: Switches = Switches()  # noqa: RUF009 (immutable)
    ticket: TicketStatus | None = None
    help_state: str | None = None
    #: How the call to an officer stands, if one was called.
    call_state: str | None = None
    #: A piece of advice against fraud, for those who wait.
    advice: Advice | None = None
    #: How long a warned customer has to answer.
    answer_seconds: int = 45

    def facts(self, switches: Switches) -> Facts:
        return {**switches.facts(), "@today": self.today}

    def covered(self, service: str, language: str) -> bool:
        """Whether a language has words for a service."""
        return service in self.covers.get(language, self.catalog.services)

    def groups(self, language: str) -> tuple[Group, ...]:
        """The menu in a language: only what it has words for."""
        found = (
            group.model_copy(
                update={"services": tuple(s for s in group.services if self.covered(s, language))}
            )
            for group in self.catalog.groups
        )
        return tuple(group for group in found if group.services)

    def languages_for(self, visit: Visit) -> tuple[str, ...]:
        """The languages that have words for all that a visit holds already."""
        tasks = (*visit.confirmed, *((visit.task,) if visit.task else ()))
        held = {task.service for task in tasks} - {self.catalog.closing.id}
        return tuple(
            one for one in self.languages if all(self.covered(service, one) for service in held)
        )


def current_prompt(state: State, world: World) -> Prompt:
    """What the customer meets now, whatever it is."""
    return SCREENS[screen_of(state)](state, world)


def screen_of(state: State) -> str:
    """The name of the screen: the overlay's, "task", or the place's."""
    if state.overlay is not None:
        return state.overlay
    if state.place != "visit":
        return state.place
    if state.visit.stage == "menu":
        return "menu" if state.visit.group is None else "group"
    return "task"


def _screen(
    name: str,
    choices: tuple[PromptChoice, ...] = (),
    *,
    params: Mapping[str, Said] | None = None,
    icon: str | None = None,
    can_back: bool = True,
    key: str | None = None,
) -> Prompt:
    return Prompt(
        service="screen",
        step=name,
        kind="screen",
        key=key or f"screen.{name}",
        title=Text("screen.title"),
        icon=icon,
        choices=choices,
        params=params or {},
        can_back=can_back,
    )


def _option(
    name: str, value: str, icon: str | None, *, selected: bool = False, key: str | None = None
) -> PromptChoice:
    return PromptChoice(value, Text(key or f"screen.{name}.option.{value}"), icon, selected)


def _attract(state: State, world: World) -> Prompt:
    choices = tuple(_option("attract", p.id, p.icon) for p in PRESETS.values())
    return _screen("attract", choices, can_back=False)


def _menu(state: State, world: World) -> Prompt:
    groups = tuple(
        _option("menu", group.id, group.icon, key=f"group.{group.id}.title")
        for group in world.groups(state.switches.language)
    )
    finish = (_option("menu", "finish", "ticket"),) if state.visit.confirmed else ()
    return _screen("menu", (*groups, *finish), icon="menu", can_back=False)


def _group(state: State, world: World) -> Prompt:
    groups = world.groups(state.switches.language)
    group = next(group for group in groups if group.id == state.visit.group)
    services = tuple(
        _option("group", one, world.catalog.services[one].icon, key=f"{one}.title")
        for one in group.services
    )
    return _screen(
        "group", services, params={"group": Text(f"group.{group.id}.title")}, icon=group.icon
    )


def _task(state: State, world: World) -> Prompt:
    task = state.visit.task
    if task is None:
        raise ValueError("the screen 'task' needs a task")
    course = visits.course_of(task, world.catalog, world.facts(state.switches))
    prompt = prompts.prompt(task, course)
    closing = task.service == world.catalog.closing.id
    # Back from the first question is the menu; from a matter that is noted there is no back.
    return replace(prompt, can_back=prompt.kind != "done", left=None if closing else prompt.left)


def _saved(state: State, world: World) -> Prompt:
    return _screen("saved", (_option("saved", "retry", "refresh"),), icon="save", can_back=False)


def _ticket(state: State, world: World) -> Prompt:
    status = world.ticket or UNREAD
    choices = (
        (_option("ticket", "survey", "star"), _option("ticket", "end", "logout"))
        if status.state in OVER
        else (
            _option("ticket", "stay", "chair", selected=state.staying),
            _option("ticket", "end", "logout"),
        )
    )
    params: dict[str, Said] = {
        "ticket": Slot("ticket", state.ticket_no or ""),
        "ahead": Slot("count", status.ahead),
        "counter": Slot("free", status.counter or ""),
    }
    return _screen(
        "ticket",
        choices,
        params=params,
        icon="ticket",
        can_back=False,
        key=f"screen.ticket.{ticket_phase(status)}",
    )


#: The desk can't say now: nothing is claimed but that the number stays.
UNREAD = TicketStatus("unread", 0)


def ticket_phase(status: TicketStatus) -> str:
    """Which words the waiting page shows: they say no more than is true."""
    if status.state == "called":
        return "called_counter" if status.counter else "called"
    if status.state == "waiting":
        return "waiting" if status.ahead else "first"
    return status.state


_FACES = (
    "sentiment-very-satisfied",
    "sentiment-satisfied",
    "sentiment-neutral",
    "sentiment-dissatisfied",
    "sentiment-very-dissatisfied",
)


def _survey(state: State, world: World) -> Prompt:
    scores = tuple(
        _option("survey", str(score), face)
        for score, face in zip(SURVEY_SCORES, _FACES, strict=True)
    )
    return _screen("survey", (*scores, _option("survey", "skip", "skip")), can_back=False)


def _thanks(state: State, world: World) -> Prompt:
    return _screen("thanks", (_option("thanks", "end", "home"),), icon="favorite", can_back=False)


def _help(state: State, world: World) -> Prompt:
    if state.place == "visit" and state.visit.task is not None:
        beneath = _task(state, world).help
    else:
        beneath = Text(f"screen.{state.place}.help", fallback="common.screen.help")
    aloud = state.switches.aloud
    choices = (
        _option("help", "close", "back"),
        _option("help", "settings", "tune"),
        _option("help", "keys", "keyboard"),
        _option("help", "person", "person-raised-hand"),
        *((_option("help", "aloud", "volume-up", selected=aloud),) if state.switches.voice else ()),
        *((_option("help", "leave", "close"),) if state.place == "visit" else ()),
    )
    return _screen("help", choices, params={"beneath": beneath}, icon="help")


def _keys(state: State, world: World) -> Prompt:
    key = state.tutor_key
    said = "start" if key is None else f"key.{key}"
    choices = (_option("keys", "close", "check"),)
    return _screen("keys", choices, icon="keyboard", key=f"screen.keys.{said}")


def _person(state: State, world: World) -> Prompt:
    phase = world.help_state or "failed"
    urgent = _option("person", "emergency", "e911-emergency")
    officer = (_option("person", "officer", "sign-language"),) if state.switches.sign else ()
    board = _option("person", "board", "edit-note")
    choices = (_option("person", "close", "back"), urgent, *officer, board)
    if world.help_state is not None:
        choices = (*choices, _option("person", "no_help", "close"))
    return _screen("person", choices, icon="person-raised-hand", key=f"screen.person.{phase}")


#: What may be pressed beside the picture, by how the call stands.
_CALL_CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "ringing": (("hang_up", "call-end"),),
    "connected": (("hang_up", "call-end"),),
    "over": (("close", "back"), ("again", "videocam"), ("board", "edit-note")),
    "away": (("close", "back"), ("board", "edit-note"), ("again", "videocam")),
}


def _call(state: State, world: World) -> Prompt:
    phase = world.call_state or ("away" if state.officer_wanted else "over")
    choices = tuple(_option("call", value, icon) for value, icon in _CALL_CHOICES[phase])
    return _screen("call", choices, icon="sign-language", key=f"screen.call.{phase}")


def _board(state: State, world: World) -> Prompt:
    return _screen("board", (_option("board", "close", "back"),), icon="edit-note")


def _leave(state: State, world: World) -> Prompt:
    choices = (_option("leave", "no", "back"), _option("leave", "yes", "close"))
    key = "screen.leave.kept" if state.visit.confirmed else "screen.leave.all"
    return _screen("leave", choices, icon="help", key=key)


def _idle(state: State, world: World) -> Prompt:
    params = {"seconds": Slot("count", world.answer_seconds)}
    choices = (_option("idle", "close", "check"),)
    return _screen("idle", choices, params=params, icon="schedule", can_back=False)


def _settings(state: State, world: World) -> Prompt:
    low_reach = state.switches.low_reach
    choices = (
        _option("settings", "settings_text_size", "format-size"),
        _option("settings", "settings_theme", "contrast"),
        _option("settings", "settings_language", "language"),
        _option("settings", "settings_modes", "accessibility-new"),
        _option("settings", "low_reach", "vertical-align-bottom", selected=low_reach),
        _option("settings", "keys", "keyboard"),
    )
    return _screen("settings", choices, icon="tune")


def _switch_page(name: str, switch: str, options: Mapping[str, str]) -> Callable[..., Prompt]:
    def build(state: State, world: World) -> Prompt:
        now = str(getattr(state.switches, switch))
        choices = tuple(
            _option(name, value, icon, selected=value == now) for value, icon in options.items()
        )
        return _screen(name, (*choices, _option("settings", "done", "check")), icon="tune")

    return build


def _languages(state: State, world: World) -> Prompt:
    now, offered = state.switches.language, world.languages_for(state.visit)
    choices = tuple(
        _option("language", one, "language", selected=one == now, key=f"language.{one}")
        for one in offered
    )
    done = _option("settings", "done", "check")
    key = "screen.settings_language" + ("" if offered == world.languages else ".fewer")
    return _screen("settings_language", (*choices, done), icon="language", key=key)


def _modes(state: State, world: World) -> Prompt:
    icons = {preset.sense: preset.icon for preset in PRESETS.values()}
    choices = tuple(
        _option("settings_modes", mode, icons[mode], selected=getattr(state.switches, mode))
        for mode in TOGGLES
        if mode in icons
    )
    done = _option("settings", "done", "check")
    return _screen("settings_modes", (*choices, done), icon="accessibility-new")


_SIZE_ICONS = {str(size): "format-size" for size in CUSTOMER_SIZES}
_THEME_ICONS: dict[str, str] = dict.fromkeys(THEMES, "contrast")

SCREENS: Mapping[str, Callable[[State, World], Prompt]] = {
    "attract": _attract,
    "menu": _menu,
    "group": _group,
    "task": _task,
    "saved": _saved,
    "ticket": _ticket,
    "survey": _survey,
    "thanks": _thanks,
    "help": _help,
    "keys": _keys,
    "person": _person,
    "call": _call,
    "board": _board,
    "leave": _leave,
    "idle": _idle,
    "settings": _settings,
    "settings_text_size": _switch_page("settings_text_size", "text_size", _SIZE_ICONS),
    "settings_theme": _switch_page("settings_theme", "theme", _THEME_ICONS),
    "settings_language": _languages,
    "settings_modes": _modes,
}


def texts_of_keys() -> tuple[str, ...]:
    """The keys that have words in the tutor, for the content check."""
    return tuple(f"screen.keys.key.{key}" for key in KEYS)
