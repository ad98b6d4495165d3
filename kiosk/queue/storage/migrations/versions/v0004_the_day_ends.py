"""Tickets are carried over to a later day, and say who had them before they came back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

COLUMNS = ("carried_on", "carried_by", "back_from", "back_why")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("ticket", sa.Column(name, sa.String(), nullable=True))
    # Sums of days say now how many were answered too late or never: they are made anew.
    op.execute("DELETE FROM day_sum")
