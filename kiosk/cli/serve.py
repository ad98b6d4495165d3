"""`kiosk serve` and `kiosk demo`: the customer's pages, the staff console and the lobby display."""

from __future__ import annotations

import errno
import socket
import tempfile
from pathlib import Path

import click

from kiosk.cli.opened import opened
from kiosk.cli.options import content_option, data_option, refused, settings_from
from kiosk.config import Refused
from kiosk.queue.people.passwords import new_password
from kiosk.settings import Settings

_HOST = click.option("--host", help="Address to listen on. [default: 127.0.0.1]")
_PORT = click.option("--port", type=click.IntRange(1, 65535), help="Port. [default: 8000]")
_OPEN = click.option(
    "--open", "open_windows", is_flag=True, help="Open the pages in Chromium, if there is a screen."
)


@click.command()
@_HOST
@_PORT
@data_option
@content_option
@_OPEN
def serve(
    host: str | None, port: int | None, data: Path | None, content: Path | None, open_windows: bool
) -> None:
    """Serve the kiosk, the staff console and the lobby display."""
    settings = settings_from(host=host, port=port, data=data, content=content)
    _run(settings, open_windows)


@click.command()
@_HOST
@_PORT
@_OPEN
def demo(host: str | None, port: int | None, open_windows: bool) -> None:
    """Serve sample requests, to try it out.

    They are in a folder of their own, which is gone afterwards.
    """
    from kiosk.demo import DEMO_LOGIN, fill

    with tempfile.TemporaryDirectory(prefix="wuai-demo-") as folder:
        settings = settings_from(host=host, port=port, data=Path(folder), demo=True)
        with opened(settings) as queue:
            fill(queue, settings)
        click.echo(f"demonstration: sign in as {DEMO_LOGIN[0]} with {DEMO_LOGIN[1]}")
        _run(settings, open_windows)


def _run(settings: Settings, open_windows: bool) -> None:
    from kiosk.content.loader import load
    from kiosk.misfits import misfits
    from kiosk.server import Server
    from kiosk.windows import open_when_ready

    if found := misfits(settings):
        raise refused(Refused(found))
    content = load(settings.content)
    check_port(settings)
    first_login(settings)
    scheme = "https" if settings.certificate else "http"
    where = f"{scheme}://{settings.host}:{settings.port}"
    click.echo(f"customers  {where}/")
    click.echo(f"staff      {where}/staff")
    click.echo(f"display    {where}/display")
    if open_windows:
        open_when_ready(settings)
    Server(settings, content).run()


def check_port(settings: Settings) -> None:
    """Before anything is promised: nobody else serves there. Raises `click.ClickException`."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((settings.host, settings.port))
        except OSError as error:
            why = f"can't serve at {settings.host}:{settings.port}: {error.strerror}"
            remedy = "choose another address with --host"
            if error.errno == errno.EADDRINUSE:
                why = f"port {settings.port} is in use"
                remedy = "stop that program, or choose another with --port"
            raise click.ClickException(f"{why}; {remedy}") from error


def first_login(settings: Settings) -> None:
    """Make the first administrator, and print the password this once."""
    with opened(settings) as queue:
        if queue.staff.list():
            return
        password = new_password()
        queue.staff.add("admin", "管理员", "admin", password)
    click.echo("first staff login (shown only now; it must be changed at the first sign-in):")
    click.echo(f"  name      admin\n  password  {password}")
