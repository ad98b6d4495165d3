"""Bring a database to the newest form; a fresh one is made the same way."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

#: The table that says which form a database has.
MARK = "alembic_version"
MIGRATIONS = Path(__file__).parent / "migrations"


def forms() -> list[str]:
    """The revisions of all migrations, by the names of their files: v0001_first.py is 0001."""
    return sorted(path.stem[1:5] for path in (MIGRATIONS / "versions").glob("v*.py"))


def newest() -> str:
    """The revision of the last migration."""
    return forms()[-1]


def upgrade(engine: Engine) -> None:
    """Run all migrations that are missing, in one transaction."""
    with engine.begin() as connection:
        if _form(connection) != newest():
            _migrate(connection)


def _form(connection: Connection) -> str | None:
    """The revision that a database has, if any."""
    if not inspect(connection).has_table(MARK):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {MARK}"))  # noqa: S608 (our own name)
    return found


def _migrate(connection: Connection) -> None:
    # Taken late: a start that has nothing to migrate is a tenth of a second sooner.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
