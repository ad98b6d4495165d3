"""The queue of a data folder, opened for a command and closed after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from kiosk.queue.errors import QueueError
from kiosk.queue.queue import Queue
from kiosk.queue.storage.crypto import FernetSealer, load_or_create_key
from kiosk.queue.storage.engine import open_database
from kiosk.settings import Settings


@contextmanager
def opened(settings: Settings) -> Iterator[Queue]:
    """The queue. A database that can't be opened ends the command with a plain message."""
    try:
        settings.make_folders()
        sealer = FernetSealer(load_or_create_key(settings.key_file, settings.sealed))
        database = open_database(settings.database)
    except (QueueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    try:
        yield Queue(database, sealer, timezone=settings.timezone)
    except QueueError as error:
        raise click.ClickException(str(error)) from error
    finally:
        database.close()
