"""Orders of the command line: to the server that runs, or carried out here where none does."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from kiosk.cli.opened import opened
from kiosk.orders.hatch import ask
from kiosk.orders.order import AnyOrder, Desk, Told
from kiosk.queue.people.passkeys import FilePasskeys
from kiosk.queue.people.signins import FileSignIns
from kiosk.settings import Settings


def ordered(settings: Settings, order: AnyOrder) -> Told:
    """What became of it. Ends with a plain message if nothing was done."""
    try:
        told = ask(settings.hatch, order)
    except OSError as error:
        raise click.ClickException(
            f"can't ask the server that runs on {settings.data}: {error.strerror or error}; "
            "run this as the kiosk's own user"
        ) from error
    if told is None:
        with opened(settings) as queue:
            told = order.run(
                Desk(
                    queue.staff,
                    FileSignIns(settings.sign_ins_file),
                    FilePasskeys(settings.passkeys_file),
                    queue.audit,
                    settings.branch,
                    lambda: datetime.now(UTC),
                )
            )
    if told.error:
        raise click.ClickException(told.error)
    return told
