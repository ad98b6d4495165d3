"""Power may fail at any moment: what a restart depends on is there whole, old or new."""

from __future__ import annotations

import ast
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import files
from kiosk.app import create_app
from kiosk.cli.tls import tls
from kiosk.queue.errors import KeyFileError
from kiosk.queue.storage.crypto import FernetSealer, load_or_create_key
from kiosk.session.store import FileStore
from kiosk.settings import Settings
from kiosk.sign import jobs, keys
from kiosk.sign.consents import ConsentBook
from kiosk.sign.errors import SignError
from kiosk.sign.jobs import Job
from kiosk.sign.store import PackStore
from kiosk.web.security import secret_key
from kiosk.web.wiring import EXTENSION
from tests.support.power import Disk

ROOT = Path(__file__).parent.parent / "kiosk"


def whole(folder: Path) -> None:
    files.write_whole(folder / "file", b"what is written, long enough to be torn anywhere" * 20)


def moved(folder: Path) -> None:
    (folder / "made").write_bytes(b"a film" * 500)
    files.move_whole(folder / "made", folder / "file")


def pages_key(folder: Path) -> None:
    secret_key(folder / "pages.key")


def fields_key(folder: Path) -> None:
    load_or_create_key(folder / "fields.key", [])


def sign_key(folder: Path) -> None:
    keys.load_or_create(folder / "sign-pack.key")


def consents(folder: Path) -> None:
    book = ConsentBook(folder / "consents.json")
    book.give("signer-1", "branch", date(2026, 1, 1))
    book.withdraw("signer-1", date(2026, 1, 2))


def request(folder: Path) -> None:
    store = FileStore(folder, FernetSealer.ephemeral(), durable=True)
    store.put("one", b"first" * 300)
    store.put("one", b"second" * 300)


def manifest(folder: Path) -> None:
    store = PackStore(folder)
    for title in ("first", "second"):
        store.change("csl", lambda m, title=title: m.model_copy(update={"title": title}))  # type: ignore[misc]


def job(folder: Path) -> None:
    (folder / "take").mkdir(exist_ok=True)
    take = jobs.Take.model_validate(
        {
            "id": "t",
            "prompt_id": "p",
            "text": "字" * 50,
            "sign_lang": "csl",
            "signer_id": "s",
            "recorded_by": "s",
            "recorded_at": "2026-01-01T00:00:00Z",
        }
    )
    for state in ("waiting", "failed"):
        jobs._write(folder / "take", Job(take=take, state=state))


def certificates(folder: Path) -> None:
    done = CliRunner().invoke(tls, ["kiosk-1", "--data", str(folder)])
    assert done.exit_code == 0, done.output


#: Everything of ours that a restart reads.
WRITERS = (
    whole,
    moved,
    pages_key,
    fields_key,
    sign_key,
    consents,
    request,
    manifest,
    job,
    certificates,
)


