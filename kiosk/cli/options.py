"""Options that several commands share, and settings made from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError

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


def settings_from(**given: Any) -> Settings:
    """Settings with the given options on top. Ends with a plain message if they're off."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        lines = [f"  {'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors()]
        raise click.ClickException("these settings can't be used:\n" + "\n".join(lines)) from error
