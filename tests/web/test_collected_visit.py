"""Whole visits where a branch collects speech: after a yes, and by somebody who says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from flask import Flask

from kiosk.collected.folder import Folder
from kiosk.collected.ports import Collected
from kiosk.queue.storage.crypto import FernetSealer, load_keys
from kiosk.session.events import End
from kiosk.session.keeping import UNANSWERED
from kiosk.settings import Settings
from kiosk.ticker import AT_START, guarded, tick
from kiosk.web.wiring import Wiring
from tests.conftest import FakeClock
from tests.support.customer import content
from tests.support.remains import files_with
from tests.support.told import LEVEL, Speaking, listening
from tests.support.visits import Visit, take_ticket
from voices.hearing.ports import Heard

PHONE = "13800138000"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", sound="off", collect_speech=True, busy_timeout_ms=200)


@pytest.fixture
def speaking(parts: Wiring) -> Iterator[Speaking]:
    with listening(parts) as found:
        yield found


@pytest.fixture
def visit(app: Flask, speaking: Speaking) -> Visit:
    """Opened once somebody listens."""
    return Visit(app.test_client())


def kept(parts: Wiring) -> list[Collected]:
    """All that was kept, unsealed, in no order."""
    assert parts.stations.settle(10)
    assert parts.collection.settle(10)
    folder = Folder(parts.settings.speech, FernetSealer(load_keys(parts.settings.key_file)))
    return [folder.open(entry) for entry in folder.entries()]


def say(speaking: Speaking, phrase: str, confidence: float = 0.99) -> None:
    """Say something that leads to another screen, or to a question of the voice's."""
    before = speaking.session.version
    companion = speaking.wiring.stations.first.companion
    asked = companion._dialogue
    speaking.say(
        Heard(phrase, confidence),
        lambda: speaking.session.version != before or companion._dialogue != asked,
    )
    assert speaking.wiring.stations.settle(10)


def choose(speaking: Speaking, *values: str) -> list[str]:
    """Say these choices, each as it is written; what was said."""
    said = []
    for value in values:
        labels = {one.value: one.label for one in speaking.session.moment.prompt.choices}
        said.append(content().words("zh-CN").say(labels[value])[0])
        say(speaking, said[-1])
    return said


def to_phone(visit: Visit, speaking: Speaking) -> list[str]:
    """A lost card, told by voice but for what is typed; what was said."""
    said = choose(speaking, "urgent", "loss_report")
    # Not surely heard, it is asked about
    say(speaking, "银行卡", 0.4)
    say(speaking, "是的")
    said += choose(speaking, "no", "today")
    visit.open("/").enter("1234")
    said += choose(speaking, "self")
    visit.open("/")
    while "/documents." in visit.path:
        visit.choose("yes")
    return [*said, "是的"]


def test_after_a_yes_what_was_understood_is_kept_sealed_and_no_number(
    visit: Visit, parts: Wiring, speaking: Speaking
) -> None:
    # Given a customer who is asked before anything else, and agrees
    visit.start("voice")
    assert visit.path == "/keep-speech"
    assert visit.ask == "您说的话，可以留下录音吗？"
    assert "30 天后，录音自动删掉。" in visit.words
    say(speaking, "可以留录音")
    visit.open("/")
    assert "从现在起，会留下录音" in visit.words
    # When they make a whole visit, by voice and by keys, and say their telephone number
    said = to_phone(visit, speaking)
    say(speaking, PHONE)
    visit.press("select")
    take_ticket(visit).choose("no")
    assert visit.path == "/ticket"
    # Then what was understood is kept, each as it was understood
    found = kept(parts)
    told = {one.phrase: one.outcome for one in found}
    assert told == {**dict.fromkeys(said, "at_once"), "银行卡": "asked"}
    assert {len(one.speaker) for one in found} == {16}
    assert len({one.speaker for one in found}) == 1
    assert all(np.abs(one.sound).max() == pytest.approx(LEVEL, abs=1e-4) for one in found)
    for text in (*said, "RIFF", PHONE):
        assert files_with(parts.settings.speech, text) == []


def test_silence_is_a_no_and_nothing_of_the_visit_is_kept(
    visit: Visit, parts: Wiring, speaking: Speaking, clock: FakeClock
) -> None:
    # Given a customer who doesn't answer
    visit.start("voice")
    assert visit.path == "/keep-speech"
    clock.pass_(UNANSWERED)
    tick(parts)
    assert visit.open("/").path == "/menu"
    # When they speak all through their visit
    to_phone(visit, speaking)
    visit.enter(PHONE)
    take_ticket(visit).choose("no")
    assert visit.path == "/ticket"
    # Then nothing is kept
    assert kept(parts) == []
    assert not parts.settings.speech.exists()


def test_a_yes_that_is_taken_back_leaves_nothing(
    visit: Visit, parts: Wiring, speaking: Speaking
) -> None:
    visit.start("voice").choose("agree")
    say(speaking, "卡或存折丢了")
    assert len(kept(parts)) == 1
    visit.open("/").bar("settings").choose("settings_modes", "settings_voice")
    assert "delete" in visit.choices
    visit.choose("delete")
    assert "不再录音" in visit.words
    visit.choose("done").press("cancel")
    say(speaking, "银行卡")
    assert kept(parts) == []


def test_the_next_customer_is_asked_anew_and_has_another_mark(
    visit: Visit, parts: Wiring, speaking: Speaking
) -> None:
    for _ in range(2):
        visit.open("/").start("voice").choose("agree")
        say(speaking, "卡或存折丢了")
        speaking.session.dispatch(End())
    assert len({one.speaker for one in kept(parts)}) == 2


def test_days_that_are_over_are_deleted_at_the_next_start_also_where_nothing_is_collected_now(
    visit: Visit, parts: Wiring, speaking: Speaking, clock: FakeClock
) -> None:
    visit.start("voice").choose("agree")
    say(speaking, "卡或存折丢了")
    assert len(kept(parts)) == 1
    clock.pass_(31 * 24 * 3600)
    for duty in AT_START:
        guarded(duty, parts)
    assert kept(parts) == []
