"""Bring a database to the newest form; a fresh one is made the same way."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"


def newest() -> str:
    """The revision of the last migration, by the name of its file: v0001_first.py is 0001."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("v*.py"))[1:5]


def upgrade(engine: Engine) -> None:
    """Run all migrations that are missing, in one transaction."""
    with engine.begin() as connection:
        if _form(connection) != newest():
            _migrate(connection)


def _form(connection: Connection) -> str | None:
    """The revision that a database has, if any."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _migrate(connection: Connection) -> None:
    # Taken late: a start that has nothing to migrate is a tenth of a second sooner.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
