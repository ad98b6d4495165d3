"""Calls in sign that are booked for later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

#: Whole microseconds since 1970 UTC.
TIME = sa.BigInteger()


def upgrade() -> None:
    op.create_table(
        "sign_calls",
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("officer", sa.String(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("booked_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("request_id", name="pk_sign_calls"),
        sa.UniqueConstraint("branch", "officer", "at", name="uq_sign_calls_branch_officer_at"),
    )
