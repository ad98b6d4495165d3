"""`kiosk hearing collected`: what customers let the branch keep of their speech."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kiosk.cli.opened import opened
from kiosk.cli.options import data_option, settings_from
from kiosk.collected.export import ExportError, export
from kiosk.collected.folder import Folder, Unreadable
from kiosk.collected.tally import Tally, tallies
from kiosk.queue.queue import Queue
from kiosk.queue.records.audit import Detail
from kiosk.queue.storage.crypto import FernetSealer, load_keys
from kiosk.settings import Settings

#: Who did it, in the audit trail: whoever may run commands here.
WHO = "command"


@click.command()
@click.option(
    "--export",
    "target",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write all in the clear into a new folder, for `kiosk hearing score`.",
)
@click.option("--delete", is_flag=True, help="Delete all.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.option(
    "--language", default="zh-CN", show_default=True, help="The language that is exported."
)
@data_option
def collected(
    target: Path | None, delete: bool, yes: bool, language: str, data: Path | None
) -> None:
    """Count what customers let the branch keep of their speech.

    By day and by the random mark of each visit. What wasn't understood is counted, not kept.
    """
    if target is not None and delete:
        raise click.UsageError("--export and --delete are two commands: export first, then delete")
    settings = settings_from(data=data)
    if not settings.speech.is_dir():
        click.echo("nothing is kept")
        return
    with opened(settings) as queue, _told():
        folder = Folder(settings.speech, FernetSealer(load_keys(settings.key_file)))
        if delete:
            _delete(folder, queue, settings, yes=yes)
        elif target is not None:
            _export(folder, queue, settings, target, language, yes=yes)
        else:
            _show(tallies(folder, folder.entries()))


@contextmanager
def _told() -> Iterator[None]:
    """What can't be done is said plainly."""
    try:
        yield
    except (ExportError, Unreadable, OSError) as error:
        raise click.ClickException(str(error)) from error


def _show(found: Iterable[Tally]) -> None:
    rows = list(found)
    if not rows:
        click.echo("nothing is kept")
        return
    click.echo(f"{'day':<10} {'speaker':<16} {'said':>5} {'at once':>8} {'asked':>6} {'missed':>7}")
    for one in rows:
        click.echo(
            f"{one.day.isoformat():<10} {one.speaker:<16} {one.said:>5} {one.at_once:>8} "
            f"{one.asked:>6} {one.missed:>7}"
        )


def _delete(folder: Folder, queue: Queue, settings: Settings, *, yes: bool) -> None:
    if not yes:
        count = len(folder.entries())
        click.confirm(f"Delete all {count} for ever?", abort=True)
    count = folder.clear()
    _note(queue, settings, "speech.deleted", {"count": count})
    click.echo(f"deleted {count}")


def _export(
    folder: Folder, queue: Queue, settings: Settings, target: Path, language: str, *, yes: bool
) -> None:
    if not yes:
        click.confirm(
            f"{target} will hold customers' voices in the clear, and nothing deletes them there. "
            "Go on?",
            abort=True,
        )
    # Written down first: what was taken out must not be without its row.
    _note(queue, settings, "speech.exported", {"language": language})
    count = export(folder, folder.entries(), language, target)
    click.echo(f"{target}: {count} recordings; listen, mend said.csv, then: kiosk hearing score")


def _note(queue: Queue, settings: Settings, what: str, details: dict[str, Detail]) -> None:
    queue.audit.note(WHO, what, "speech", settings.branch, details)
