"""Braille on the page: keys of a keyboard, the viewer for helpers, the settings of an operator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from braille.displays.memory import MemoryDisplay
from braille.keymaps import KeymapError
from braille.louis import louis
from kiosk import app as wiring_of_app
from kiosk.app import create_app
from kiosk.cli import main
from kiosk.senses.cells.display import open_keymap, tables
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.client import settle
from tests.support.pages import check_page
from tests.support.visits import Visit


def keys(*codes: str, at: float = 0) -> dict[str, Any]:
    """These keys down together, and up again."""
    down = [{"code": code, "down": True, "at": at} for code in codes]
    return {
        "fresh": False,
        "keys": [*down, *({**key, "down": False, "at": at + 80} for key in down)],
    }


@pytest.fixture
def feel(monkeypatch: pytest.MonkeyPatch) -> MemoryDisplay:
    display = MemoryDisplay()
    monkeypatch.setattr(wiring_of_app, "open_display", lambda settings: display)
    return display


@pytest.fixture
def kiosk(feel: MemoryDisplay, settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    made.config["WTF_CSRF_ENABLED"] = False
    parts: Wiring = made.extensions[EXTENSION]
    parts.stations.start()
    yield made
    parts.close()


@pytest.fixture
def client(kiosk: Flask) -> FlaskClient:
    found = kiosk.test_client()
    found.get("/")
    return found


def test_a_chord_on_the_first_page_starts_braille(client: FlaskClient, feel: MemoryDisplay) -> None:
    answer = client.post("/do/braille", json=keys("KeyF", "KeyD")).get_json()
    assert answer["at"] == "/menu"
    assert answer["braille"]["text"] == "您今天想办什么？"
    assert feel.line.startswith(answer["braille"]["line"])


def test_chords_are_the_same_events_as_touch(client: FlaskClient) -> None:
    client.post("/do/braille", json=keys("KeyF"))
    answer = client.post("/do/braille", json=keys("KeyF", at=500)).get_json()
    assert answer["at"] == "/menu/urgent"


@pytest.mark.parametrize(
    "body",
    [None, [], {"keys": 1}, {"keys": [1]}, {"keys": [{"code": "KeyF", "down": True}]}],
)
def test_what_is_no_row_of_keys_is_refused(client: FlaskClient, body: Any) -> None:
    assert client.post("/do/braille", json=body).status_code == 400


def test_keys_that_the_map_does_not_know_change_nothing(client: FlaskClient) -> None:
    answer = client.post("/do/braille", json=keys("KeyQ", "F24")).get_json()
    assert answer["at"] == "/"


def test_helpers_see_what_is_felt(client: FlaskClient) -> None:
    client.post("/do/braille", json=keys("KeyF"))
    response = client.get("/menu")
    page = check_page(response)
    (cells,) = [node for node in page.iter("div") if node.get("id") == "cells"]
    line, text = cells.iter("p")
    assert line.text
    assert line.text.startswith("⠝⠣⠀⠛⠣⠁⠞⠩⠁")
    assert text.text == "您今天想办什么？"
    assert cells.get("aria-hidden") == "true", "a screen reader has the words already"


def test_a_second_page_of_the_kiosk_has_the_same_visit(
    client: FlaskClient, kiosk: Flask, feel: MemoryDisplay
) -> None:
    client.post("/do/choose", data={"step": "attract", "value": "braille"})
    first = feel.line
    assert first.startswith("⠝⠣⠀⠛⠣⠁⠞⠩⠁")
    other = kiosk.test_client()
    assert other.get("/").location == "/menu"
    assert feel.line == first
    other.post("/do/choose", data={"step": "menu", "value": "urgent"})
    assert client.get("/").location == "/menu/urgent"
    assert feel.line != first, "what is pressed on either page is felt"


def test_a_far_page_leaves_the_display_alone(kiosk: Flask, feel: MemoryDisplay) -> None:
    settle(kiosk)
    before = feel.line
    far = kiosk.test_client()
    far.get("/", environ_base={"REMOTE_ADDR": "10.0.0.9"})
    far.post(
        "/do/choose",
        data={"step": "attract", "value": "braille"},
        environ_base={"REMOTE_ADDR": "10.0.0.9"},
    )
    assert feel.line == before


def test_a_missing_display_is_announced(visit: Visit) -> None:
    visit.choose("braille")
    assert "暂时没有盲文" in visit.words


def test_a_keypads_keys_join_the_pages(tmp_path: Path) -> None:
    maps = tmp_path / "data" / "keymaps"
    maps.mkdir(parents=True)
    (maps / "lobby.yaml").write_text("device: Lobby\nkeys:\n  F20: next\n", "utf-8")
    settings = Settings(data=tmp_path / "data", keypads=("perkins", "lobby"))
    found = open_keymap(settings)
    assert found.others == {"F20": "next"}
    assert found.dots["KeyF"] == "dot1"


def test_two_maps_that_disagree_are_named(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, keypads=("numeric-pad", "tactile-keypad", "perkins"))
    assert open_keymap(settings).keys["Numpad5"] == "digit5"
    maps = tmp_path / "keymaps"
    maps.mkdir()
    (maps / "odd.yaml").write_text("keys:\n  KeyF: up\n", "utf-8")
    with pytest.raises(KeymapError, match=r"odd.yaml: KeyF is up, but dot1 in perkins.yaml"):
        open_keymap(Settings(data=tmp_path, keypads=("perkins", "odd")))


def test_without_liblouis_english_is_written_letter_by_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("braille.louis.LIBRARY", "liblouis.so.none")
    louis.cache_clear()
    table = tables(Settings(data=tmp_path), lambda language: {})("en")
    assert table.write("You have 2.") == "⠠⠽⠕⠥⠀⠰⠓⠁⠧⠑⠀⠼⠃⠐⠆"
    monkeypatch.undo()
    louis.cache_clear()


def test_serving_with_a_key_map_that_is_not_there_is_refused_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_KEYPADS", "none")
    done = CliRunner().invoke(main, ["serve", "--data", str(tmp_path)])
    assert done.exit_code == 1
    assert "no key map 'none'; there are navigation-keypad" in done.output


def test_braille_may_be_switched_off(tmp_path: Path) -> None:
    made = create_app(Settings(data=tmp_path / "data", braille="off"))
    parts: Wiring = made.extensions[EXTENSION]
    assert parts.stations.first.display.cells == 0
    parts.stations.start()
    parts.close()
