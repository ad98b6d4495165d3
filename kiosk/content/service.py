"""One service from its file: blocks written out, each step read by itself.

A mistake in one step hides none in the others: what can be read is read, the rest is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kiosk.content.source import Finding, Source, Where, items_of, mapping_of
from kiosk.flow.data import Id
from kiosk.flow.kinds import AnyStep
from kiosk.flow.model import Service

_STEP: TypeAdapter[Any] = TypeAdapter(AnyStep)
_ID: TypeAdapter[str] = TypeAdapter(Id)
#: A place within what was read, and what is wrong there.
Problem = tuple[Where, str]
#: What stands in for a part of a service that can't be read, so that the others can be.
_STAND_INS = {"icon": "help", "lane": "A"}
#: Lists of a service of which each item is read by itself.
_LISTS = ("flags", "alarms")


@dataclass(frozen=True, slots=True)
class ServiceAsFar:
    """A service as far as it can be read; none where nothing can be asked."""

    service: Service | None
    #: The keys of what was left out: of steps, or the service's own id.
    lost: frozenset[str]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    """A step as it was written: in the service's own file or in the blocks'."""

    step: Any
    home: str
    source: Source
    where: Where

    def finding(self, where: Where, message: str) -> Finding:
        return self.source.finding((*self.where, *where), message)

    @property
    def key(self) -> str:
        """Where its words are; all of its home's, where it has no id."""
        named = isinstance(self.step, dict) and isinstance(self.step.get("id"), str)
        return f"{self.home}.{self.step['id']}" if named else self.home


def read_service(source: Source, blocks: Source) -> ServiceAsFar:
    data, findings = mapping_of(source)
    name = _name(source, data)
    if findings:
        return ServiceAsFar(None, frozenset({name}), tuple(findings))
    steps: dict[str, Any] = {}
    lost: set[str] = set()
    for found in _written_out(source, name, blocks):
        if isinstance(found, Finding):
            findings.append(found)
            lost.add(name)
            continue
        step, troubles = _read_step(found)
        if step is None:
            lost.add(found.key)
        elif step.id in steps:
            troubles.append(found.finding((), f"the step {step.id!r} is there twice in {name}"))
        else:
            steps[step.id] = step
        findings += troubles
    service, problems = _read_frame({**data, "steps": tuple(steps.values())}, name)
    findings += [
        source.finding(where, told(where, message))
        for where, message in problems
        # That there are no steps is said of each of them already.
        if where[0] != "steps" or not lost
    ]
    if service is None:
        lost.add(name)
    return ServiceAsFar(service, frozenset(lost), tuple(findings))


def _name(source: Source, data: dict[Any, Any]) -> str:
    """The service's id; its file's name where that can't be read."""
    try:
        return _ID.validate_python(data.get("id"))
    except ValidationError:
        return source.path.stem


def _written_out(source: Source, name: str, blocks: Source) -> Iterator[_Written | Finding]:
    """Each step as written, those of blocks in their place."""
    known, _ = mapping_of(blocks)
    steps, findings = items_of(source, "steps")
    yield from findings
    for index, step in enumerate(steps):
        if not isinstance(step, dict) or "use" not in step:
            yield _Written(step, name, source, ("steps", index))
            continue
        block = step["use"]
        if not isinstance(block, str) or block not in known or set(step) != {"use"}:
            there = ", ".join(map(str, known))
            message = f"no block {block!r}: write `use: NAME` alone, one of {there}"
            yield source.finding(("steps", index), message)
            continue
        inner, findings = items_of(blocks, block)
        yield from findings
        for at, one in enumerate(inner):
            yield _Written(one, block, blocks, (block, at))


def _read_step(written: _Written) -> tuple[Any, list[Finding]]:
    data = written.step
    if isinstance(data, dict):
        data = {**data, "home": written.home}
    try:
        return _STEP.validate_python(data), []
    except ValidationError as error:
        # The first part is the kind that tells the steps apart, not a place in the file.
        return None, [
            written.finding(where[1:], told(where[1:], message))
            for where, message in _problems(error)
        ]


def _problems(error: ValidationError) -> list[Problem]:
    """All that is wrong, but not of a list what follows from its items: it is too short then."""
    found = [(one["loc"], one["msg"]) for one in error.errors()]
    return [
        (where, message)
        for where, message in found
        if not any(
            len(other) > len(where) > 0 and other[: len(where)] == where for other, _ in found
        )
    ]


def _read_frame(data: dict[Any, Any], name: str) -> tuple[Service | None, list[Problem]]:
    """The service around its steps, with a stand-in for each part that can't be read."""
    try:
        return Service.model_validate(data), []
    except ValidationError as error:
        problems = _problems(error)
    in_lists = {where[:2] for where, _ in problems if where[0] in _LISTS and where[1:]}
    bad = {where[0] for where, _ in problems if not (where[0] in _LISTS and where[1:])}
    mended: dict[Any, Any] = {"id": name, **_STAND_INS}
    mended |= {part: value for part, value in data.items() if part not in bad}
    for part in {str(where[0]) for where in in_lists} - bad:
        items = enumerate(data[part])
        mended[part] = tuple(one for at, one in items if (part, at) not in in_lists)
    try:
        return Service.model_validate(mended), problems
    except ValidationError:
        return None, problems


def told(where: Where, message: str) -> str:
    """What pydantic says of a place, with the place before it."""
    return f"{'.'.join(map(str, where))}: {message}" if where else message
