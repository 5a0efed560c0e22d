"""The ledger of files, the dispatches and their search index, in SQLite or PostgreSQL."""