@pytest.mark.parametrize("writer", WRITERS)
@given(share=st.floats(0, 1), luck=st.integers(0, 10_000))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_power_cut_at_any_moment_leaves_the_old_file_or_the_new_one(
    writer: Callable[[Path], None],
    share: float,
    luck: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    # Given what a writer does to the disk, step by step
    folder = tmp_path_factory.mktemp("disk")
    disk = Disk(folder)
    with disk.watched():
        writer(folder)
    assert disk.steps
    # When the power fails after any of the steps, and what wasn't synced is lost in any way
    left = disk.left(round(share * len(disk.steps)), random.Random(luck))
    # Then each file is as it was once, from end to end
    for name, content in left.items():
        if not name.endswith(files.NEW):
            assert content in disk.versions(name), name


def test_a_disk_that_refuses_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    files.write_whole(path, b"old")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        files.write_whole(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_only_the_first_makes_a_file(tmp_path: Path) -> None:
    assert files.make_whole(tmp_path / "key", b"first")
    assert not files.make_whole(tmp_path / "key", b"second")
    assert (tmp_path / "key").read_bytes() == b"first"
    assert (tmp_path / "key").stat().st_mode & 0o777 == files.OWN


@pytest.mark.parametrize("left", [b"", b"3f2a", b"\0" * 64, b"g" * 64])
def test_a_half_written_key_of_pages_is_made_anew(settings: Settings, left: bytes) -> None:
    # Given a power cut while the key was made
    settings.make_folders()
    settings.secret_file.write_bytes(left)
    # When the kiosk starts
    app = create_app(settings)
    # Then its pages are served, and the old file lies aside
    assert app.test_client().get("/").status_code == 200
    app.extensions[EXTENSION].close()
    aside = [one for one in settings.secret_file.parent.iterdir() if one.suffix == ".unusable"]
    assert [one.read_bytes() for one in aside] == [left]


@pytest.mark.parametrize("left", [b"", b"half a ke", None])
def test_without_the_key_of_what_is_sealed_nothing_starts(
    settings: Settings, left: bytes | None
) -> None:
    # Given a kiosk that ran, and whose key was lost
    create_app(settings).extensions[EXTENSION].close()
    settings.key_file.unlink()
    if left is not None:
        settings.key_file.touch(mode=0o600)
        settings.key_file.write_bytes(left)
    # Then it says which file and what to do, and leaves everything as it is
    with pytest.raises(KeyFileError, match=r"fields\.key.*backup") as caught:
        create_app(settings)
    assert caught.value.code == "key_file"
    assert settings.key_file.exists() is (left is not None)


def test_a_half_made_key_that_sealed_nothing_yet_is_made_anew(settings: Settings) -> None:
    settings.make_folders()
    settings.key_file.touch(mode=0o600)
    create_app(settings).extensions[EXTENSION].close()
    assert len(load_or_create_key(settings.key_file)) == 1


def test_an_empty_key_of_packs_is_named_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "sign-pack.key").touch()
    with pytest.raises(SignError, match=r"sign-pack\.key.*restore"):
        keys.load_or_create(tmp_path / "sign-pack.key")


@dataclass
class Writes(ast.NodeVisitor):
    """Calls that write a file by hand."""

    found: list[str] = field(default_factory=list)
    inside: str = ""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        before, self.inside = self.inside, node.name
        self.generic_visit(node)
        self.inside = before

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        modes = [one.value for one in node.args if isinstance(one, ast.Constant)]
        opens = name in ("open", "fdopen") and any(
            isinstance(mode, str) and set(mode) & set("wax") and len(mode) <= 3 for mode in modes
        )
        if opens or name in ("write_text", "write_bytes"):
            self.found.append(self.inside)
        self.generic_visit(node)


def test_a_file_that_says_nothing_usable_is_set_aside_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.json"

    def read() -> list[int]:
        return files.read_or_set_aside(path, numbers, [], "no list of numbers")

    assert read() == []
    path.write_bytes(b"1 2 3")
    assert read() == [1, 2, 3]
    for bad in (b"{]", b"\xff", b"1 2 three"):
        path.write_bytes(bad)
        assert read() == []
        assert not path.exists()
        said = capsys.readouterr().out
        assert "list.json" in said
        assert "no list of numbers" in said
    kept = {one.read_bytes() for one in tmp_path.iterdir()}
    assert kept == {b"{]", b"\xff", b"1 2 three"}
    path.mkdir()
    with pytest.raises(OSError, match="directory"):
        read()


def numbers(raw: bytes) -> list[int]:
    return [int(one) for one in raw.decode().split()]


#: What may be written by hand: streams into a folder that counts only once it is moved or named in
#: a whole file, and the file that is only locked.
BY_HAND = {
    ("sign/jobs.py", "_copied"),
    # The tools of those who write content, who look at what they made.
    ("content/proposing.py", "propose_marks"),
    ("content/new.py", "_write"),
    ("sign/recordings.py", "_finished"),
    ("sign/bundle.py", "_put_in"),
    ("sign/store.py", "locked"),
    # A device, not a file.
    ("outgoing/embossing.py", "print"),
}


def by_hand() -> Iterator[tuple[str, str]]:
    for path in ROOT.rglob("*.py"):
        if path == ROOT / "files.py":
            continue
        writes = Writes()
        writes.visit(ast.parse(path.read_text("utf-8")))
        yield from ((str(path.relative_to(ROOT)), one) for one in writes.found)


def test_nobody_writes_files_by_hand() -> None:
    assert set(by_hand()) == BY_HAND


def test_files_are_only_for_their_owner(settings: Settings) -> None:
    create_app(settings).extensions[EXTENSION].close()
    for path in (settings.key_file, settings.secret_file):
        assert os.stat(path).st_mode & 0o077 == 0
