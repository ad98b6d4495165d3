"""`kiosk content`: prove that a branch's services and words are whole."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.options import content_option
from kiosk.content.source import ContentError


@click.group()
def content() -> None:
    """The services, documents and words that customers meet."""


@content.command()
@content_option
def check(content: Path | None) -> None:
    """Check every service and every word, in every language."""
    from kiosk.content.checks.registry import check as check_all

    findings = check_all(content)
    for finding in findings:
        click.echo(str(finding))
    if findings:
        raise click.ClickException(f"{len(findings)} to mend")
    click.echo("content: all in order")


@content.command()
@click.argument("service")
@click.option("--group", help="Where it is in the menu. [default: the last group with room]")
@click.option("--also", multiple=True, metavar="LANGUAGE", help="A partial language, too: ko.")
@content_option
def new(service: str, group: str | None, also: tuple[str, ...], content: Path | None) -> None:
    """Write a service with every word it needs.

    Each is marked ??? and says what to fill in. The service can be served at once.
    """
    from kiosk.content.new import CannotBegin, new_service

    try:
        written = new_service(service, content, group, also)
    except (CannotBegin, ContentError) as error:
        raise click.ClickException(str(error)) from error
    _tell(written, "`kiosk content check` names each place that is still to be filled in.")


@content.command()
@content_option
def marks(content: Path | None) -> None:
    """Propose how sentences are read in braille.

    Each proposal is marked ??? and counts once somebody has read it through. What is marked
    otherwise than the dictionaries would mark it is named.
    """
    from kiosk.content.proposing import differing, propose_marks

    try:
        written = propose_marks(content)
        for finding in differing(content):
            click.echo(str(finding))
    except ContentError as error:
        raise click.ClickException(str(error)) from error
    _tell(written, "Read each new line through, then take its ??? away.")


def _tell(written: list[Path], next_step: str) -> None:
    for path in written:
        click.echo(f"wrote {path}")
    click.echo(next_step if written else "nothing to write")
