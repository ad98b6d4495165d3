"""librime in its own process: finds characters, keeps nothing, and may hang or die."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from writing.ports import EngineDown, NoEngine
from writing.process import RimeProcess, is_installed, open_engine
from writing.rime import SCHEMA, SHARED, without_learning


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(clock: Clock) -> Iterator[RimeProcess]:
    found = RimeProcess(clock=clock, answer=5.0)
    yield found
    found.close()


@pytest.mark.parametrize(
    ("spelled", "text"),
    [
        ("yin'hang'ka", "银行卡"),
        ("bei'jing'shi'chao'yang'qu", "北京市朝阳区"),
        ("wo'xiang'wen'yi'xia'li'xi'zen'me'suan", "我想问一下利息怎么算"),
        ("nv'er", "女儿"),
        ("xi'an", "西安"),
    ],
)
def test_syllables_become_characters(engine: RimeProcess, spelled: str, text: str) -> None:
    ((first, *_),) = engine.offer([spelled])
    assert first == text


def test_several_rows_are_answered_in_their_order(engine: RimeProcess) -> None:
    found = engine.offer(["zhong", "guo", "nothing of pinyin", "{Release+F4}"])
    assert "中" in found[0]
    assert "国" in found[1]
    assert found[2:] == ((), ())


def test_what_one_customer_wrote_is_not_offered_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a machine with nothing but the engine's own configuration on its disk
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    engine = RimeProcess(answer=5.0)
    before = engine.offer(["shi'shi", "zhang'san'feng"])
    laid = files(tmp_path)
    # When the same rare things are asked again and again
    for _ in range(30):
        engine.offer(["zhang'san'feng", "shi'shi"])
    # Then nothing was written, and the next customer is offered what the first was
    assert files(tmp_path) == laid
    assert [path for path in laid if "userdb" in path or "log" in path.lower()] == []
    assert engine.offer(["shi'shi", "zhang'san'feng"]) == before
    engine.close()
    assert files(tmp_path) == {}


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_schema_learns_nothing() -> None:
    compiled = (SHARED / "build" / f"{SCHEMA}.schema.yaml").read_text("utf-8")
    read = yaml.safe_load(without_learning(compiled))
    assert read["translator"]["enable_user_dict"] is False
    assert not [one for one in read["engine"]["translators"] if "custom" in one]


def test_a_killed_process_is_begun_again(engine: RimeProcess, clock: Clock) -> None:
    engine.offer(["zhong"])
    first = engine.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    with pytest.raises(EngineDown) as down:
        engine.offer(["zhong"])
    assert down.value.reason == "ended"
    with pytest.raises(EngineDown) as down:
        engine.offer(["zhong"])
    assert down.value.reason == "resting"
    clock.now += 1
    assert "中" in engine.offer(["zhong"])[0]
    assert engine.pid not in (None, first)


def test_a_hung_process_is_ended_and_begun_again(clock: Clock) -> None:
    engine = RimeProcess(clock=clock, answer=0.2)
    engine.offer([])
    hung = engine.pid
    assert hung is not None
    os.kill(hung, signal.SIGSTOP)
    with pytest.raises(EngineDown) as down:
        engine.offer(["zhong"])
    assert down.value.reason == "slow"
    with pytest.raises(ProcessLookupError):
        os.kill(hung, 0)
    clock.now += 1
    engine._answer = 5.0
    assert "中" in engine.offer(["zhong"])[0]
    engine.close()


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ('print(\'{"error": "no librime"}\')', "missing"),
        ("raise SystemExit(3)", "ended"),
        ("print('{\"ready\": true}', flush=True); input(); print('{}', flush=True)", "ended"),
        ("print('{\"ready\": true}', flush=True); input(); print('nonsense')", "ended"),
    ],
)
def test_whatever_the_process_does_is_an_error_with_a_reason(
    program: str, reason: str, clock: Clock
) -> None:
    engine = RimeProcess(command=(sys.executable, "-c", program), clock=clock, answer=5.0)
    with pytest.raises(EngineDown) as down:
        engine.offer(["zhong"])
    assert down.value.reason == reason
    assert engine.pid is None
    engine.close()


def test_it_rests_longer_each_time(clock: Clock) -> None:
    engine = RimeProcess(command=(sys.executable, "-c", "raise SystemExit"), clock=clock)
    rests = []
    for _ in range(4):
        with pytest.raises(EngineDown):
            engine.offer([])
        rests.append(engine._rests_until - clock.now)
        clock.now = engine._rests_until
    assert rests == [0.5, 1.0, 2.0, 4.0]


def test_closed_it_starts_nothing(engine: RimeProcess) -> None:
    engine.close()
    with pytest.raises(EngineDown):
        engine.offer(["zhong"])
    assert engine.pid is None


def test_without_the_packages_there_is_no_engine_and_a_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert is_installed()
    monkeypatch.setattr("writing.process.SHARED", tmp_path)
    engine = open_engine()
    assert isinstance(engine, NoEngine)
    with pytest.raises(EngineDown, match="apt-get install librime1"):
        engine.offer(["zhong"])
