"""A branch adds a language with files alone: words, a style, what it covers. No code knows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kiosk.app import create_app
from kiosk.content.checks.registry import check
from kiosk.content.source import BUILT_IN
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.visits import Visit
from voices.speaking.line import Line, Value

#: Any words will do: what is shown is that nothing but files is needed.
TAG, NAME = "fr", "Français"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    branch = tmp_path / "branch"
    for file in (BUILT_IN / "locales" / "ko").glob("*.yaml"):
        _write(branch / "locales" / TAG / file.name, file.read_text("utf-8"))
    for language in ("zh-CN", "en", "ko", TAG):
        _write(branch / "locales" / language / "name.yaml", f"language:\n  {TAG}: {NAME}\n")
    style = (BUILT_IN / "style" / "ko.yaml").read_text("utf-8")
    _write(branch / "style" / f"{TAG}.yaml", style)
    menu = (BUILT_IN / "catalog.yaml").read_text("utf-8")
    _write(branch / "catalog.yaml", f"{menu}  {TAG}: [need_help]\n")
    return branch


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.fixture
def app(tmp_path: Path, folder: Path) -> Iterator[Flask]:
    made = create_app(Settings(data=tmp_path / "data", content=folder))
    yield made
    made.extensions[EXTENSION].close()


@pytest.mark.long
def test_a_language_is_files_and_one_command_to_prove_them(folder: Path) -> None:
    assert [str(finding) for finding in check(folder)] == []
    (folder / "locales" / TAG / "talk.yaml").unlink()
    said = [str(finding) for finding in check(folder)]
    assert any(f"{TAG} has no words for need_help.title" in one for one in said)


def test_it_is_offered_for_what_it_covers_and_read_aloud(app: Flask) -> None:
    parts: Wiring = app.extensions[EXTENSION]
    visit = Visit(app.test_client())
    assert NAME in visit.words
    visit.choose(f"language:{TAG}").start("voice")
    assert visit.page.get("lang") == TAG
    assert visit.choices == ["help", "number"]
    assert visit.choose("help").choices == ["need_help", "person:"]
    visit.choose("need_help", "wheelchair", "confirm", "no", "none", "no")
    assert visit.path == "/ticket"
    # The ticket's number is spoken, by the synthesiser's own voice of that tag.
    sound = parts.voices.voice(TAG).sound(Line((Value("ticket", "D001"),), "D001", 0.0))
    assert float(abs(sound.samples).max()) > 0.05
    (row,) = parts.queue.open_tickets(parts.settings.branch)
    assert row.language == TAG
