"""Open the store: make the database file private, bring its tables up to date, hand out sessions.

The only place that knows which database it is. Every transaction is one `read` or one `write`; a write takes
SQLite's lock at its start, so that two writers queue instead of failing half way.
"""

import datetime as dt
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.orm import Session

from store.errors import DamagedDatabaseError, StoreUnavailableError, UnsupportedDatabaseError
from store.upgrade import upgrade

# How long a connection waits for another's write before it gives up; a commit takes milliseconds.
_BUSY_MILLISECONDS = 30_000

_WRITES = "congvan_writes"


def utc_now() -> dt.datetime:
    """Give the present moment."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Store:
    """An open database. `now` is the clock every row is stamped by."""

    engine: Engine
    now: Callable[[], dt.datetime] = utc_now

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that sees one moment of the database and changes nothing."""
        with _named_errors(), Session(self.engine, expire_on_commit=False) as session:
            yield session
            session.rollback()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session whose work is committed whole at the end, or not at all."""
        engine = self.engine.execution_options(**{_WRITES: True})
        with _named_errors(), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Let go of the database file."""
        self.engine.dispose()


def open_store(url: str, now: Callable[[], dt.datetime] = utc_now) -> Store:
    """Open the database at a URL, making or upgrading it as needed.

    Raises:
        UnsupportedDatabaseError: the URL isn't SQLite's.
        StoreUnavailableError: the file can't be made or opened.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise UnsupportedDatabaseError from error
    if address.get_backend_name() != "sqlite":
        raise UnsupportedDatabaseError(address.get_backend_name())
    if address.database:
        _make_private(Path(address.database))
    engine = create_engine(
        address,
        # Parameters hold text of documents, which must not reach a log through an error message.
        hide_parameters=True,
        json_serializer=partial(json.dumps, ensure_ascii=False),
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    store = Store(engine, now)
    with _named_errors(), engine.execution_options(**{_WRITES: True}).begin() as connection:
        upgrade(connection)
    return store


def _make_private(file: Path) -> None:
    """Create folder and file readable by their owner alone; SQLite's side files take over the file's mode."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        file.chmod(0o600)
    except OSError as error:
        raise StoreUnavailableError(error.strerror or "") from error


def _prepare(connection: Any, _: object) -> None:
    # The driver's own idea of when a transaction begins misses reads and table changes; `_begin` says it instead.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {_BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",  # a commit must survive a power cut: the inbox file moves right after it
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise StoreUnavailableError(type(error.orig).__name__) from error
    except DatabaseError as error:
        # The driver's plain kind, with no name of its own, means a file that is none of SQLite's or is malformed.
        if type(error.orig) is not sqlite3.DatabaseError:
            raise
        raise DamagedDatabaseError from error
