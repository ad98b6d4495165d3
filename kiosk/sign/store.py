"""Packs on this disk: one folder a sign language, changed in one step or not at all.

Media files are named by their content and never changed, so a pack is as new as its manifest. The
manifest is replaced whole; whatever no manifest names is swept away at the next start.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import structlog

from kiosk.files import move_whole, sweep, write_whole
from kiosk.sign.errors import ManifestError, Refused
from kiosk.sign.manifest import Clip, File, Manifest, SignLanguage, dump, parse

log = structlog.get_logger()

MANIFEST = "manifest.json"
LANGUAGES: tuple[SignLanguage, ...] = get_args(SignLanguage)
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of one media file: whether it was there, and that it is gone."""

    file: str
    sha256: str
    was_there: bool
    gone: bool


class PackStore:
    """The packs under a folder. Safe for several processes: a lock file orders the writers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: dict[str, tuple[tuple[int, int], Manifest]] = {}

    def pack_folder(self, language: SignLanguage) -> Path:
        return self.folder / language

    def load(self, language: SignLanguage) -> Manifest:
        """The pack as it is now; an empty one where nothing was recorded. Raises `ManifestError`.

        The file is read again only after it changed.
        """
        path = self.pack_folder(language) / MANIFEST
        try:
            state = path.stat()
        except FileNotFoundError:
            return Manifest(sign_lang=language)
        mark = (state.st_mtime_ns, state.st_size)
        kept = self._seen.get(language)
        if kept is not None and kept[0] == mark:
            return kept[1]
        try:
            manifest = parse(path.read_bytes(), str(path))
        except OSError as error:
            raise ManifestError(f"{path}: can't be read: {error.strerror}") from error
        self._seen[language] = (mark, manifest)
        return manifest

    def change(self, language: SignLanguage, work: Callable[[Manifest], Manifest]) -> Manifest:
        """Replace the manifest by what `work` makes of it. Raises `Refused` on a full disk."""
        with self.locked():
            before = self.load(language)
            after = work(before)
            if after == before:
                return before
            # Checked as if read: what was put together by copying must hold together too.
            fresh = Manifest.model_validate({**dict(after), "serial": before.serial + 1})
            self._write(language, fresh)
            return fresh

    def replace_clip(self, language: SignLanguage, clip: Clip) -> Manifest:
        """Put a clip in, in the place of the one with its id."""

        def put(manifest: Manifest) -> Manifest:
            others = tuple(one for one in manifest.clips if one.id != clip.id)
            return manifest.model_copy(update={"clips": (*others, clip)})

        return self.change(language, put)

    def take_in(self, language: SignLanguage, path: Path, mime: str, ending: str) -> File:
        """Move a finished file into the pack, named by its content."""
        sha = file_hash(path)
        name = f"media/{sha}.{ending}"
        target = self.pack_folder(language) / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        move_whole(path, target)
        return File.model_validate({"mime": mime, "file": name, "sha256": sha})

    def path(self, language: SignLanguage, file: File) -> Path:
        return self.pack_folder(language) / file.file

    def erase(self, language: SignLanguage, files: tuple[File, ...]) -> tuple[Erased, ...]:
        """Delete media, unless another clip still shows it; says what is proved to be gone."""
        used = {file.file for clip in self.load(language).clips for file in clip.files()}
        erased = []
        for file in files:
            path = self.path(language, file)
            there = path.exists()
            if file.file not in used:
                path.unlink(missing_ok=True)
            erased.append(Erased(file.file, file.sha256, there, not path.exists()))
        return tuple(erased)

    def sweep(self) -> int:
        """Delete media that no manifest names, left behind by a crash; how many there were."""
        count = 0
        with self.locked():
            for language in LANGUAGES:
                media = self.pack_folder(language) / "media"
                sweep(media.parent)
                # Without a manifest nothing can be known to be left over: it may come from a copy.
                if not media.is_dir() or not (media.parent / MANIFEST).is_file():
                    continue
                used = {file.file for clip in self.load(language).clips for file in clip.files()}
                for path in media.iterdir():
                    if f"media/{path.name}" not in used:
                        path.unlink()
                        count += 1
        return count

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One writer at a time, over processes. Not to be entered twice by one thread."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / ".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _write(self, language: SignLanguage, manifest: Manifest) -> None:
        folder = self.pack_folder(language)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            write_whole(folder / MANIFEST, dump(manifest))
        except OSError as error:
            raise refused(error, folder) from error


def refused(error: OSError, where: Path) -> Refused:
    """A full disk said as what it is, anything else as unreadable."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return Refused("disk_full" if full else "unreadable", f"{where}: {error.strerror}")


def file_hash(path: Path) -> str:
    """SHA-256 of a file, read in blocks."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()
