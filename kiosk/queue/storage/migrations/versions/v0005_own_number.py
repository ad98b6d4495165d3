"""A ticket knows how its customer wants to be called, and is found by its number."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("ticket", sa.Column("call_by", sa.String(), nullable=True))
    op.create_index("ix_ticket_branch_number", "ticket", ["branch", "number"], unique=False)
