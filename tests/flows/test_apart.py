"""Files are read in a process of their own: what that process dies of is told as an error of the file."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows import apart
from flows.apart import UnforeseenError, process_apart
from models.errors import CongvanError, EncryptedFileError, OverLimitError, SecretDocumentError, UnreadableFileError
from models.office import Office
from models.record import Record, Source
from models.settings import Settings

OFFICE = Office(name="Sở Nội vụ", province="Quảng Ngãi")
SETTINGS = Settings(page_seconds=1)
WORDS = "chữ của văn bản"


def read(path: Path, settings: Settings, office: Office, alive: Callable[[], None]) -> Record:
    """Do as the file's name says; runs in the reading process."""
    return globals()[path.name](settings, alive)  # type: ignore[no-any-return]


def reads(settings: Settings, alive: Callable[[], None]) -> Record:
    return Record(source=Source(name="vb.pdf", sha256="0" * 64, media_type="application/pdf", pages=1))


def needs_a_password(settings: Settings, alive: Callable[[], None]) -> Record:
    raise EncryptedFileError("cv 12")


def is_secret(settings: Settings, alive: Callable[[], None]) -> Record:
    raise SecretDocumentError


def hangs(settings: Settings, alive: Callable[[], None]) -> Record:
    time.sleep(60)
    raise AssertionError


def works_on(settings: Settings, alive: Callable[[], None]) -> Record:
    for _ in range(8):
        time.sleep(0.1)
        alive()
    return reads(settings, alive)


def swells(settings: Settings, alive: Callable[[], None]) -> Record:
    assert bytearray(settings.max_memory_megabytes * 1_000_000)
    raise AssertionError


def dies(settings: Settings, alive: Callable[[], None]) -> Record:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def is_killed(settings: Settings, alive: Callable[[], None]) -> Record:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def ends_early(settings: Settings, alive: Callable[[], None]) -> Record:
    os._exit(1)


def finds_the_disk_full(settings: Settings, alive: Callable[[], None]) -> Record:
    raise OSError(28, "No space left on device", "mật.pdf")


def stumbles(settings: Settings, alive: Callable[[], None]) -> Record:
    raise KeyError(WORDS)


def outcome(name: str) -> Record | Exception:
    try:
        return process_apart(Path(name), SETTINGS, OFFICE, read)
    except Exception as error:
        return error


def test_the_record_comes_back_whole() -> None:
    """What the reading process made is what the caller gets."""
    assert outcome("reads") == reads(SETTINGS, lambda: None)


@pytest.mark.parametrize(
    ("name", "kind", "detail"),
    [
        ("needs_a_password", EncryptedFileError, "cv 12"),
        ("is_secret", SecretDocumentError, ""),
        ("swells", OverLimitError, "tệp cần hơn 3000 MB bộ nhớ"),
        ("dies", UnreadableFileError, "chương trình đọc dừng đột ngột vì tệp này"),
    ],
)
def test_an_error_comes_back_as_itself(name: str, kind: type[CongvanError], detail: str) -> None:
    """Errors of ours keep kind and words; too much memory and sudden death are errors of the file."""
    error = outcome(name)
    assert type(error) is kind
    assert isinstance(error, CongvanError)
    assert error.detail == detail


def test_who_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that gives no sign of life is over the limit of time, and doesn't live on."""
    monkeypatch.setattr(apart, "CALLS_PER_PAGE", 0.4)
    started = time.monotonic()
    assert isinstance(outcome("hangs"), OverLimitError)
    assert time.monotonic() - started < 30


def test_who_works_on_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the time without a sign of life counts, not the whole."""
    monkeypatch.setattr(apart, "CALLS_PER_PAGE", 0.6)
    assert isinstance(outcome("works_on"), Record)


def test_trouble_of_the_machine_stays_the_machines() -> None:
    """A full disk, a kill from outside and a process that can't start say nothing about the file."""
    full = outcome("finds_the_disk_full")
    assert isinstance(full, OSError)
    assert (full.errno, full.filename) == (28, None)
    assert isinstance(outcome("is_killed"), MemoryError)
    assert isinstance(outcome("ends_early"), OSError)


def test_an_unforeseen_error_tells_its_place_without_its_words() -> None:
    """The message of any other error may hold words of the document; where it happened doesn't."""
    error = outcome("stumbles")
    assert isinstance(error, UnforeseenError)
    assert error.kind == "KeyError"
    assert "in stumbles" in error.frames
    assert WORDS not in str(error)
