"""Options that several commands share, and settings made from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kiosk.config import Refused, read
from kiosk.door import Unclean, clean
from kiosk.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])

_FOLDER = click.Path(file_okay=False, path_type=Path)


def data_option(command: F) -> F:
    return click.option("--data", type=_FOLDER, help="Where everything is kept. [default: data]")(
        command
    )


def content_option(command: F) -> F:
    return click.option(
        "--content", type=_FOLDER, help="A branch's own content, laid over the built-in one."
    )(command)


class CleanText(click.ParamType[str]):
    """A text given on the command line, through the same door as all others."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return clean(str(value))
        except Unclean as error:
            self.fail(str(error), param, ctx)


def given(**options: Any) -> dict[str, Any]:
    """The options that were given."""
    return {name: value for name, value in options.items() if value is not None}


def settings_from(**options: Any) -> Settings:
    """Settings with the given options on top. Ends with a plain message if they're off."""
    try:
        return read(given(**options))
    except Refused as error:
        raise refused(error) from error


def refused(error: Refused) -> click.ClickException:
    """What ends a command that can't go on with these settings."""
    return click.ClickException(str(error))
