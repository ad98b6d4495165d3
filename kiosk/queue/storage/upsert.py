"""Insert or, where the row is there already, update: the one form that no engine shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


@dataclass(frozen=True, slots=True)
class Upsert:
    """How a row goes into a table where one with its primary key may be there already.

    On that one `sets` takes the new row's values and `adds` is raised by one. Made once, like
    every statement that is executed often: building it costs more than executing it.
    """

    table: Table
    sets: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    returning: tuple[str, ...] = ()

    def __call__(self, connection: Connection, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """The columns of `returning` as they are afterwards.

        The row is locked until the transaction ends.
        """
        result = connection.execute(statement(connection.dialect.name, self), row)
        return tuple(result.one()) if self.returning else ()


@cache
def statement(engine: str, made: Upsert) -> Executable:
    """The statement for one engine, by its name in SQLAlchemy."""
    table = made.table
    # Alike, but for the clause that each compiles.
    dialect: Any = {"sqlite": sqlite, "postgresql": postgresql}[engine]
    insert = dialect.insert(table)
    found: Any = insert.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={
            **{name: insert.excluded[name] for name in made.sets},
            **{name: table.c[name] + 1 for name in made.adds},
        },
    )
    if made.returning:
        found = found.returning(*(table.c[name] for name in made.returning))
    done: Executable = found
    return done
