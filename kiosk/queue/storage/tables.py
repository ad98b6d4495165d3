"""The tables. What is personal lies sealed in `personal` alone; the rest holds ids and times."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from kiosk.queue.storage.columns import UtcTime

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _ticket_ref() -> Column[Any]:
    return Column("ticket_id", String, ForeignKey("ticket.id"), nullable=False)


SETTING = Table(
    "setting",
    METADATA,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

COUNTER = Table(
    "counter",
    METADATA,
    Column("branch", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("lane", String(1), primary_key=True),
    Column("last", Integer, nullable=False),
)

TICKET = Table(
    "ticket",
    METADATA,
    Column("id", String, primary_key=True),
    Column("request_id", String, nullable=False),
    Column("branch", String, nullable=False),
    Column("kiosk", String, nullable=False),
    Column("day", String, nullable=False),
    Column("lane", String(1), nullable=False),
    Column("number", String, nullable=False),
    Column("language", String, nullable=False),
    Column("presets", JSON, nullable=False),
    Column("flags", JSON, nullable=False),
    Column("services", JSON, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("counted", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("due", UtcTime, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime),
    Column("first_response_at", UtcTime),
    Column("coming_at", UtcTime),
    Column("called_at", UtcTime),
    Column("calls", Integer, nullable=False),
    Column("no_shows", Integer, nullable=False),
    Column("serving_at", UtcTime),
    Column("finished_at", UtcTime),
    Column("owner_id", String),
    Column("owner_name", String),
    Column("counter", String),
    Column("lease_until", UtcTime),
    Column("for_staff", String),
    Column("for_staff_name", String),
    Column("for_role", String),
    # What stands on the pager they were given.
    Column("pager", String),
    # The day it was last carried over to a later one, and by whom ("system": the day just ended).
    Column("carried_on", String),
    Column("carried_by", String),
    # Whose it was before it came back to the queue by itself, and why.
    Column("back_from", String),
    Column("back_why", String),
    # How the customer wants to be called, where they said so; a `kiosk.session.numbers.CallBy`.
    Column("call_by", String),
    Column("aids", JSON),
    UniqueConstraint("request_id"),
    UniqueConstraint("branch", "day", "number"),
    Index(None, "branch", "state", "due", "id"),
    Index(None, "branch", "owner_id", "state"),
    Index(None, "branch", "created_at"),
    Index(None, "branch", "number"),
    Index(None, "state", "lease_until"),
    Index(None, "finished_at"),
)

TASK = Table(
    "task",
    METADATA,
    Column("ticket_id", String, ForeignKey("ticket.id"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("service", String, nullable=False),
    Column("lane", String(1), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("started_at", UtcTime),
    Column("closed_at", UtcTime),
    Column("closed_by", String),
    Column("told_at", UtcTime),
    Column("appointment", UtcTime),
    Column("explained_in", String),
)

PERSONAL = Table(
    "personal",
    METADATA,
    Column("ticket_id", String, ForeignKey("ticket.id"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("ref", String, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("by", String, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

CHANGE = Table(
    "change",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _ticket_ref(),
    Column("at", UtcTime, nullable=False),
    Column("staff_id", String, nullable=False),
    Column("action", String, nullable=False),
    Column("before", JSON, nullable=False),
    Column("undone", Boolean, nullable=False),
    Index(None, "ticket_id", "undone", "seq"),
    sqlite_autoincrement=True,
)

ESCALATION = Table(
    "escalation",
    METADATA,
    Column("id", String, primary_key=True),
    _ticket_ref(),
    Column("task_id", String, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("opened_by", String, nullable=False),
    Column("answered_at", UtcTime),
    Column("answered_by", String),
    Column("withdrawn_at", UtcTime),
    Index(None, "ticket_id"),
)

#: Whose numbers run on by themselves: each branch has its own events and its own trail, so two
#: branches never wait for each other. `head` is the hash of the trail's newest row.
BRANCH = Table(
    "branch",
    METADATA,
    Column("id", String, primary_key=True),
    Column("events", Integer, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("head", String, nullable=False),
)

#: `trail` is the branch whose row numbers it: `branch` itself, except in rows from before branches
#: had numbers of their own. Those stay as they were hashed, in the trail that is no branch's.
AUDIT = Table(
    "audit",
    METADATA,
    Column("trail", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("who", String, nullable=False),
    Column("what", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("branch", String, nullable=False),
    Column("details", String, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
    Index(None, "subject"),
    Index(None, "at"),
)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("branch", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("topic", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("kind", String, nullable=False),
)

ALARM = Table(
    "alarm",
    METADATA,
    Column("id", String, primary_key=True),
    Column("branch", String, nullable=False),
    Column("kiosk", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("exercise", Boolean, nullable=False),
    Column("ticket_id", String, ForeignKey("ticket.id")),
    Column("raised_at", UtcTime, nullable=False),
    Column("acknowledged_at", UtcTime),
    Column("acknowledged_by", String),
    Column("coming_at", UtcTime),
    Column("coming_by", String),
    Column("closed_at", UtcTime),
    Column("closed_by", String),
    Column("about", String),
    Column("request_id", String),
    Index(None, "branch", "closed_at"),
    Index(None, "request_id"),
    # One open alarm of a kind at a kiosk; a drill never swallows a real one.
    Index(
        "uq_alarm_open",
        "kiosk",
        "branch",
        "kind",
        "exercise",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)

CONTACTED = Table(
    "contacted",
    METADATA,
    Column("id", String, primary_key=True),
    Column("branch", String, nullable=False),
    Column("contact", String, nullable=False),
    Column("alarm_id", String, ForeignKey("alarm.id")),
    Column("ticket_id", String, ForeignKey("ticket.id")),
    Column("at", UtcTime, nullable=False),
    Column("by", String, nullable=False),
    Index(None, "alarm_id"),
    Index(None, "ticket_id"),
)

SURVEY = Table(
    "survey",
    METADATA,
    Column("ticket_id", String, ForeignKey("ticket.id"), primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("score", Integer, nullable=False),
    Column("scale", Integer, nullable=False),
)

#: What a branch's day that is over comes to (`kiosk.queue.records.sums`), from `start` up to `end`.
DAY_SUM = Table(
    "day_sum",
    METADATA,
    Column("branch", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("start", UtcTime, nullable=False),
    Column("end", UtcTime, nullable=False),
    Column("sums", JSON, nullable=False),
)

STAFF = Table(
    "staff",
    METADATA,
    Column("id", String, primary_key=True),
    Column("username", String, nullable=False),
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("password", String, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("username"),
)

SIGN_IN = Table(
    "sign_in",
    METADATA,
    # A hash of what is slowed down: an address, a browser, a name.
    Column("name_hash", String, key="key", primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcTime, nullable=False),
    Column("locked_until", UtcTime),
)
