"""`kiosk doctor`: what works on this machine, what is missing, and how to get it."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.options import content_option, data_option, settings_from
from kiosk.doctor import CHECKS
from kiosk.finding import Finding

MARKS = {"ok": "ok     ", "missing": "missing", "broken": "broken "}


@click.command()
@data_option
@content_option
def doctor(data: Path | None, content: Path | None) -> None:
    """Say what works here, what is missing and how to get it."""
    settings = settings_from(data=data, content=content)
    findings = [check(settings) for check in CHECKS]
    for finding in findings:
        _show(finding)
    broken = [finding for finding in findings if finding.state == "broken"]
    if broken:
        raise click.ClickException(f"{len(broken)} broken; the kiosk can't be served like this")


def _show(finding: Finding) -> None:
    click.echo(f"{MARKS[finding.state]}  {finding.name}: {finding.found}")
    if finding.remedy:
        click.echo(f"         {finding.remedy}")
