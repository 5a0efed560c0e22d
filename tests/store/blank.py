"""A store for each test without running the migrations each time."""

import tempfile
from functools import lru_cache
from pathlib import Path

from store.opening import Store, open_store


def blank_store(file: Path) -> Store:
    """Open an empty store in a file: a copy of one that was made once."""
    file.write_bytes(_template())
    return open_store(f"sqlite:///{file}")


@lru_cache(maxsize=1)
def _template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "congvan.sqlite"
        open_store(f"sqlite:///{file}").close()
        return file.read_bytes()
