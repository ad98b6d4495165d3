"""Key maps as data: which key of a device is which dot, or which key of the kiosk.

One YAML file a device. Codes are those of a browser's KeyboardEvent, as keypads that present
themselves as keyboards send them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from braille.chords import DOT_KEYS, KEYS

FOLDER = Path(__file__).parent
#: KeyboardEvent.code values of keys that a device may have (UI Events code values).
CODE = re.compile(
    r"Key[A-Z]|Digit[0-9]|F([1-9]|1[0-9]|2[0-4])|Arrow(Up|Down|Left|Right)"
    r"|Numpad([0-9]|Add|Subtract|Multiply|Divide|Decimal|Enter|Equal|Comma|Star|Hash|Clear)"
    r"|Page(Up|Down)|Home|End|Insert|Delete|Enter|Space|Tab|Escape|Backspace|CapsLock|ContextMenu"
    r"|(Shift|Control|Alt|Meta)(Left|Right)|Semicolon|Quote|Comma|Period|Slash|Backslash|Minus"
    r"|Equal|BracketLeft|BracketRight|Backquote|IntlBackslash|NumLock|ScrollLock|Pause"
    r"|AudioVolume(Up|Down|Mute)|Browser(Back|Forward|Home|Refresh)"
)
NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


KeymapReason = Literal["unreadable", "no_yaml", "parts", "twice", "code", "key", "dots", "none"]


class KeymapError(ValueError):
    """A key map that can't be used: the file, the line (0: all of it), and what is wrong there.

    `reason` is stable and `value` is what it is about; the message has the remedy too.
    """

    code = "keymap"

    def __init__(
        self, reason: KeymapReason, file: str, detail: str, line: int = 0, value: str = ""
    ) -> None:
        super().__init__(f"{file}:{line}: {detail}" if line else f"{file}: {detail}")
        self.reason: KeymapReason = reason
        self.file = file
        self.line = line
        self.value = value


@dataclass(frozen=True, slots=True)
class Keymap:
    """One device. `keys` has the name of a dot, ``space``, or of a key of the kiosk by code."""

    name: str
    device: str
    keys: Mapping[str, str]

    @property
    def dots(self) -> Mapping[str, str]:
        """The keys that type cells."""
        return {code: name for code, name in self.keys.items() if name in KEYS}

    @property
    def others(self) -> Mapping[str, str]:
        return {code: name for code, name in self.keys.items() if name not in KEYS}


def load(path: Path, known: Collection[str]) -> Keymap:
    """Read one map; `known` are the kiosk's own keys. Raises `KeymapError`."""
    try:
        return parse(path.read_text("utf-8"), path.stem, path.name, known)
    except OSError as error:
        raise KeymapError("unreadable", path.name, f"can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise KeymapError("unreadable", path.name, "not UTF-8; save it as UTF-8", 1) from error


def parse(text: str, name: str, file: str, known: Collection[str]) -> Keymap:
    """A map from its YAML. Raises `KeymapError`."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise KeymapError("no_yaml", file, f"not YAML: {error.problem}", line) from error
    if not isinstance(root, yaml.MappingNode):
        raise KeymapError("parts", file, "expected `device:` and `keys:`", 1)
    parts = {key.value: value for key, value in root.value}
    unknown = next((key for key, _ in root.value if key.value not in ("device", "keys")), None)
    if unknown is not None:
        raise KeymapError(
            "parts",
            file,
            f"{unknown.value!r} isn't known; use `device:` and `keys:`",
            _line(unknown),
        )
    keys = parts.get("keys")
    if not isinstance(keys, yaml.MappingNode) or not keys.value:
        raise KeymapError("none", file, "`keys:` lists code: name, one a line", _line(keys or root))
    device = parts.get("device")
    found = dict(_entries(keys, file, known))
    _check_dots(found, file, _line(keys))
    return Keymap(name, str(device.value) if device is not None else name, found)


def _entries(
    keys: yaml.MappingNode, file: str, known: Collection[str]
) -> Iterator[tuple[str, str]]:
    seen: dict[str, int] = {}
    for key, value in keys.value:
        code, name, line = str(key.value), str(value.value), _line(key)
        if code in seen:
            raise KeymapError(
                "twice", file, f"{code} is there already, in line {seen[code]}", line, code
            )
        if not CODE.fullmatch(code):
            raise KeymapError(
                "code",
                file,
                f"no key is called {code!r}; codes are like KeyF, Numpad5, F13",
                line,
                code,
            )
        if name not in KEYS and name not in known:
            raise KeymapError(
                "key",
                file,
                f"{code} can't be {name!r}; there are {', '.join((*KEYS, *known))}",
                line,
                name,
            )
        seen[code] = line
        yield code, name


def _check_dots(keys: Mapping[str, str], file: str, line: int) -> None:
    """A map that types cells has all six dots: with fewer some cells can't be typed."""
    there = set(keys.values()) & DOT_KEYS.keys()
    missing = [f"dot{n}" for n in range(1, 7) if f"dot{n}" not in there]
    if there and missing:
        raise KeymapError(
            "dots", file, f"no key for {', '.join(missing)}; six dots are needed", line
        )


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def dump(device: str, keys: Iterable[tuple[str, str]]) -> str:
    """A map as YAML, for `parse` to read again; a code that is there twice stays so."""
    lines = [f"  {json.dumps(code, ensure_ascii=False)}: {name}\n" for code, name in keys]
    named = json.dumps(device, ensure_ascii=False)
    return f"device: {named}\nkeys:\n{''.join(lines)}"


def names(folders: Collection[Path] = (FOLDER,)) -> tuple[str, ...]:
    """The maps there are."""
    return tuple(sorted({path.stem for folder in folders for path in folder.glob("*.yaml")}))


def find(name: str, folders: Collection[Path], known: Collection[str]) -> Keymap:
    """The map of that name, a later folder's first. Raises `KeymapError` naming what there is."""
    for folder in reversed(tuple(folders)):
        path = folder / f"{name}.yaml"
        if NAME.fullmatch(name) and path.is_file():
            return load(path, known)
    raise KeymapError(
        "unreadable", f"{name}.yaml", f"no key map {name!r}; there are {', '.join(names(folders))}"
    )
