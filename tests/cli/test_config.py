"""`kiosk config check`: what is set, from where, and what would keep the kiosk from serving."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import main

CHECK = ["config", "check"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_it_shows_every_setting_and_changes_nothing(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, [*CHECK, "--port", "8123"])
    assert done.exit_code == 0, done.output
    assert "all settings are in order" in done.output
    assert any(line.split() == ["port", "8123", "--port"] for line in done.output.splitlines())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [CHECK, ["serve"], ["doctor"], ["sign", "keys"]])
def test_a_kiosk_that_no_request_can_name_is_refused(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_KIOSKS", "大厅一号")
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    for words in ("kiosks", "大厅一号", "KIOSK_KIOSKS", "letters"):
        assert words in done.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("KIOSK_LANGUAGE", "xx", "zh-CN, en, ko"),
        ("KIOSK_VOICES", "nobody", "zm_yunjian"),
        ("KIOSK_KEYPADS", "nobody", "keypads"),
        ("KIOSK_SIGN_TRUSTED", "nobody", "kiosk sign keys"),
        ("KIOSK_CONTENT", "nowhere", "no such folder"),
    ],
)
def test_what_only_the_rest_of_the_kiosk_knows_is_refused_by_check_and_start(
    variable: str, value: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    for command in (CHECK, ["serve", "--port", "8123"]):
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 1
        assert words in done.output
        assert "http://" not in done.output
    assert list(tmp_path.iterdir()) == []
