import dataclasses
import datetime as dt
import errno
import os
import time
import unicodedata
from pathlib import Path

import pytest

from flows import moving
from flows.arrivals import Mark, mark_of
from flows.inbox import Sweeper, drain
from flows.outcome import End
from models.errors import MissingToolError
from store.archive import archived, hash_of
from store.ledger import claim, register
from store.listing import list_files, show_file
from store.search import search
from tests.flows.conftest import Office, read


def test_a_dropped_file_becomes_a_searchable_record(office: Office) -> None:
    """Drop, drain, search: the main job; the original lies unchanged in done and in the archive."""
    office.drop("công văn.txt", "Sửa đường làng")
    before = hash_of(office.settings.inbox / "công văn.txt")
    assert drain(office.inbox()) == 0
    assert [hit.text for hit in search(office.store, "duong")] == ["Sửa đường làng"]
    assert office.names() == []
    assert hash_of(office.settings.inbox / "done" / "công văn.txt") == before
    kept = archived(office.settings.archive, before)
    assert hash_of(kept) == before
    assert kept.stat().st_mode & 0o777 == 0o600
    assert office.settings.data.stat().st_mode & 0o777 == 0o700
    assert [listed.name for listed in list_files(office.store)] == ["công văn.txt"]


def test_the_same_content_is_processed_once(office: Office) -> None:
    """A second file with the same content is recognised, told in the history, and moved."""
    office.drop("a.txt")
    office.drop("b.txt")
    assert office.sweep() == [End.DONE, End.SEEN_AGAIN]
    office.drop("a.txt")
    assert office.sweep() == [End.SEEN_AGAIN]
    assert office.states() == ["done"]
    assert office.names("done") == ["a (2).txt", "a.txt", "b.txt"]
    assert [(e.what, e.detail) for e in show_file(office.store, 1).history] == [
        ("received", "a.txt"), ("done", None), ("seen again", "b.txt"), ("seen again", "a.txt"),
    ]  # fmt: skip


def test_one_name_twice_overwrites_nothing(office: Office) -> None:
    """Two contents under one name end side by side."""
    for content in ("một", "hai", "ba"):
        office.drop("cv.txt", content)
        office.sweep()
    done = office.settings.inbox / "done"
    assert {p.name: p.read_text() for p in done.iterdir()} == {
        "cv.txt": "một", "cv (2).txt": "hai", "cv (3).txt": "ba"
    }  # fmt: skip


def test_a_bad_file_is_set_aside_with_its_reason(office: Office) -> None:
    """Quarantine says in Vietnamese what is wrong and what to do; the file stays as it was."""
    office.drop("hỏng.pdf", "HONG")
    office.drop("khóa.pdf", "KHOA")
    assert office.sweep() == [End.QUARANTINED] * 2
    assert office.names("quarantine/unreadable") == ["hỏng.pdf", "hỏng.pdf.reason.txt"]
    note = (office.settings.inbox / "quarantine/unreadable/hỏng.pdf.reason.txt").read_text()
    assert "Không đọc được tệp" in note
    assert "Việc cần làm:" in note
    assert office.names("quarantine/encrypted") == ["khóa.pdf", "khóa.pdf.reason.txt"]
    assert [(listed.state, listed.reason) for listed in list_files(office.store)] == [
        ("quarantined", "unreadable"), ("quarantined", "encrypted")
    ]  # fmt: skip


def test_a_quarantined_file_dropped_again_is_tried_again(office: Office) -> None:
    """After the cause is gone the same content passes."""
    office.drop("cv.txt", "HONG")
    office.sweep()
    (office.settings.inbox / "quarantine/unreadable/cv.txt").rename(office.settings.inbox / "cv.txt")

    def mended(path: Path) -> object:
        record = read_text(path)
        return record

    assert office.sweep(mended) == [End.DONE]  # type: ignore[arg-type]
    assert office.states() == ["done"]


def read_text(path: Path) -> object:
    """Read any text, whatever words it holds."""
    from tests.store.dispatches import letter

    return letter(path.read_text())


