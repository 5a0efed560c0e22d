import os
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from store.archive import ChangedMeanwhileError, archived, hash_of, keep
from store.errors import DamagedDatabaseError, StoreUnavailableError, UnsupportedDatabaseError
from store.opening import Store, open_store
from store.tables import Table
from store.upgrade import HEAD


def test_the_migrations_make_the_tables_the_program_expects(store: Store) -> None:
    """Models and migrations don't drift apart."""
    with store.engine.connect() as connection:
        drift = [
            step
            for step in compare_metadata(MigrationContext.configure(connection), Table.metadata)
            if "search_index" not in str(step)
        ]
        assert drift == []
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD


def test_the_newest_migration_is_alembics_head() -> None:
    """The short cut that saves loading Alembic agrees with it."""
    from alembic.script import ScriptDirectory

    import store.upgrade

    migrations = Path(store.upgrade.__file__).parent / "migrations"
    assert ScriptDirectory(str(migrations)).get_current_head() == HEAD


def test_the_database_is_private(tmp_path: Path) -> None:
    """Folder, database and its side files are readable by their owner alone, whatever the umask."""
    before = os.umask(0)
    try:
        store = open_store(f"sqlite:///{tmp_path / 'mới' / 's.sqlite'}")
        with store.write() as session:
            session.execute(text("DELETE FROM files"))
        modes = {p.name: p.stat().st_mode & 0o777 for p in (tmp_path / "mới").iterdir()}
        store.close()
    finally:
        os.umask(before)
    assert (tmp_path / "mới").stat().st_mode & 0o777 == 0o700
    assert len(modes) == 3
    assert set(modes.values()) == {0o600}


def test_a_store_opened_by_many_at_once_is_made_once(tmp_path: Path) -> None:
    """The first start of several processes doesn't trip over its own migrations."""
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    opened: list[Store] = []
    threads = [threading.Thread(target=lambda: opened.append(open_store(url))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    for store in opened:
        store.close()


def test_settings_of_each_connection(store: Store) -> None:
    """Write-ahead log, foreign keys, overwritten deletions, patience."""
    with store.read() as session:
        said = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "foreign_keys", "secure_delete", "busy_timeout", "synchronous")
        }
    assert said == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 30000,
        "synchronous": 2,
    }


@pytest.mark.parametrize("url", ["postgresql://localhost/x", "mysql://x", "not a url", ""])
def test_other_databases_are_refused_in_words(url: str) -> None:
    """What isn't supported says so instead of failing somewhere."""
    with pytest.raises(UnsupportedDatabaseError):
        open_store(url)


def test_a_database_that_cant_be_opened_says_so(tmp_path: Path) -> None:
    """A folder in the file's place, or a folder that can't be made."""
    (tmp_path / "s.sqlite").mkdir()
    (tmp_path / "tệp").write_text("")
    for place in (tmp_path / "s.sqlite", tmp_path / "tệp" / "s.sqlite"):
        with pytest.raises(StoreUnavailableError):
            open_store(f"sqlite:///{place}")


def test_an_error_tells_no_values(store: Store) -> None:
    """What a statement carried stays out of its error."""
    with pytest.raises(StoreUnavailableError) as caught, store.write() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "lời văn"})
    assert isinstance(caught.value.__cause__, OperationalError)
    assert "lời văn" not in str(caught.value.__cause__)


def test_a_copy_counts_only_when_it_is_whole(tmp_path: Path) -> None:
    """The archive holds content under its hash, or nothing; a broken copy is replaced."""
    source = tmp_path / "a.pdf"
    source.write_bytes(b"x" * 3_000_000)
    sha256 = hash_of(source)
    place = keep(tmp_path / "archive", source, sha256)
    assert place == archived(tmp_path / "archive", sha256)
    place.chmod(0o600)
    place.write_bytes(b"broken")
    keep(tmp_path / "archive", source, sha256)
    assert hash_of(place) == sha256
    assert [p.name for p in place.parent.iterdir()] == [sha256]


def test_a_source_that_changed_isnt_kept(tmp_path: Path) -> None:
    """Nothing is archived under a hash that isn't its own."""
    source = tmp_path / "a.pdf"
    source.write_bytes(b"new")
    with pytest.raises(ChangedMeanwhileError):
        keep(tmp_path / "archive", source, "0" * 64)
    assert [p for p in (tmp_path / "archive").rglob("*") if p.is_file()] == []


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """A link put in a file's place gives nothing away."""
    (tmp_path / "secret").write_text("x")
    (tmp_path / "a.pdf").symlink_to(tmp_path / "secret")
    with pytest.raises(OSError, match="symbolic"):
        hash_of(tmp_path / "a.pdf")


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    """A file that is no database says so, and what to do; it is left as it is."""
    file = tmp_path / "congvan.sqlite"
    file.write_bytes(b"no database " * 500)
    with pytest.raises(DamagedDatabaseError) as raised:
        open_store(f"sqlite:///{file}")
    assert raised.value.exit_code == 1
    assert file.read_bytes().startswith(b"no database")
