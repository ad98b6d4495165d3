"""Tables of cases: blocks of ``what is given ⇒ what is expected``."""

from __future__ import annotations

from pathlib import Path

import yaml

Case = tuple[str, str]


def cases(name: str) -> dict[str, list[Case]]:
    """The blocks of a table beside this file."""
    blocks = yaml.safe_load((Path(__file__).parent / name).read_text("utf-8"))
    return {part: [_case(line) for line in lines.splitlines()] for part, lines in blocks.items()}


def _case(line: str) -> Case:
    given, _, expected = (part.strip() for part in line.partition("⇒"))
    return given, expected
