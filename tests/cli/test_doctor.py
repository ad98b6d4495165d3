"""The operator's first friend: what works here, what is missing, and how to get it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk import doctor, sound_check
from kiosk.cli import main
from kiosk.finding import Finding
from kiosk.settings import Settings
from tests.support.models import MODELS, needs_whisper
from voices import devices
from voices.devices import Device


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


def test_every_check_says_how_to_get_what_is_missing(here: Settings) -> None:
    for check in doctor.CHECKS:
        found = check(here)
        assert found.found
        assert found.remedy or found.state == "ok", found


def test_the_command_shows_them_all(tmp_path: Path) -> None:
    shown = CliRunner().invoke(main, ["doctor", "--data", str(tmp_path)])
    assert shown.exit_code == 0, shown.output
    for name in ("speech", "loudspeaker", "microphone", "headphones", "hearing"):
        assert f"{name}: " in shown.output


def test_speech_names_the_voices(here: Settings) -> None:
    found = sound_check.speech(here)
    assert found.state == "ok"
    assert found.found.startswith(
        "en af_heart, zh-CN zm_yunjian, zh-CN zf_xiaoxiao; live speech for ko"
    )


def test_without_a_model_nothing_is_heard_and_it_says_which_to_install(here: Settings) -> None:
    found = sound_check.hearing(here)
    assert found.state == "missing"
    assert "keys and touch work" in found.found
    assert "whisper-base" in found.remedy


@needs_whisper
def test_with_a_model_it_says_what_hears_each_language(tmp_path: Path) -> None:
    (tmp_path / "models").symlink_to(MODELS)
    found = sound_check.hearing(Settings(data=tmp_path))
    assert found.state == "ok"
    assert "zh-CN by whisper-base" in found.found


def test_a_device_that_is_not_there_is_named_beside_those_that_are(
    here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "outputs", lambda: (Device(0, "HDA Intel", 0, 2),))
    assert sound_check.loudspeaker(here).state == "ok"
    wrong = sound_check.loudspeaker(here.model_copy(update={"loudspeaker": "AudioNav"}))
    assert wrong.state == "missing"
    assert "HDA Intel" in wrong.found
    off = sound_check.loudspeaker(here.model_copy(update={"sound": "off"}))
    assert off.state == "ok"


def test_without_a_card_the_page_speaks(here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "outputs", tuple)
    monkeypatch.setattr(devices, "inputs", tuple)
    assert "page speaks" in sound_check.loudspeaker(here).remedy
    assert "keys and touch" in sound_check.microphone(here).remedy


def test_writing_says_whether_syllables_become_characters(
    here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doctor.writing(here) == Finding("writing", "ok", "librime: zhongguo is 中国")
    monkeypatch.setattr("writing.process.is_installed", lambda: False)
    missing = doctor.writing(here)
    assert missing.state == "missing"
    assert missing.remedy.startswith("apt-get install librime1 rime-data-luna-pinyin")
