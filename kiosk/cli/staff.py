"""`kiosk staff`: accounts for the staff console."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.opened import opened
from kiosk.cli.options import CleanText, data_option, settings_from
from kiosk.queue.tickets.states import ROLES


@click.group()
def staff() -> None:
    """Accounts of the people who serve."""


@staff.command()
@click.argument("username", type=CleanText())
@click.option("--name", type=CleanText(), required=True, help="The name colleagues see.")
@click.option(
    "--role", type=click.Choice(ROLES), default="lobby", show_default=True, help="What they may do."
)
@click.password_option(type=CleanText(), help="Asked for if not given; at least 10 characters.")
@data_option
def add(username: str, name: str, role: str, password: str, data: Path | None) -> None:
    """Add somebody while the kiosk isn't running.

    A manager can also do it in the console.
    """
    with opened(settings_from(data=data)) as queue:
        queue.staff.add(username, name, role, password)  # type: ignore[arg-type]
    click.echo(f"added {username} ({role})")
