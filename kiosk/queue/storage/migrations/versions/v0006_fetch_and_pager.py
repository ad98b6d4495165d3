"""Who is to be fetched, and who has which pager."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0002"


def upgrade() -> None:
    op.add_column(
        "ticket", sa.Column("fetch", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )
    op.add_column("ticket", sa.Column("pager", sa.String()))
