"""Reading YAML so that every mistake can be named by file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from kiosk.door import Unclean, clean

Where = tuple[str | int, ...]
#: Characters of one file, and lists and mappings inside each other; ours have a fifth of both.
LARGEST, DEEPEST = 500_000, 32
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

    code = "content"

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


@dataclass(frozen=True)
class Source:
    """One YAML file: its data, and the line (from 1) of every place in it."""

    file: str
    data: Any
    text: str
    path: Path

    @cached_property
    def lines(self) -> dict[Where, int]:
        # Found only where a mistake has to be named: finding them takes as long as reading.
        return dict(_places(yaml.compose(self.text, _LOADER), ()))

    def line(self, where: Where) -> int:
        """The line of a place, or of the nearest place around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def finding(self, where: Where, message: str) -> Finding:
        return Finding(self.file, self.line(where), message)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DoubleKeys(ValueError):
    """Keys that a file has twice: `found` is the line and what to say of each.

    `data` is what was read, with the last of their values.
    """

    code = "double_keys"

    def __init__(self, found: list[tuple[int, str]], data: Any) -> None:
        super().__init__(found)
        self.found = found
        self.data = data


class _Strict(_LOADER):  # type: ignore[misc, valid-type]
    """YAML takes the last of two values of one key; we say so."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.doubles: list[tuple[int, str]] = []

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys = [key.value for key, _ in node.value]
        if len(set(map(str, keys))) < len(keys):
            self.doubles += [
                (key.start_mark.line + 1, f"the key {key.value!r} is there twice")
                for at, (key, _) in enumerate(node.value)
                if key.value in keys[:at]
            ]
        return super().construct_mapping(node, deep)

    def get_single_data(self) -> Any:
        data = super().get_single_data()
        if self.doubles:
            raise DoubleKeys(sorted(self.doubles), data)
        return data


def shown_name(path: Path) -> str:
    """How a file is named in a finding: ours by its place in our content, a branch's in full."""
    return path.relative_to(BUILT_IN).as_posix() if path.is_relative_to(BUILT_IN) else str(path)


def parsed(text: str) -> Any:
    """The data of a text. Raises `DoubleKeys` and what PyYAML raises."""
    return yaml.load(text, _Strict)  # noqa: S506 - a safe loader


def unfit_in(text: str) -> Iterator[tuple[int, str]]:
    """What makes a branch's file none that can be read safely: the line and what to say of it.

    It is looked at event by event, before anything is built of it: what is nested without end
    would overflow the parser's stack, and what names itself again and again would fill the memory.
    """
    if len(text) > LARGEST:
        yield 1, f"it has {len(text)} characters; {LARGEST} at most"
        return
    depth = 0
    for event in yaml.parse(text, _LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            yield line, f"it is nested deeper than {DEEPEST}"
            return
        if isinstance(event, yaml.AliasEvent):
            yield line, f"the alias {event.anchor!r} isn't taken; write it out"
            return
        if isinstance(event, yaml.ScalarEvent):
            try:
                clean(event.value)
            except Unclean as error:
                yield line, str(error)


def read_yaml(path: Path) -> Source:
    """Read one file. Raises `ContentError` for what isn't YAML or has a key twice."""
    source, findings = read_as_far(path)
    if source is None or findings:
        raise ContentError(findings)
    return source


def read_as_far(path: Path) -> tuple[Source | None, list[Finding]]:
    """One file as far as it can be read, and all that is wrong with its form.

    A file that isn't YAML gives no source; of a key that is there twice the last counts.
    """
    name = shown_name(path)
    try:
        text = path.read_text("utf-8-sig")
        if not path.is_relative_to(BUILT_IN) and (unfit := list(unfit_in(text))):
            return None, [Finding(name, line, what) for line, what in unfit]
        return Source(name, parsed(text), text, path), []
    except UnicodeDecodeError as error:
        return None, [Finding(name, 1, f"not UTF-8 at byte {error.start}; save the file as UTF-8")]
    except DoubleKeys as error:
        doubles = [Finding(name, line, what) for line, what in error.found]
        return Source(name, error.data, text, path), doubles
    except ValueError as error:
        # A day that isn't in the calendar, a number in no base.
        return None, [Finding(name, 1, f"a value can't be read ({error}); put it in quotes")]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        return None, [Finding(name, line, f"not YAML: {error.problem}")]
    except yaml.YAMLError as error:
        return None, [Finding(name, 1, f"not YAML: {error}")]


def mapping_of(source: Source) -> tuple[dict[Any, Any], list[Finding]]:
    """The `name: value` lines of a file; none, and what is wrong, where it has no such lines."""
    if isinstance(source.data, dict):
        return source.data, []
    return {}, [source.finding((), "expected `name: value` lines")]


def items_of(source: Source, name: str) -> tuple[list[Any], list[Finding]]:
    """The list under a name of a file; empty, and what is wrong, where there is none."""
    data, findings = mapping_of(source)
    items = data.get(name)
    if isinstance(items, list):
        return items, []
    return [], findings or [source.finding((name,), f"{name}: expected a list, not {items!r}")]


def _places(node: Any, where: Where) -> Iterator[tuple[Where, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            place = (*where, key.value)
            yield place, key.start_mark.line + 1
            yield from _places(value, place)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            place = (*where, index)
            yield place, value.start_mark.line + 1
            yield from _places(value, place)
