"""Alarms that are open, or were taken back lately, are found among all that there ever were."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index("ix_alarm_branch_closed_at", "alarm", ["branch", "closed_at"], unique=False)
