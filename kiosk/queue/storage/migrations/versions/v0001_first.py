"""The first form of the database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

#: Whole microseconds since 1970 UTC.
TIME = sa.BigInteger()


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_subject", "audit", ["subject"], unique=False)
    op.create_table(
        "counter",
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("lane", sa.String(length=1), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("branch", "day", "lane", name="pk_counter"),
    )
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
    op.create_table(
        "sign_in",
        sa.Column("name_hash", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", TIME, nullable=False),
        sa.Column("locked_until", TIME, nullable=True),
        sa.PrimaryKeyConstraint("name_hash", name="pk_sign_in"),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("username", name="uq_staff_username"),
    )
    op.create_table(
        "ticket",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("lane", sa.String(length=1), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("presets", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due", TIME, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=True),
        sa.Column("first_response_at", TIME, nullable=True),
        sa.Column("coming_at", TIME, nullable=True),
        sa.Column("called_at", TIME, nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("no_shows", sa.Integer(), nullable=False),
        sa.Column("serving_at", TIME, nullable=True),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("owner_id", sa.String(), nullable=True),
        sa.Column("owner_name", sa.String(), nullable=True),
        sa.Column("counter", sa.String(), nullable=True),
        sa.Column("lease_until", TIME, nullable=True),
        sa.Column("for_staff", sa.String(), nullable=True),
        sa.Column("for_staff_name", sa.String(), nullable=True),
        sa.Column("for_role", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ticket"),
        sa.UniqueConstraint("branch", "day", "number", name="uq_ticket_branch_day_number"),
        sa.UniqueConstraint("request_id", name="uq_ticket_request_id"),
    )
    op.create_index(
        "ix_ticket_branch_state_due_id", "ticket", ["branch", "state", "due", "id"], unique=False
    )
    op.create_index("ix_ticket_finished_at", "ticket", ["finished_at"], unique=False)
    op.create_index("ix_ticket_state_lease_until", "ticket", ["state", "lease_until"], unique=False)
    op.create_table(
        "alarm",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("branch", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.Column("ticket_id", sa.String(), nullable=True),
        sa.Column("raised_at", TIME, nullable=False),
        sa.Column("acknowledged_at", TIME, nullable=True),
        sa.Column("acknowledged_by", sa.String(), nullable=True),
        sa.Column("coming_at", TIME, nullable=True),
        sa.Column("coming_by", sa.String(), nullable=True),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_alarm_ticket_id_ticket"),
        sa.PrimaryKeyConstraint("id", name="pk_alarm"),
    )
    op.create_index(
        "uq_alarm_open",
        "alarm",
        ["kiosk", "branch", "kind", "exercise"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "change",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_change_ticket_id_ticket"),
        sa.PrimaryKeyConstraint("seq", name="pk_change"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_change_ticket_id_undone_seq", "change", ["ticket_id", "undone", "seq"], unique=False
    )
    op.create_table(
        "escalation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("task_id", sa.String(), nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("answered_at", TIME, nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name="fk_escalation_ticket_id_ticket"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_escalation"),
    )
    op.create_index("ix_escalation_ticket_id", "escalation", ["ticket_id"], unique=False)
    op.create_table(
        "personal",
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_personal_ticket_id_ticket"),
        sa.PrimaryKeyConstraint("ticket_id", "kind", "ref", name="pk_personal"),
    )
    op.create_table(
        "survey",
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("scale", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_survey_ticket_id_ticket"),
        sa.PrimaryKeyConstraint("ticket_id", name="pk_survey"),
    )
    op.create_table(
        "task",
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("lane", sa.String(length=1), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_at", TIME, nullable=True),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("told_at", TIME, nullable=True),
        sa.Column("appointment", TIME, nullable=True),
        sa.Column("explained_in", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_task_ticket_id_ticket"),
        sa.PrimaryKeyConstraint("ticket_id", "id", name="pk_task"),
    )
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{event.lower()} BEFORE {event} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        )
