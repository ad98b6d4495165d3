"""`kiosk config`: the settings, before a restart finds them wrong."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.options import content_option, data_option, given, refused
from kiosk.config import Refused, Told, read, told


@click.group()
def config() -> None:
    """The settings of this kiosk."""


@config.command()
@click.option("--host", help="Address to listen on. [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port. [default: 8000]")
@data_option
@content_option
def check(host: str | None, port: int | None, data: Path | None, content: Path | None) -> None:
    """Say what each setting is, and which can't be used.

    Each is shown with where it came from. Nothing is changed, and a kiosk that runs goes on
    as it is until it is started anew.
    """
    from kiosk.misfits import misfits

    options = given(host=host, port=port, data=data, content=content)
    try:
        settings = read(options)
        _show(told(settings, options))
        if found := misfits(settings):
            raise Refused(found)
    except Refused as error:
        raise refused(error) from error
    click.echo("all settings are in order")


def _show(rows: tuple[Told, ...]) -> None:
    names, values = max(len(row.setting) for row in rows), max(len(row.value) for row in rows)
    for row in rows:
        click.echo(f"{row.setting:<{names}}  {row.value:<{min(values, 32)}}  {row.origin}")
