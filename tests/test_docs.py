"""What the documents name is there: files, commands, options, targets."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from kiosk.cli import main

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
#: A command as it is written: in backquotes, or on a line of an example.
QUOTED = re.compile(r"`(?:\.venv/bin/)?(kiosk|make) ([a-z][^`#]*)`")
FENCED = re.compile(r"^(?:\.venv/bin/)?(kiosk|make) ([a-z][^#\n]*)", re.MULTILINE)


def named(page: Path) -> list[tuple[str, list[str]]]:
    text = page.read_text("utf-8")
    examples = "\n".join(re.findall(r"^ *```\w*\n(.*?)```", text, re.MULTILINE | re.DOTALL))
    found = [*QUOTED.findall(text), *FENCED.findall(examples)]
    return [(tool, words.split()) for tool, words in found]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
        if "://" not in link:
            assert (page.parent / link).exists(), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_a_page_exists(page: Path) -> None:
    for tool, words in named(page):
        if tool == "make":
            assert words[0] in TARGETS, words
        else:
            _exists(words)


def _exists(words: list[str]) -> None:
    command: click.Command = main
    for word in words:
        if not isinstance(command, click.Group):
            break
        found = command.get_command(click.Context(command), word)
        assert found is not None, f"kiosk {' '.join(words)}"
        command = found
    options = {name for option in command.params for name in option.opts}
    for word in words:
        name = word.strip("[]").partition("=")[0]
        if re.fullmatch(r"--[a-z-]+", name):
            assert name in options, f"kiosk {' '.join(words)}"


def test_there_is_something_to_check() -> None:
    tools = [tool for page in PAGES for tool, _ in named(page)]
    assert tools.count("kiosk") > 20
    assert tools.count("make") > 8
