import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from flows.dispatch import Inbox
from flows.inbox import Sweeper, make_folders
from flows.outcome import End, Outcome
from models.errors import EncryptedFileError, SecretDocumentError, UnreadableFileError
from models.record import Letterhead, PageText, Record, Source, Text
from models.settings import Settings
from store.listing import list_files
from store.opening import Store
from store.owner import new_owner
from tests.store.blank import blank_store


def read(path: Path) -> Record:
    """Stand in for the pipeline: a text is its own record; some words in it make it fail as real files do."""
    content = path.read_bytes()
    for word, error in ((b"MAT", SecretDocumentError), (b"KHOA", EncryptedFileError), (b"HONG", UnreadableFileError)):
        if word in content:
            raise error
    return Record(
        source=Source(name=path.name, sha256=hashlib.sha256(content).hexdigest(), media_type="text/plain", pages=1),
        letterhead=Letterhead(number="412/SGTVT-QLKC", issuer="Sở Giao thông vận tải"),
        text=Text(pages=(PageText(number=1, origin="text layer", confidence=1, text=content.decode()),)),
    )


@dataclass
class Office:
    """A data folder with an inbox, and what was told while it was swept."""

    settings: Settings
    store: Store
    told: list[Outcome] = field(default_factory=list)

    def inbox(self, process: Callable[[Path], Record] = read) -> Inbox:
        """Give the inbox as a process of its own would see it."""
        return Inbox(self.settings, self.store, process, new_owner(), self.told.append)

    def drop(self, name: str, content: str | bytes = "Sửa đường") -> Path:
        """Put a file into the inbox."""
        path = self.settings.inbox / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def sweep(self, process: Callable[[Path], Record] = read) -> list[End]:
        """Sweep until files have been still for long enough, and give how they ended."""
        sweeper = Sweeper.over(self.inbox(process))
        sweeper.stillness.seconds = 0
        sweep = sweeper.look()
        sweep.run()
        return [outcome.end for outcome in sweep.outcomes]

    def names(self, folder: str = "") -> list[str]:
        """List a folder of the inbox."""
        place = self.settings.inbox / folder
        return sorted(p.name for p in place.iterdir() if not p.is_dir()) if place.is_dir() else []

    def states(self) -> list[str]:
        """Give the state of every file in the ledger."""
        return [listed.state for listed in list_files(self.store)]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An empty office in a folder with spaces and accents in its name."""
    settings = Settings(data=tmp_path / "dữ liệu văn thư", settle_seconds=0.05, rescan_seconds=0.2)
    make_folders(settings)
    store = blank_store(settings.data / "congvan.sqlite")
    yield Office(settings, store)
    store.close()
