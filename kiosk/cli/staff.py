"""`kiosk staff`: accounts of the people who serve, also while the kiosk runs."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.options import CleanText, data_option, settings_from
from kiosk.cli.ordered import ordered
from kiosk.orders.order import Add, Disable, Enable, GiveRole, List, Person, Reset, Unlock
from kiosk.queue.tickets.states import ROLES, Role

_USERNAME = click.argument("username", type=CleanText())


@click.group()
def staff() -> None:
    """Accounts of the people who serve."""


@staff.command("list")
@data_option
def show(data: Path | None) -> None:
    """Everybody, with role, state and sign-ins."""
    people = ordered(settings_from(data=data), List()).people
    for one in people:
        click.echo(f"{one.username:<20} {one.role:<13} {_state(one):<28} {one.name}")
    if not people:
        click.echo("nobody yet; `kiosk staff add` makes the first account")


@staff.command()
@_USERNAME
@click.option("--name", type=CleanText(), required=True, help="The name colleagues see.")
@click.option(
    "--role", type=click.Choice(ROLES), default="lobby", show_default=True, help="What they may do."
)
@click.password_option(type=CleanText(), help="Asked for if not given; at least 10 characters.")
@data_option
def add(username: str, name: str, role: Role, password: str, data: Path | None) -> None:
    """Add somebody.

    They choose a password of their own at the first sign-in.
    """
    order = Add(username=username, name=name, role=role, password=password)
    (made,) = ordered(settings_from(data=data), order).people
    click.echo(f"added {made.username} ({made.role})")


@staff.command()
@_USERNAME
@data_option
def reset(username: str, data: Path | None) -> None:
    """Give somebody a new first password.

    They are signed out everywhere, and nobody waits for wrong passwords any more.
    """
    told = ordered(settings_from(data=data), Reset(username=username))
    click.echo("first password (shown only now; it must be changed at the first sign-in):")
    click.echo(f"  name      {told.people[0].username}\n  password  {told.password}")


@staff.command()
@data_option
def unlock(data: Path | None) -> None:
    """Let everybody try passwords again at once."""
    ordered(settings_from(data=data), Unlock())
    click.echo("nobody has to wait")


@staff.command()
@_USERNAME
@data_option
def disable(username: str, data: Path | None) -> None:
    """Sign somebody out for good."""
    (done,) = ordered(settings_from(data=data), Disable(username=username)).people
    click.echo(f"{done.username} can't sign in any more")


@staff.command()
@_USERNAME
@data_option
def enable(username: str, data: Path | None) -> None:
    """Let somebody sign in again."""
    (done,) = ordered(settings_from(data=data), Enable(username=username)).people
    click.echo(f"{done.username} may sign in again")


@staff.command("role")
@_USERNAME
@click.argument("role", type=click.Choice(ROLES))
@data_option
def give_role(username: str, role: Role, data: Path | None) -> None:
    """Change what somebody may do."""
    (done,) = ordered(settings_from(data=data), GiveRole(username=username, role=role)).people
    click.echo(f"{done.username} is {done.role} now")


def _state(one: Person) -> str:
    if not one.active:
        return "disabled"
    found = "must change the password" if one.must_change else "active"
    return f"{found}, signed in: {one.signed_in}" if one.signed_in else found
