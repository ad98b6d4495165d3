"""Reading YAML so that every mistake can be named by file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Where = tuple[str | int, ...]
#: Our own content; a branch's folder lies over it.
BUILT_IN = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in the content, where it is and what would be right."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ContentError(ValueError):
    """Content that can't be used. `findings` name file and line."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Source:
    """One YAML file: its data, and the line (from 1) of every place in it."""

    file: str
    data: Any
    lines: dict[Where, int]
    path: Path

    def line(self, where: Where) -> int:
        """The line of a place, or of the nearest place around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def finding(self, where: Where, message: str) -> Finding:
        return Finding(self.file, self.line(where), message)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def shown_name(path: Path) -> str:
    """How a file is named in a finding: ours by its place in our content, a branch's in full."""
    return path.relative_to(BUILT_IN).as_posix() if path.is_relative_to(BUILT_IN) else str(path)


def read_yaml(path: Path) -> Source:
    """Read one file. Raises `ContentError` for what isn't YAML or has a key twice."""
    name = shown_name(path)
    try:
        loader = _LOADER(path.read_text("utf-8"))
        try:
            node = loader.get_single_node()
            data = None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise ContentError([Finding(name, line, f"not YAML: {error.problem}")]) from error
    except yaml.YAMLError as error:
        raise ContentError([Finding(name, 1, f"not YAML: {error}")]) from error
    except UnicodeDecodeError as error:
        raise ContentError([Finding(name, 1, "not UTF-8; save the file as UTF-8")]) from error
    lines: dict[Where, int] = {}
    doubles = []
    for where, line, double in _walk(node, ()):
        if double:
            doubles.append(Finding(name, line, f"the key {where[-1]!r} is there twice"))
        lines[where] = line
    if doubles:
        raise ContentError(doubles)
    return Source(name, data, lines, path)


def _walk(node: Any, where: Where) -> Iterator[tuple[Where, int, bool]]:
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            place = (*where, key.value)
            yield place, key.start_mark.line + 1, key.value in seen
            seen.add(key.value)
            yield from _walk(value, place)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            place = (*where, index)
            yield place, value.start_mark.line + 1, False
            yield from _walk(value, place)
