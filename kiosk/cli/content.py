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

    try:
        findings = check_all(content)
    except ContentError as error:
        findings = error.findings
    for finding in findings:
        click.echo(str(finding))
    if findings:
        raise click.ClickException(f"{len(findings)} to mend")
    click.echo("content: all in order")