def test_notes_never_overwrite_files(office: Office) -> None:
    """A dropped file that is called like a note keeps its content."""
    office.drop("a.txt.reason.txt", "HONG thật")
    office.sweep()
    office.drop("a.txt", "HONG nữa")
    office.sweep()
    folder = office.settings.inbox / "quarantine/unreadable"
    assert (folder / "a.txt.reason.txt").read_text() == "HONG thật"
    assert (folder / "a (2).txt").read_text() == "HONG nữa"


def test_nothing_of_a_secret_file_is_kept(office: Office) -> None:
    """The file stays where it is; the ledger knows hash, state and time; no byte of it is anywhere else."""
    office.drop("tên-bí-ẩn.txt", "MAT nội dung riêng")
    assert office.sweep() == [End.WITHHELD]
    assert office.names() == ["tên-bí-ẩn.txt"]
    listed = list_files(office.store)[0]
    assert (listed.state, listed.name, listed.reason, listed.subject) == ("withheld", None, None, None)
    assert show_file(office.store, 1).history == ()
    for place in office.settings.data.rglob("*"):
        if place.is_file() and place.parent != office.settings.inbox:
            content = place.read_bytes()
            assert "bí-ẩn".encode() not in content
            assert "nội dung riêng".encode() not in content


def test_a_withheld_file_is_left_alone_later(office: Office) -> None:
    """Later sweeps skip it, by its hash and within one process without reading it; nothing is left to do."""
    path = office.drop("x.txt", "MAT")
    assert drain(office.inbox()) == 0
    assert drain(office.inbox(never)) == 0
    sweeper = Sweeper.over(office.inbox(never))
    sweeper.stillness.seconds = 0
    sweeper.look().run()
    assert sweeper.look().is_empty
    assert path.exists()


def never(path: Path) -> object:
    """Fail when asked to read."""
    raise AssertionError(path)


def test_a_file_that_grows_is_waited_for(office: Office) -> None:
    """Nothing is read before it has been still long enough, also what lay there at the start."""
    now = 100.0
    path = office.drop("lớn.txt", "một")
    os.utime(path, (1, 1))  # an old date set by a copying program proves nothing
    sweeper = Sweeper.over(office.inbox())
    sweeper.stillness.seconds = 2
    sweeper.stillness.clock = lambda: now
    for more in ("hai", "ba"):
        assert sweeper.look().is_empty
        now += 1.9
        assert sweeper.look().is_empty
        with path.open("a") as file:
            file.write(more)
        now += 1.9
    assert sweeper.look().is_empty
    now += 2
    assert [arrival.path for arrival in sweeper.look().ready] == [path]


def test_an_unfinished_pdf_is_waited_for_longer(office: Office) -> None:
    """A PDF without its end mark gets five times the wait; bytes after the mark don't matter."""
    now = 100.0
    office.drop("đang chép.pdf", b"%PDF-1.7 ...")
    office.drop("đủ.pdf", b"%PDF-1.7 ... %%EOF" + b"\0" * 100_000)
    sweeper = Sweeper.over(office.inbox())
    sweeper.stillness.seconds = 2
    sweeper.stillness.clock = lambda: now
    sweeper.look()
    now += 2
    assert [arrival.name for arrival in sweeper.look().ready] == ["đủ.pdf"]
    now += 8
    assert [arrival.name for arrival in sweeper.look().ready] == ["đang chép.pdf", "đủ.pdf"]


@pytest.mark.parametrize(
    "name",
    [".~lock", ".DS_Store", "Thumbs.db", "~$cv.docx", "cv.pdf.part", "cv.pdf.crdownload", "cv.tmp", "desktop.ini"],
)
def test_system_and_unfinished_files_are_ignored(office: Office, name: str) -> None:
    """What is no dispatch stays untouched and unregistered."""
    office.drop(name)
    assert drain(office.inbox(never)) == 0
    assert office.names() == [name]
    assert office.states() == []


