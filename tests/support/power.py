"""A disk whose power may fail: it remembers each step, and what of it was safe by then."""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from kiosk import files


@dataclass(frozen=True, slots=True)
class Step:
    """One call: `write` of bytes to a file, `sync` of a file or folder, `name` of a file anew."""

    what: str
    name: str
    data: bytes = b""
    target: str = ""


class Disk:
    """Watches what `kiosk.files` does below a folder, and says what a power cut may leave of it.

    As POSIX has it: a file's content is safe once it was synced, a name once its folder was; before
    that any part of the content, and any of the names in order, may be lost. A file that was there
    before the watch began counts as safe.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.steps: list[Step] = []
        self._open: dict[int, str] = {}
        self._before = self._contents()

    @contextmanager
    def watched(self) -> Iterator[None]:
        fake = mock.Mock(wraps=os)
        fake.open, fake.write, fake.fsync = self._opened, self._wrote, self._synced
        fake.replace, fake.link, fake.unlink = self._replaced, self._linked, self._unlinked
        for name in ("O_RDONLY", "O_WRONLY", "O_CREAT", "O_EXCL"):
            setattr(fake, name, getattr(os, name))
        with mock.patch.object(files, "os", fake):
            yield

    def versions(self, name: str) -> list[bytes]:
        """All whole contents that a name ever had."""
        found = [self._before[name]] if name in self._before else []
        inodes = dict(self._before)
        for step in self.steps:
            if step.what == "write":
                inodes[step.name] = inodes.get(step.name, b"") + step.data
            elif step.what in ("replace", "link"):
                inodes[step.target] = inodes[step.name]
                if step.target == name:
                    found.append(inodes[step.target])
        return found

    def left(self, after: int, luck: random.Random) -> dict[str, bytes]:
        """Files by name, once the power failed after so many steps."""
        names: dict[str, list[bytes | None]] = defaultdict(list)
        inodes: dict[str, bytes] = {}
        safe: set[str] = set()
        for step in self.steps[:after]:
            if step.what == "write":
                inodes[step.name] = inodes.get(step.name, b"") + step.data
            elif step.what == "sync":
                safe.add(step.name)
            elif step.what == "sync_folder":
                for name in names:
                    if str(Path(name).parent) == step.name:
                        names[name] = names[name][-1:]
            elif step.what in ("replace", "link"):
                content = inodes[step.name]
                if step.name not in safe:
                    content = content[: luck.randint(0, len(content))]
                if not names[step.target]:
                    names[step.target].append(self._before.get(step.target))
                names[step.target].append(content)
        left = {name: luck.choice(versions) for name, versions in names.items() if versions}
        return {name: content for name, content in left.items() if content is not None}

    def _contents(self) -> dict[str, bytes]:
        return {
            self._name(path): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()
        }

    def _name(self, path: Any) -> str:
        return str(Path(path).relative_to(self.folder))

    def _opened(self, path: Any, flags: int, mode: int = 0o777) -> int:
        opened = os.open(path, flags, mode)
        self._open[opened] = self._name(path)
        if flags & os.O_CREAT:
            self.steps.append(Step("write", self._name(path)))
        else:
            self._meet(path)
        return opened

    def _wrote(self, opened: int, data: Any) -> int:
        # As small as a disk may take it: never all at once.
        taken = bytes(data)[:100]
        self.steps.append(Step("write", self._open[opened], taken))
        return os.write(opened, taken)

    def _synced(self, opened: int) -> None:
        name = self._open[opened]
        what = "sync_folder" if (self.folder / name).is_dir() else "sync"
        self.steps.append(Step(what, name))

    def _meet(self, path: Any) -> None:
        """A file that somebody else made: none of it is safe before it is synced."""
        if Path(path).is_file() and not any(one.name == self._name(path) for one in self.steps):
            self.steps.append(Step("write", self._name(path), Path(path).read_bytes()))

    def _replaced(self, path: Any, target: Any) -> None:
        self._named("replace", path, target)
        os.replace(path, target)

    def _linked(self, path: Any, target: Any) -> None:
        if not Path(target).exists():
            self._named("link", path, target)
        os.link(path, target)

    def _named(self, what: str, path: Any, target: Any) -> None:
        self._meet(path)
        self.steps.append(Step(what, self._name(path), target=self._name(target)))

    def _unlinked(self, path: Any) -> None:
        os.unlink(path)
