import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.record import Record
from store.filing import file_record
from store.ledger import claim, register
from store.opening import Store
from store.owner import new_owner
from tests.store.blank import blank_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file of its own."""
    opened = blank_store(tmp_path / "congvan.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def file(store: Store) -> Callable[[Record], int]:
    """File records the way a sweep does, and give their numbers."""

    def file(record: Record) -> int:
        number = register(store, record.source.sha256).id
        held = claim(store, number, new_owner(), dt.timedelta(minutes=1))
        assert held
        file_record(store, held, record, record.source.name)
        return number

    return file
