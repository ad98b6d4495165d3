"""A database that this program can't use: words and a remedy from every command, no traceback."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.cli.opened import opened
from kiosk.queue.storage.migrate import newest
from kiosk.settings import Settings

#: Every command that opens the database.
COMMANDS = (
    ("serve", "--port", "8123"),
    ("staff", "add", "somebody", "--name", "S", "--password", "a long password of many words"),
    ("doctor",),
)


def run(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as found:
        found.execute(sql)
        found.commit()


def newer(path: Path) -> None:
    run(path, f"UPDATE alembic_version SET version_num = '{int(newest()) + 1:04d}'")  # noqa: S608


def nameless(path: Path) -> None:
    run(path, "DELETE FROM alembic_version")


def another(path: Path) -> None:
    path.unlink()
    run(path, "CREATE TABLE bookmarks (url TEXT)")


def torn(path: Path) -> None:
    """Somebody took a table out; the form says that all are there."""
    run(path, "DROP TABLE survey")


def overwritten(path: Path) -> None:
    path.write_bytes(b"not a database, surely" * 1000)


def garbled(path: Path) -> None:
    """The head is whole, and the pages behind it aren't."""
    raw = path.read_bytes()
    path.write_bytes(raw[:100] + bytes(b ^ 0x5A for b in raw[100:]))


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    made = Settings(data=tmp_path / "data")
    with opened(made):
        pass
    return made


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one[0])
@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (newer, "a newer program wrote it; install that program again"),
        (nameless, "another program wrote it"),
        (another, "another program wrote it"),
        (torn, "no table survey"),
        (overwritten, "restore the last backup"),
        (garbled, "restore the last backup"),
        (a_folder, "Storage is "),
    ],
)
def test_one_that_cannot_be_used_is_refused_in_words(
    happens: Callable[[Path], None], words: str, command: tuple[str, ...], settings: Settings
) -> None:
    happens(settings.database)
    before = _bytes(settings.database)
    done = CliRunner().invoke(main, [*command, "--data", str(settings.data)])
    assert done.exit_code == 1, done.output
    assert isinstance(done.exception, SystemExit)
    assert words in done.output
    assert "Traceback" not in done.output
    assert "http://" not in done.output
    assert _bytes(settings.database) == before


def test_one_that_is_older_is_brought_up(settings: Settings) -> None:
    """An empty file is the oldest form of all."""
    settings.database.unlink()
    settings.database.touch()
    with opened(settings) as queue:
        assert queue.last_seq(settings.branch) == 0


def test_doctor_reads_one_that_is_in_use(settings: Settings) -> None:
    with opened(settings):
        done = CliRunner().invoke(main, ["doctor", "--data", str(settings.data)])
    assert f"form {newest()}" in done.output


def _bytes(path: Path) -> bytes:
    return b"" if path.is_dir() else path.read_bytes()
