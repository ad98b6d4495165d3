"""How a sheet or a text stands that was asked for, and once more where that may help."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt, PromptChoice
from kiosk.flow.text import Said, Slot
from kiosk.session.events import Close, Open, Submit, TakeSheet
from kiosk.session.screens.screen import Events, Screen, only, option, prompt_of
from kiosk.session.screens.take import ICONS
from kiosk.session.state import State
from kiosk.session.taking import MOST_SHEETS, MOST_TEXTS, asked_as, turns
from kiosk.session.world import World

_SHEET = ("going", "done", "no_paper", "open", "unplugged", "jammed", "failed")
_TEXT = ("text_going", "text_done", "text_failed", "text_refused")
#: The kiosk began anew meanwhile, and doesn't know what became of it.
UNKNOWN = "unknown"
#: Nothing more comes of it by itself.
_OVER = frozenset({"done", "failed", "refused", UNKNOWN})
#: Before the number of the sheet: a press that comes twice asks for the same one.
AGAIN = "again:"


def _prompt(state: State, world: World) -> Prompt:
    way = state.taking or "paper"
    standing = world.taking.of(asked_as(way, turns(state, way))) or UNKNOWN
    params: dict[str, Said] = {
        "ticket": Slot("ticket", state.ticket_no or ""),
        "phone": Slot("last4", (state.text_to or "")[-4:], private=True),
    }
    choices = (
        option("taking", "close", "check"),
        option("taking", "other", "swap-horiz"),
        *_again(state, way, standing),
    )
    phase = f"text_{standing}" if way == "phone" and standing != UNKNOWN else standing
    return prompt_of("taking", choices, phase=phase, params=params, icon=ICONS[way])


def _again(state: State, way: str, standing: str) -> tuple[PromptChoice, ...]:
    """Another sheet, only once nothing comes of the one before; another telephone at any time."""
    so_far = turns(state, way)
    if way == "phone":
        return (option("taking", "number", "edit"),) if so_far < MOST_TEXTS else ()
    if standing not in _OVER or so_far >= MOST_SHEETS:
        return ()
    value = f"{AGAIN}{so_far + 1}"
    return (option("taking", value, "print", key="screen.taking.option.again"),)


def _choose(state: State, prompt: Prompt, sent: Submit) -> Events:
    if sent.value not in {choice.value for choice in prompt.choices}:
        return ()
    if sent.value.startswith(AGAIN):
        return (TakeSheet(state.taking or "paper", int(sent.value.removeprefix(AGAIN))),)
    return _EVENTS(state, prompt, sent)


_EVENTS = only({"close": Close(), "other": Open("take"), "number": Open("take_text")})


SCREEN = Screen(
    "taking", "/taking", _prompt, _choose, parent="take", phases=(*_SHEET, *_TEXT, UNKNOWN)
)
