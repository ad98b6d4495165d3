"""Alembic's entry: the connection is handed in by `kiosk.queue.storage.migrate`."""

from __future__ import annotations

from alembic import context

from kiosk.queue.storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
context.run_migrations()
