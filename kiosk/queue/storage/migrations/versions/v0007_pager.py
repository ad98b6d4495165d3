"""Who has which pager."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("ticket", sa.Column("pager", sa.String(), nullable=True))
