"""Each branch numbers its own events and its own trail; lists and reports have their indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

#: Whole microseconds since 1970 UTC.
TIME = sa.BigInteger()
START = "0" * 64


def upgrade() -> None:
    op.create_table(
        "branch",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_branch"),
    )
    _number_branches(op.get_bind())
    _outbox()
    _audit()
    op.create_table(
        "day_sum",
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("start", TIME, nullable=False),
        sa.Column("end", TIME, nullable=False),
        sa.Column("sums", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("branch", "day", name="pk_day_sum"),
    )
    for columns in (("branch", "owner_id", "state"), ("branch", "created_at")):
        op.create_index(f"ix_ticket_{'_'.join(columns)}", "ticket", list(columns), unique=False)


def _number_branches(bind: sa.Connection) -> None:
    """Branches go on from the numbers their events have; the trail so far is no branch's.

    The trail's rows are hashed as they are, and a head of it may lie on paper: they stay.
    """
    counted = sa.text("SELECT branch, max(seq) AS seq FROM outbox GROUP BY branch")
    found = {row.branch: row.seq for row in bind.execute(counted)}
    newest = bind.execute(sa.text("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")).first()
    # SQLite keeps the highest number it ever gave, also when the last rows are gone.
    ever = bind.execute(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")).scalar()
    rows = [
        {
            "id": branch,
            "events": found.get(branch, 0),
            "entries": (ever or 0) if branch == "" else 0,
            "head": newest.hash if branch == "" and newest else START,
        }
        for branch in sorted({"", *found})
    ]
    branches = sa.table("branch", *(sa.column(name) for name in rows[0]))
    bind.execute(branches.insert(), rows)


def _outbox() -> None:
    op.rename_table("outbox", "old_outbox")
    op.create_table(
        "outbox",
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("branch", "seq", name="pk_outbox"),
    )
    op.execute(
        "INSERT INTO outbox (branch, seq, at, topic, subject, kind) "
        "SELECT branch, seq, at, topic, subject, kind FROM old_outbox"
    )
    op.drop_table("old_outbox")


def _audit() -> None:
    for event in ("update", "delete"):
        op.execute(f"DROP TRIGGER audit_no_{event}")
    op.drop_index("ix_audit_subject", "audit")
    op.rename_table("audit", "old_audit")
    op.create_table(
        "audit",
        sa.Column("trail", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("trail", "seq", name="pk_audit"),
    )
    op.execute(
        "INSERT INTO audit "
        "(trail, seq, at, who, what, subject, branch, details, previous, hash) "
        "SELECT '', seq, at, who, what, subject, branch, details, previous, hash FROM old_audit"
    )
    op.drop_table("old_audit")
    op.create_index("ix_audit_subject", "audit", ["subject"], unique=False)
    op.create_index("ix_audit_at", "audit", ["at"], unique=False)
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{event.lower()} BEFORE {event} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        )
