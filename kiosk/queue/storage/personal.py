"""The sealed rows: requests, results, notes, reasons and comments, all in one table."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, delete, select

from kiosk.queue.storage.crypto import Sealer
from kiosk.queue.storage.tables import PERSONAL
from kiosk.queue.storage.upsert import Upsert
from kiosk.queue.tickets.views import Note

Kind = Literal["request", "result", "note", "escalation_answer", "comment", "code"]
MAX_WORDS = 2000
_OF_KIND = (
    select(PERSONAL)
    .where(PERSONAL.c.ticket_id == bindparam("ticket"), PERSONAL.c.kind == bindparam("of"))
    .order_by(PERSONAL.c.at, PERSONAL.c.ref)
)
_PUT = Upsert(PERSONAL, sets=("at", "by", "sealed"))


def put(
    connection: Connection,
    sealer: Sealer,
    ticket_id: str,
    kind: Kind,
    ref: str,
    words: str,
    now: datetime,
    by: str,
) -> None:
    """Seal words for a ticket; the same kind and ref are replaced."""
    put_sealed(connection, ticket_id, kind, ref, sealer.seal(ticket_id, words.encode()), now, by)


def put_sealed(
    connection: Connection,
    ticket_id: str,
    kind: Kind,
    ref: str,
    sealed: bytes,
    now: datetime,
    by: str,
) -> None:
    place = {"ticket_id": ticket_id, "kind": kind, "ref": ref}
    _PUT(connection, {**place, "at": now, "by": by, "sealed": sealed})


def sealed_of(connection: Connection, ticket_id: str, kind: Kind, ref: str = "") -> bytes | None:
    """The sealed bytes; empty once erased, None if there never were any."""
    query = select(PERSONAL.c.sealed).where(
        PERSONAL.c.ticket_id == ticket_id, PERSONAL.c.kind == kind, PERSONAL.c.ref == ref
    )
    return connection.execute(query).scalar_one_or_none()


def words_of(connection: Connection, sealer: Sealer, ticket_id: str, kind: Kind) -> dict[str, Note]:
    """All words of one kind that are still there, by their ref, oldest first."""
    return {
        row["ref"]: Note(
            row["at"],
            row["by"],
            row["ref"].partition("/")[0],
            sealer.open(ticket_id, row["sealed"]).decode(),
        )
        for row in connection.execute(_OF_KIND, {"ticket": ticket_id, "of": kind}).mappings()
        if row["sealed"]
    }


def erase(connection: Connection, ticket_id: str, kind: Kind, ref: str) -> None:
    connection.execute(
        delete(PERSONAL).where(
            PERSONAL.c.ticket_id == ticket_id, PERSONAL.c.kind == kind, PERSONAL.c.ref == ref
        )
    )
