"""Insert or, where the row is there already, update: the one form that no engine shares."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

#: What each engine calls it; both then take `on_conflict_do_update` and `returning`.
_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def upsert(
    connection: Connection,
    table: Table,
    row: Mapping[str, Any],
    instead: Mapping[str, Any],
    returning: Collection[ColumnElement[Any]] = (),
) -> tuple[Any, ...]:
    """Insert `row`; where one with its primary key is there, set `instead` on that one.

    Gives the columns of `returning` as they are afterwards. The row is locked until the
    transaction ends.
    """
    new = _INSERT[connection.dialect.name](table).values(**row)
    statement = new.on_conflict_do_update(
        index_elements=list(table.primary_key.columns), set_=dict(instead)
    )
    if not returning:
        connection.execute(statement)
        return ()
    return tuple(connection.execute(statement.returning(*returning)).one())
