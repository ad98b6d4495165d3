"""The `kiosk` command: one module a subcommand."""

from __future__ import annotations

import click

from kiosk import __version__
from kiosk.cli.braille import braille
from kiosk.cli.content import content
from kiosk.cli.doctor import doctor
from kiosk.cli.models import models
from kiosk.cli.serve import demo, serve
from kiosk.cli.sign import sign
from kiosk.cli.staff import staff
from kiosk.cli.tls import tls
from kiosk.cli.voices import voices


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kiosk")
def main() -> None:
    """Wuai (无碍), the accessibility-first bank kiosk.

    Start with `kiosk serve`. `kiosk doctor` says what works on this machine and what is missing.
    Every option can also stand in kiosk.toml, or in a variable: KIOSK_PORT=8080.
    """


for command in (*(serve, demo, doctor, content, voices, models, braille, sign, staff, tls),):
    main.add_command(command)