def test_links_and_pipes_are_refused_unread(office: Office, tmp_path: Path) -> None:
    """A link's target is neither read nor moved; a pipe doesn't hang the sweep."""
    target = tmp_path / "ngoài.txt"
    target.write_text("riêng")
    (office.settings.inbox / "liên kết.txt").symlink_to(target)
    os.mkfifo(office.settings.inbox / "ống.txt")
    assert drain(office.inbox(never)) == 0
    assert office.names() == []
    folder = office.settings.inbox / "quarantine/not-a-file"
    assert sorted(p.name for p in folder.iterdir()) == [
        "liên kết.txt", "liên kết.txt.reason.txt", "ống.txt", "ống.txt.reason.txt"
    ]  # fmt: skip
    assert target.read_text() == "riêng"
    assert office.states() == []


NAMES = [
    unicodedata.normalize("NFD", "công văn đến.txt"),
    "a" * 251 + ".txt",
    "ấ" * 85,
    "$(touch x).txt",
    "'; DROP TABLE files;--.txt",
    "-rf",
    "hai\ndòng.txt",
    "\x1b[31mđỏ.txt",
    "%s{0}.txt",
    "dấu cách .txt ",
    os.fsdecode(b"latin\xe9.txt"),
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
@pytest.mark.parametrize("content", ["Sửa đường", "HONG"])
def test_any_name_is_handled(office: Office, name: str, content: str) -> None:
    """Names of other systems, too long for a suffix, or written to do harm, end as others do."""
    for _ in range(2):
        office.drop(name, content)
        office.sweep()
    folder = office.settings.inbox / ("done" if content != "HONG" else "quarantine/unreadable")
    left = [p for p in folder.iterdir() if not p.name.endswith(".reason.txt")]
    assert len(left) == 2
    assert folder / name in left
    assert len(list(folder.iterdir())) == (2 if content != "HONG" else 4)
    listed = list_files(office.store)[0].name
    assert listed is not None
    assert unicodedata.is_normalized("NFC", listed)


def test_a_file_that_vanishes_is_no_trouble(office: Office) -> None:
    """Gone between look and read, or while it is read: the sweep goes on, nothing is recorded as processed."""
    path = office.drop("a.txt")
    office.drop("b.txt", "hai")
    sweeper = Sweeper.over(office.inbox())
    sweeper.stillness.seconds = 0
    sweep = sweeper.look()
    path.unlink()
    sweep.run()
    assert [outcome.end for outcome in sweep.outcomes] == [End.CHANGED, End.DONE]

    def gone(path: Path) -> object:
        path.unlink()
        return read(path)

    office.drop("c.txt", "ba")
    assert office.sweep(gone) == [End.CHANGED]  # type: ignore[arg-type]
    assert office.states() == ["done", "received"]


def test_a_file_replaced_while_it_is_read_is_read_anew(office: Office) -> None:
    """What is committed is what was read; the newer content stays and gets its own turn."""
    path = office.drop("a.txt", "cũ")

    def slow(path: Path) -> object:
        record = read(path)
        office.drop("a.txt", "mới hơn")
        return record

    assert office.sweep(slow) == [End.CHANGED]  # type: ignore[arg-type]
    assert path.read_text() == "mới hơn"
    assert office.sweep() == [End.DONE]
    assert office.states() == ["received", "done"]


def test_a_long_reading_keeps_its_claim(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes longer than the lease isn't taken over while its reader lives."""
    lease = dt.timedelta(seconds=0.3)
    monkeypatch.setattr("flows.dispatch.LEASE", lease)
    taken_over: list[object] = []

    def slow(path: Path) -> object:
        for _ in range(8):
            time.sleep(0.1)
            taken_over.append(claim(office.store, 1, "another", lease))
        return read(path)

    office.drop("a.txt")
    assert office.sweep(slow) == [End.DONE]  # type: ignore[arg-type]
    assert taken_over == [None] * 8


def test_a_missing_tool_leaves_the_file(office: Office) -> None:
    """When this machine can't, the file waits where it is, and the exit status says why."""

    def lacking(path: Path) -> object:
        raise MissingToolError("tesseract")

    office.drop("a.txt")
    assert drain(office.inbox(lacking)) == 7  # type: ignore[arg-type]
    assert office.names() == ["a.txt"]
    assert office.states() == ["received"]
    assert drain(office.inbox()) == 0
    assert office.states() == ["done"]


@pytest.mark.parametrize(
    "error", [ValueError("lời trong văn bản"), OSError("image file is truncated"), RecursionError()]
)
def test_an_unforeseen_error_sets_the_file_aside(office: Office, error: Exception) -> None:
    """The note tells where it happened, and nothing that the document says."""

    def broken(path: Path) -> object:
        raise error

    office.drop("a.txt")
    assert office.sweep(broken) == [End.QUARANTINED]  # type: ignore[arg-type]
    note = (office.settings.inbox / "quarantine/error/a.txt.reason.txt").read_text()
    assert "in broken" in note
    assert "lời trong văn bản" not in note


def test_a_full_disk_loses_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the archive can't be written nothing is committed, and the file waits."""
    monkeypatch.setattr("store.archive.os.write", _no_space)
    office.drop("a.txt")
    assert office.sweep() == [End.FAILED]
    assert office.names() == ["a.txt"]
    assert office.states() == ["received"]
    assert [p for p in office.settings.archive.rglob("*") if p.is_file()] == []
    monkeypatch.undo()
    assert office.sweep() == [End.DONE]


def _no_space(handle: int, data: bytes) -> int:
    raise OSError(28, "No space left on device")


def test_a_file_system_without_links_still_overwrites_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where names can't be linked they are held by an empty file first."""

    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("flows.moving.os.link", no_links)
    for content in ("một", "hai"):
        office.drop("cv.txt", content)
        assert office.sweep() == [End.DONE]
    done = office.settings.inbox / "done"
    assert {p.name: p.read_text() for p in done.iterdir()} == {"cv.txt": "một", "cv (2).txt": "hai"}


def test_a_folder_in_the_inbox_is_left_alone(office: Office) -> None:
    """Folders are not entered."""
    (office.settings.inbox / "thư mục").mkdir()
    (office.settings.inbox / "thư mục" / "a.txt").write_text("x")
    assert drain(office.inbox(never)) == 0
    assert (office.settings.inbox / "thư mục" / "a.txt").exists()


def test_an_empty_inbox_is_drained_at_once(office: Office) -> None:
    """Nothing to do is done without waiting."""

    def no_sleep(_: float) -> None:
        raise AssertionError

    assert drain(office.inbox(), no_sleep) == 0


def test_a_file_in_other_hands_is_waited_for_not_for_ever(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """`drain` doesn't say that nothing is left while another process reads a file."""
    path = office.drop("a.txt")
    other = claim(office.store, register(office.store, hash_of(path)).id, "elsewhere/1/1/x", dt.timedelta(hours=1))
    assert other
    monkeypatch.setattr("flows.inbox._PATIENCE_SECONDS", 3)
    slept: list[float] = []
    assert drain(office.inbox(), slept.append) == 1
    assert 3 <= sum(slept) < 4


def test_done_may_be_on_another_file_system(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither link nor rename leads over, the file is copied; nothing is left of a copy that fails."""

    def apart(*_: object, **__: object) -> Path:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    before = Path.replace

    def replace(path: Path, target: Path) -> Path:
        return apart() if path.parent == office.settings.inbox else before(path, target)

    monkeypatch.setattr(os, "link", apart)
    monkeypatch.setattr(Path, "replace", replace)
    real = mark_of
    done = office.settings.inbox / "done"

    def mark(path: Path) -> Mark | None:
        found = real(path)
        return found and (dataclasses.replace(found, device=found.device + 1) if path.parent == done else found)

    monkeypatch.setattr(moving, "mark_of", mark)
    office.drop("a.txt", "Sửa đường")
    with monkeypatch.context() as full:
        full.setattr(moving, "copy_whole", lambda *_: apart())
        assert office.sweep() == [End.FAILED]
    assert (office.names(), office.names("done")) == (["a.txt"], [])
    assert office.sweep() == [End.DONE]
    assert (office.names(), office.names("done")) == ([], ["a.txt"])
    assert (done / "a.txt").read_text() == "Sửa đường"
