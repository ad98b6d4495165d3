"""How it went (满意度调查): five faces, or rather not."""

from __future__ import annotations

from kiosk.flow.prompt import Prompt
from kiosk.session.events import Rate
from kiosk.session.screens.screen import Screen, only, option, prompt_of
from kiosk.session.state import State
from kiosk.session.world import World

#: Very good to very bad.
FACES = {
    5: "sentiment-very-satisfied",
    4: "sentiment-satisfied",
    3: "sentiment-neutral",
    2: "sentiment-dissatisfied",
    1: "sentiment-very-dissatisfied",
}


def _prompt(state: State, world: World) -> Prompt:
    scores = tuple(option("survey", str(score), face) for score, face in FACES.items())
    return prompt_of("survey", (*scores, option("survey", "skip", "skip")), can_back=False)


SCREEN = Screen(
    "survey",
    "/survey",
    _prompt,
    only({"skip": Rate(None), **{str(score): Rate(score) for score in FACES}}),
    place="survey",
)
