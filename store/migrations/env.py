"""Alembic's entry: runs the migrations on the connection that `store.upgrade` hands in, in its transaction."""

from alembic import context

from store.tables import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
context.run_migrations()
