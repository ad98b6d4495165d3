"""The `kiosk` command: one module a subcommand, read when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from kiosk import __version__
from kiosk.logs import write_plainly

#: Where each command is. Reading all of them would take as long as starting the kiosk.
COMMANDS: Mapping[str, str] = {
    "serve": "kiosk.cli.serve",
    "demo": "kiosk.cli.serve",
    "doctor": "kiosk.cli.doctor",
    "config": "kiosk.cli.config",
    "content": "kiosk.cli.content",
    "voices": "kiosk.cli.voices",
    "models": "kiosk.cli.models",
    "hearing": "kiosk.cli.hearing",
    "braille": "kiosk.cli.braille",
    "sign": "kiosk.cli.sign",
    "staff": "kiosk.cli.staff",
    "tls": "kiosk.cli.tls",
}


class Commands(click.Group):
    """The commands by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return found


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="kiosk")
def main() -> None:
    """Wuai (无碍), the accessibility-first bank kiosk.

    Start with `kiosk serve`. `kiosk doctor` says what works on this machine and what is missing.
    What is set with an option can also stand in kiosk.toml, or in a variable: KIOSK_PORT=8080.
    """
    write_plainly()
