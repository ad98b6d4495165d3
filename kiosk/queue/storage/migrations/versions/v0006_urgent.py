"""Alarms say what they are about and of which request; tickets, what they want; calls are noted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

#: Whole microseconds since 1970 UTC.
TIME = sa.BigInteger()


def upgrade() -> None:
    op.add_column("alarm", sa.Column("about", sa.String(), nullable=True))
    op.add_column("alarm", sa.Column("request_id", sa.String(), nullable=True))
    op.create_index("ix_alarm_request_id", "alarm", ["request_id"], unique=False)
    op.add_column("ticket", sa.Column("aids", sa.JSON(), nullable=True))
    op.create_table(
        "contacted",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("alarm_id", sa.String(), nullable=True),
        sa.Column("ticket_id", sa.String(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarm.id"], name="fk_contacted_alarm_id_alarm"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_contacted_ticket_id_ticket"),
        sa.PrimaryKeyConstraint("id", name="pk_contacted"),
    )
    for column in ("alarm_id", "ticket_id"):
        op.create_index(f"ix_contacted_{column}", "contacted", [column], unique=False)
