"""What is said outside the hours: every sentence, its numbers as they are dialled."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.hours import Opening
from kiosk.senses.speech.render import Audience, speakable
from kiosk.session.screens import SCREENS
from kiosk.session.state import State
from kiosk.session.switches import Switches
from kiosk.session.world import World
from tests.support.customer import content
from voices.speaking.line import Value
from voices.speaking.spoken import read

OPENS = datetime(2026, 11, 25, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize("screen", ["attract", "person"])
@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
def test_when_it_opens_and_whom_to_telephone_is_said(screen: str, language: str) -> None:
    world = World(
        content().catalog,
        "2026-11-24",
        ("zh-CN", "en", "ko"),
        opening=Opening(open=False, opens=OPENS),
        closed=True,
        attended=False,
        telephones=(("loss", "95500"),),
    )
    state = State(switches=Switches(language=language))
    prompt = SCREENS[screen].prompt(state, world)
    lines = speakable(prompt, content().words(language), Audience())
    values = [part for one in lines for part in one.line.parts if isinstance(part, Value)]
    assert {(one.kind, one.value) for one in values} >= {
        ("time", "09:00"),
        ("phone", "95500"),
        ("phone", "96110"),
    }
    assert all(read(one, language) for one in values)
