"""A new service with all the words it needs, each marked for filling in.

It can be served at once: what is still to be filled in is shown as it stands, and named by
`kiosk content check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from kiosk.content.checks.material import Material, read_material
from kiosk.content.checks.say import TITLE_PHRASES, TITLE_PHRASES_PART
from kiosk.content.checks.words import wanted
from kiosk.content.coverage import covers_all, needs
from kiosk.content.filling import to_fill
from kiosk.content.loader import load
from kiosk.content.source import BUILT_IN, Source, Where, read_yaml
from kiosk.flow.model import Group

SERVICE = """\
# What is asked, in order; docs/content.md has every kind of step and the blocks to take in.
id: {name}
icon: label
lane: {lane}
steps:
  - id: which
    kind: choice
    options:
      - {{id: first, icon: task}}
      - {{id: second, icon: more-horiz}}
    unknown: true
  - use: documents
  - use: finish
"""
#: What to write, by the last part of a key; an option has its own.
WHAT = {
    "title": "what the customer chooses in the menu, in a few plain words",
    "official": "the bank's own term, for staff",
    "hint": "one short line under the title",
    "ask": "the question, one plain sentence",
    "help": "what helps whoever hesitates",
    "label": "what the answer is called when it is read back",
}
OPTION = "the answer, in two to six words"
WAYS = "the ways people say it, a list of phrases"
#: A group of the menu has room for so many.
MAX_SERVICES = 6


class CannotBegin(ValueError):
    """The service can't be written as it was asked for; the message says what to change."""

    code = "cannot_begin"


def new_service(
    name: str, branch: Path | None, group: str | None = None, also: tuple[str, ...] = ()
) -> list[Path]:
    """Write the service, its place in the menu and its words; the files that were written.

    Its words are written in every complete language, and in those of `also`. Raises
    `CannotBegin`, and `ContentError` where what is there can't be read.
    """
    folder = branch or BUILT_IN
    folder.mkdir(parents=True, exist_ok=True)
    content = load(branch)
    used = {key.split(".")[0] for words in content.locales.values() for key in words.messages}
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name):
        raise CannotBegin(f"{name!r}: use small letters, digits and _, a letter first")
    if name in used or name in content.catalog.services:
        raise CannotBegin(f"{name}: there are words under this name already; choose another")
    absent = [one for one in also if one not in content.locales]
    if absent:
        raise CannotBegin(f"no words in {', '.join(absent)}; there is {', '.join(content.locales)}")
    place = _group(content.catalog.groups, group)
    lane = content.catalog.services[place.services[0]].lane
    menu = folder / "catalog.yaml"
    if not menu.is_file():
        _write(menu, (BUILT_IN / "catalog.yaml").read_text("utf-8"))
    at = content.catalog.groups.index(place)
    _append(menu, ("groups", at, "services"), name)
    for language in also:
        if language not in content.complete:
            _append(menu, ("languages", language), name)
    written = [
        menu,
        _write(folder / "services" / f"{name}.yaml", SERVICE.format(name=name, lane=lane)),
    ]
    material = read_material(branch)
    for language in dict.fromkeys((*content.complete, *also)):
        words = yaml.safe_dump(
            _nested(_words(name, language, material)),
            allow_unicode=True,
            sort_keys=False,
            width=100,
        )
        written.append(_write(folder / "locales" / language / f"{name}.yaml", words))
    return written


def _group(groups: tuple[Group, ...], wanted: str | None) -> Group:
    """The group that was asked for, or the last one with room."""
    named = [one for one in groups if wanted in (None, one.id)]
    if not named:
        raise CannotBegin(f"no group {wanted!r}; there is {', '.join(one.id for one in groups)}")
    roomy = [one for one in named if len(one.services) < MAX_SERVICES]
    if not roomy:
        raise CannotBegin(f"no room in {wanted or 'the menu'}: {MAX_SERVICES} services are a page")
    return roomy[-1]


def _append(path: Path, where: Where, name: str) -> None:
    """Add a name to a list in a file, as it is written there, comments and all."""
    source = read_yaml(path)
    items = _at(source, where)
    last = str(items[-1])
    line = source.line((*where, len(items) - 1)) - 1
    lines = path.read_text("utf-8").splitlines(keepends=True)
    if lines[line].lstrip().startswith("- "):
        indent = lines[line][: lines[line].index("- ")]
        lines.insert(line + 1, f"{indent}- {name}\n")
    else:
        before, _, after = lines[line].rpartition(last)
        lines[line] = f"{before}{last}, {name}{after}"
    _write(path, "".join(lines))


def _at(source: Source, where: Where) -> list[Any]:
    found: Any = source.data
    for part in where:
        found = found[part]
    items: list[Any] = found
    return items


def _words(name: str, language: str, material: Material) -> Iterator[tuple[str, Any]]:
    """Every key of the service that has no words yet, with what to write there."""
    whole = covers_all(material.covers[language], material.catalog)
    for want in wanted(material):
        key = want.keys[0]
        if key.split(".")[0] != name or any(one in material.words[language] for one in want.keys):
            continue
        if not whole and not needs(key, material.covers[language], material.catalog):
            continue
        *_, before, last = key.split(".")
        if last == "title":
            ways = f"{TITLE_PHRASES if whole else TITLE_PHRASES_PART} of {WAYS}"
            yield key, {"text": to_fill(WHAT[last]), "say": [to_fill(ways)]}
        elif before == "option":
            yield key, {"text": to_fill(OPTION), "say": [to_fill(WAYS)]}
        else:
            yield key, to_fill(WHAT[last])


def _nested(words: Iterator[tuple[str, Any]]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for key, value in words:
        *path, last = key.split(".")
        node = root
        for part in path:
            node = node.setdefault(part, {})
        node[last] = value
    return root


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
