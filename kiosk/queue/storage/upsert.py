"""Insert or, where the row is there already, update: the one form that no engine shares."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


@dataclass(frozen=True, slots=True)
class Upsert:
    """A row to insert; where one with its primary key is there, `instead` is set on that one."""

    table: Table
    row: Mapping[str, Any]
    instead: Mapping[str, Any]
    returning: Collection[ColumnElement[Any]] = ()

    def on(self, engine: str) -> Executable:
        """The statement for one engine, by its name in SQLAlchemy."""
        # Alike, but for the clause that each compiles.
        dialect: Any = {"sqlite": sqlite, "postgresql": postgresql}[engine]
        statement = dialect.insert(self.table).values(**self.row)
        statement = statement.on_conflict_do_update(
            index_elements=list(self.table.primary_key.columns), set_=dict(self.instead)
        )
        found: Executable = statement.returning(*self.returning) if self.returning else statement
        return found


def upsert(
    connection: Connection,
    table: Table,
    row: Mapping[str, Any],
    instead: Mapping[str, Any],
    returning: Collection[ColumnElement[Any]] = (),
) -> tuple[Any, ...]:
    """Execute an `Upsert`; the columns of `returning` as they are afterwards.

    The row is locked until the transaction ends.
    """
    statement = Upsert(table, row, instead, returning).on(connection.dialect.name)
    result = connection.execute(statement)
    return tuple(result.one()) if returning else ()
