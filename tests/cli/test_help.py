"""`kiosk --help`, and the help of every command under it."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from kiosk.cli import main


def commands(command: click.Command, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner, *path, name)


ALL = dict(commands(main))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_says_what_it_does_in_one_whole_line(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*path, "--help"], terminal_width=80)
    assert result.exit_code == 0
    assert not ALL[path].get_short_help_str(58).endswith("...")
    for option in ALL[path].params:
        if isinstance(option, click.Option):
            assert option.help, f"{' '.join(path)} {option.name}"


def test_the_commands_stand_where_tools_expect_them() -> None:
    assert {path[0] for path in ALL if path} == {
        *("serve", "demo", "doctor", "config", "content", "voices", "models", "hearing"),
        *("braille", "sign"),
        *("staff", "tls"),
    }
