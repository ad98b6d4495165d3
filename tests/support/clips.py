"""Test clips: plain colours, made when the tests run, so that a picture says which clip it is."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from kiosk.content.signed import Wanted
from kiosk.sign.captions import webvtt
from kiosk.sign.manifest import WRITTEN, Clip, Consent, File, SignLanguage, text_hash
from kiosk.sign.normalise import Normalised, normalise
from kiosk.sign.store import PackStore, file_hash

#: Far apart, also after encoding.
COLOURS = {
    "red": (220, 30, 30),
    "green": (30, 170, 40),
    "blue": (40, 50, 220),
    "yellow": (230, 220, 40),
    "purple": (150, 40, 170),
    "cyan": (40, 200, 210),
}


def footage(target: Path, colour: str, seconds: float = 1.0, size: str = "320x240") -> Path:
    """A file as a camera would make it, all of one colour."""
    red, green, blue = COLOURS[colour]
    source = f"color=c=0x{red:02x}{green:02x}{blue:02x}:size={size}:rate=25:duration={seconds}"
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source]
    subprocess.run([*command, "-c:v", "libx264", "-preset", "ultrafast", str(target)], check=True)
    return target


@cache
def made(colour: str, seconds: float = 1.0) -> Normalised:
    """The files of a clip of one colour, made once a run."""
    folder = Path(mkdtemp(prefix=f"wuai-clip-{colour}-"))
    return normalise(footage(folder / "raw.mp4", colour, seconds), folder)


def colour_of(prompt_id: str) -> str:
    """Every message has its colour, whatever else is recorded."""
    at = int(hashlib.sha256(prompt_id.encode()).hexdigest(), 16) % len(COLOURS)
    return list(COLOURS)[at]


def put_clips(
    store: PackStore,
    wanted: Iterable[Wanted],
    language: SignLanguage = "csl",
    *,
    seconds: float = 1.0,
    **other: object,
) -> list[Clip]:
    """Approved test clips of these messages, as if recorded by one and checked by another."""
    clips = []
    for one in wanted:
        files = made(colour_of(one.id), seconds)
        clips.append(
            Clip.model_validate(
                {
                    "id": f"test-{one.id}"[:90],
                    "prompt_id": one.id,
                    "sign_lang": language,
                    "source": "synthetic_test",
                    "signer_id": "signer",
                    "consent": Consent(scope="bank", date=date(2026, 11, 1)),
                    "recorded_by": "signer",
                    "reviewed_by": "reviewer",
                    "status": "approved",
                    "text": one.text,
                    "text_sha256": text_hash(one.text),
                    "duration_ms": files.duration_ms,
                    "fps": files.fps,
                    "width": files.width,
                    "height": files.height,
                    "media": (
                        _copied(store, language, files.mp4, "video/mp4"),
                        _copied(store, language, files.webm, "video/webm"),
                    ),
                    "poster": _copied(store, language, files.poster, "image/jpeg"),
                    "captions": {
                        WRITTEN[language]: _captions(store, language, one, files.duration_ms)
                    },
                    **other,
                }
            )
        )
    store.change(
        language,
        lambda manifest: manifest.model_copy(update={"clips": (*manifest.clips, *clips)}),
    )
    return clips


def _copied(store: PackStore, language: SignLanguage, path: Path, mime: str) -> File:
    sha = _hash(path)
    file = File.model_validate({"mime": mime, "file": f"media/{sha}{path.suffix}", "sha256": sha})
    target = store.path(language, file)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return file


@cache
def _hash(path: Path) -> str:
    return file_hash(path)


def _captions(store: PackStore, language: SignLanguage, one: Wanted, ms: int) -> File:
    vtt = store.pack_folder(language) / "captions.vtt"
    vtt.write_text(webvtt(one.text, ms), "utf-8")
    return store.take_in(language, vtt, "text/vtt", "vtt")
