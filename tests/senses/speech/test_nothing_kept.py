"""Nothing that was heard outlives the visit: no text and no sound, on disk or in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app import create_app
from kiosk.collected.folder import Folder
from kiosk.collected.ports import Collected
from kiosk.queue.storage.crypto import FernetSealer, load_keys
from kiosk.session.events import Headset, Press, Start, Submit
from kiosk.session.session import Session
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.remains import files_with, sounds_with, texts_with
from tests.support.told import LEVEL, Speaking, listening, until
from voices.hearing.ports import Heard


def number() -> str:
    """Made anew each time: neither a constant nor a variable of this test holds it."""
    return "".join(("139", "0817", "2645"))


def beginning() -> str:
    """What was understood of the number at first: another one."""
    return "".join(("15", "873", "46"))


def shown() -> str:
    """The same as it was shown."""
    return " ".join((beginning()[:3], beginning()[3:]))


def sentence() -> str:
    return "".join(("青花瓷瓶", "碎在河边"))


@pytest.fixture(params=[False, True], ids=["nothing is collected", "after a yes"])
def speaking(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Speaking]:
    settings = Settings(data=tmp_path / "data", sound="off", collect_speech=request.param)
    wiring: Wiring = create_app(settings).extensions[EXTENSION]
    with listening(wiring) as found:
        yield found
    wiring.close()


def test_a_number_and_a_sentence_that_were_heard_are_gone_with_the_visit(
    speaking: Speaking, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    session = speaking.session
    # Given somebody who says a number, and something else that isn't understood
    session.dispatch(Start("voice"))
    collects = speaking.wiring.settings.collect_speech
    assert (session.moment.prompt.step == "collect") is collects
    if collects:
        session.dispatch(Submit("collect", "agree"))
    session.dispatch(Headset(plugged=True))
    for value in ("help", "home_visit"):
        session.dispatch(Submit(session.moment.prompt.step, value))
    _to_the_phone(session)
    companion = speaking.wiring.stations.first.companion
    speaking.say(Heard(sentence(), 0.9, (sentence(),)), lambda: companion._dialogue.misses == 1)
    speaking.pause(Heard(beginning(), 0.97), lambda: companion.view.so_far is not None)
    assert texts_with(beginning())
    assert texts_with(shown())
    speaking.say(Heard(number(), 0.99), lambda: _entered(session) == number())
    assert texts_with(number())
    # When they leave, and the next customer begins
    session.dispatch(Press("cancel"))
    session.dispatch(Submit(session.moment.prompt.step, "yes"))
    session.dispatch(Press("cancel"))
    session.dispatch(Submit(session.moment.prompt.step, "yes"))
    assert session.state.place == "attract"
    assert companion.settle(10)
    # Then nothing of it is left, but how often it was missed where that may be counted
    words = (number, beginning, shown, sentence)
    until(lambda: not any(texts_with(said()) for said in words) and not sounds_with(LEVEL))
    assert [files_with(tmp_path, said()) for said in words] == [[]] * len(words)
    logged = "".join(capfd.readouterr())
    assert not any(said() in logged for said in words)
    assert speaking.wiring.collection.settle(10)
    assert kept(speaking.wiring) == []


def kept(wiring: Wiring) -> list[Collected]:
    """All that was kept, unsealed."""
    keys = load_keys(wiring.settings.key_file)
    folder = Folder(wiring.settings.speech, FernetSealer(keys))
    return [folder.open(entry) for entry in folder.entries()]


def _entered(session: Session) -> str:
    entry = session.moment.prompt.entry
    return "" if entry is None else entry.text


def _to_the_phone(session: Session) -> None:
    """Answer whatever comes before the telephone number."""
    for _ in range(20):
        prompt = session.moment.prompt
        if prompt.entry is not None and prompt.entry.kind == "phone":
            return
        value = "unknown" if prompt.unknown else prompt.choices[0].value
        session.dispatch(Submit(prompt.step, value))
    raise AssertionError(f"no telephone number was asked for; at {prompt.key}")
