"""Every screen of the registry has all its parts, and everything on it does something.

Gone through by pressing everything that can be pressed, so that a new screen is in it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest
from werkzeug.routing import Map, MapAdapter, Rule

from kiosk.flow.prompt import Prompt
from kiosk.resources import TEMPLATES
from kiosk.session import screens
from kiosk.session.events import Submit
from kiosk.session.screens import OVERLAYS, SCREENS, Screen, current_prompt, registry, shown
from kiosk.session.screens.ground import GROUND
from kiosk.session.screens.screen import only
from kiosk.session.state import Place, State
from kiosk.web.customer.addresses import address, rule
from tests.support.customer import content, customer_at
from tests.support.explorer import Explorer, Spot, idle_values
from tests.support.kept import dump, load

pytestmark = pytest.mark.long

#: Between them every kind of step.
SERVICES = frozenset(
    {"pin_reset", "withdraw", "something_else", "community_talk", "coins", "closing"}
)
Met = list[tuple[Spot, Prompt]]


@pytest.fixture(scope="module")
def met() -> Met:
    """Everywhere a customer can come."""
    return list(Explorer(SERVICES).spots())


def routes(screen: Screen) -> MapAdapter:
    return Map([Rule(rule(screen), endpoint=screen.name)]).bind("")


def without_a_page(among: Iterable[Screen]) -> list[str]:
    folder = Path(TEMPLATES) / "customer"
    return [one.name for one in among if not (folder / f"{one.template}.html").is_file()]


def test_every_file_is_in_the_registry() -> None:
    found = {
        name
        for _, name, _ in pkgutil.iter_modules(screens.__path__)
        if hasattr(import_module(f"{screens.__name__}.{name}"), "SCREEN")
    }
    assert found == set(SCREENS)
    assert all(name == screen.name for name, screen in SCREENS.items())


def test_every_kind_of_step_is_gone_through(met: Met) -> None:
    catalog = content().catalog
    kinds = {step.kind for one in catalog.services.values() for step in one.steps}
    seen = {prompt.kind for _, prompt in met} - {"screen"}
    assert {"documents" if kind in ("paper", "papers") else kind for kind in seen} == kinds


def test_every_screen_is_met(met: Met) -> None:
    assert {shown(spot.state).name for spot, _ in met} == set(SCREENS)


def test_every_phase_that_is_met_is_declared(met: Met) -> None:
    for spot, prompt in met:
        if prompt.service == "screen":
            assert prompt.key in shown(spot.state).keys


def test_everything_that_can_be_chosen_does_something(met: Met) -> None:
    explorer = Explorer(SERVICES)
    for spot, prompt in met:
        set_already = {choice.value for choice in prompt.choices if choice.selected}
        one_switch = shown(spot.state).parent is not None
        left = set(idle_values(explorer, spot, prompt)) - (set_already if one_switch else set())
        assert left == set(), f"{prompt.key}: {left}"


def test_what_another_screen_sends_does_nothing(met: Met) -> None:
    for spot, prompt in met:
        if prompt.service == "screen":
            for choice in prompt.choices:
                sent = Submit("elsewhere", choice.value)
                assert screens.events_for(spot.state, prompt, sent.step, sent.value) == ()


def test_its_address_leads_to_it_and_to_no_other(met: Met) -> None:
    every = {name: routes(screen) for name, screen in SCREENS.items()}
    for spot, _ in met:
        path, screen = address(spot.state), shown(spot.state)
        assert [name for name, one in every.items() if one.test(path)] == [screen.name]
        assert screen.met(spot.state, content().catalog, screen.parts(spot.state))


def test_where_the_customer_was_still_leads_on(met: Met) -> None:
    explorer = Explorer(SERVICES)
    for spot, prompt in met:
        before = shown(spot.state)
        parts = before.parts(spot.state)
        for value in [choice.value for choice in prompt.choices]:
            after = explorer.at(spot).choose(value).state
            if after.place != "attract" and _keeps(spot.state, after):
                assert before.met(after, content().catalog, parts)


def _keeps(before: State, after: State) -> bool:
    """Whether a task that was begun is still there: not given up, not taken off the path."""
    task = before.visit.task
    if task is None or any(matter.service == task.service for matter in after.visit.confirmed):
        return True
    now = after.visit.task
    if now is None or now.service != task.service:
        return False
    return task.at in now.answers or task.at in ("review", "done")


def test_a_state_shows_one_screen(met: Met) -> None:
    for spot, _ in met:
        fitting = [one for one in GROUND if one.place == spot.state.place and one.here(spot.state)]
        assert len(fitting) == 1
    assert {one.place for one in GROUND} == set(get_args(Place))


def test_every_screen_has_its_page() -> None:
    assert without_a_page(SCREENS.values()) == []


def test_a_state_survives_on_every_screen(met: Met) -> None:
    for spot, _ in met:
        assert load(dump(spot.state)) == spot.state


@pytest.mark.parametrize("overlay", ["dance", "menu", "task", ""])
def test_what_lies_over_a_visit_is_a_screen_that_can(overlay: str) -> None:
    with pytest.raises(ValueError, match="no screen"):
        load(dump(State(overlay=overlay)))
    assert overlay not in OVERLAYS


PLANTED = replace(SCREENS["board"], name="planted", path="/planted")


REFUSED = (
    (replace(PLANTED, name="help"), "two screens"),
    (replace(PLANTED, path="/help"), "address of another"),
    (replace(PLANTED, parent="nowhere"), "no screen"),
)


@pytest.mark.parametrize(("screen", "said"), REFUSED)
def test_a_screen_that_cannot_be_told_from_another_is_refused(screen: Screen, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        registry((*SCREENS.values(), screen))


def test_a_screen_without_a_page_is_found() -> None:
    assert without_a_page([PLANTED, replace(PLANTED, template="nothing")]) == ["planted"]


def test_a_choice_that_does_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    state = customer_at("help").state
    silent = replace(SCREENS["help"], choose=only({}))
    monkeypatch.setitem(SCREENS, "help", silent)  # type: ignore[arg-type]
    explorer, spot = Explorer(SERVICES), Spot(state)
    prompt = explorer.at(spot).prompt
    assert idle_values(explorer, spot, prompt) == [choice.value for choice in prompt.choices]


def test_a_prompt_is_a_function_of_what_it_is_given(met: Met) -> None:
    explorer = Explorer(SERVICES)
    for spot, _ in met:
        now = explorer.at(spot).session.moment
        state, world, prompt = now.state, now.world, now.prompt
        assert current_prompt(state, world) == prompt
