"""The table of booked calls in sign: ids, times and the names of colleagues."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, UniqueConstraint

from kiosk.queue.storage.columns import UtcTime
from kiosk.queue.storage.tables import METADATA

#: Calls in sign that are booked for later, also of requests that have no ticket yet.
SIGN_CALLS = Table(
    "sign_calls",
    METADATA,
    Column("request_id", String, primary_key=True),
    Column("branch", String, nullable=False),
    Column("officer", String, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("booked_at", UtcTime, nullable=False),
    UniqueConstraint("branch", "officer", "at"),
)
