"""Bring a database's tables to the present shape: Alembic's migrations, run by the program itself.

A database that is up to date is recognised without loading Alembic, which keeps short commands short.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

_MIGRATIONS = Path(__file__).parent / "migrations"

# The newest migration; a test holds it against Alembic's own idea.
HEAD = max(path.stem.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, inside the connection's transaction."""
    if inspect(connection).has_table("alembic_version"):
        present = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if present == HEAD:
            return
    from alembic import command
    from alembic.config import Config

    config = Config()
    # Alembic reads % as the start of a substitution.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
