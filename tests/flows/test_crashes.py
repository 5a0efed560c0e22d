"""Stops at every step of a dispatch's way, then another sweep: everything ends once, nothing is lost."""

import hashlib
import multiprocessing
import os
import pkgutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.dispatch import Inbox
from flows.inbox import drain, make_folders
from flows.outcome import End
from models.record import Record
from models.settings import Settings
from store.archive import archived
from store.listing import list_files, show_file
from store.opening import open_store
from store.owner import new_owner
from store.search import search
from tests.flows.conftest import Office, read


class Crash(BaseException):
    """The power went off."""


# Every step that leaves a mark outside memory, in order, and whether the stop comes before or after it.
STEPS = [
    "flows.inbox.register",
    "flows.dispatch.claim",
    "flows.dispatch.keep",
    "store.archive.copy_whole",
    "store.archive.Path.replace",
    "store.archive.flush_folder",
    "flows.dispatch.file_record",
    "store.filing._add_pages",
    "store.filing._add_directives",
    "store.filing.add_passages",
    "flows.dispatch.move",
    "flows.moving.os.link",
    "flows.moving.Path.unlink",
    "flows.moving.flush_folder",
    "flows.dispatch.settle",
]
QUARANTINE_STEPS = [
    "flows.dispatch.quarantine",
    "flows.dispatch.move",
    "flows.moving.os.link",
    "flows.moving.Path.write_text",
    "flows.moving.Path.unlink",
    "flows.dispatch.settle",
]


def crashing(monkeypatch: pytest.MonkeyPatch, step: str, *, after: bool) -> None:
    """Make one step end the program, before or after it has done its work."""
    owner, _, name = step.rpartition(".")
    place = pkgutil.resolve_name(owner)
    original = getattr(place, name)

    def crash(*args: object, **kwargs: object) -> object:
        if after:
            original(*args, **kwargs)
        raise Crash

    monkeypatch.setattr(place, name, crash)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_stop_at_any_step_is_repaired(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    """Whatever step the program stops at, the next sweep brings the file to its one end."""
    from tests.store.dispatches import roads

    made = roads()
    content = b"roads"

    def process(path: Path) -> Record:
        return made.model_copy(update={"source": made.source.model_copy(update={"sha256": _sha(path)})})

    office.drop("cv.txt", content)
    with monkeypatch.context() as patch:
        crashing(patch, step, after=after)
        # The claim of a process that is gone is free; the test's own process lives on, so it plays a dead one.
        patch.setattr("flows.dispatch.release", lambda *_: None)
        with pytest.raises(Crash):
            office.sweep(process)
    monkeypatch.setattr("store.ledger.is_dead", lambda _: True)
    office.sweep(process)
    assert office.sweep(process) == []
    assert office.states() == ["done"]
    assert office.names() == []
    assert office.names("done") == ["cv.txt"]
    assert (office.settings.inbox / "done" / "cv.txt").read_bytes() == content
    assert archived(office.settings.archive, made.source.sha256).read_bytes() == content
    assert [event.what for event in show_file(office.store, 1).history] == ["received", "done"]
    assert len(search(office.store, "tuyến đường")) == 1


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", QUARANTINE_STEPS)
def test_a_stop_on_the_way_to_quarantine_is_repaired(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    """A bad file reaches quarantine once, with its note, wherever the program stopped."""
    office.drop("hỏng.pdf", "HONG")
    with monkeypatch.context() as patch:
        crashing(patch, step, after=after)
        patch.setattr("flows.dispatch.release", lambda *_: None)
        with pytest.raises(Crash):
            office.sweep()
    monkeypatch.setattr("store.ledger.is_dead", lambda _: True)
    office.sweep()
    assert office.sweep() == []
    assert office.names() == []
    assert office.names("quarantine/unreadable") == ["hỏng.pdf", "hỏng.pdf.reason.txt"]
    note = office.settings.inbox / "quarantine/unreadable/hỏng.pdf.reason.txt"
    assert "Việc cần làm:" in note.read_text()
    assert office.states() == ["quarantined"]


def test_a_stopped_program_gives_its_claim_back(office: Office) -> None:
    """An interrupt while a file is read leaves it free for the next sweep at once."""

    def interrupted(path: Path) -> Record:
        raise KeyboardInterrupt

    office.drop("a.txt")
    with pytest.raises(KeyboardInterrupt):
        office.sweep(interrupted)
    assert office.states() == ["received"]
    assert office.sweep() == [End.DONE]


def test_a_file_that_kills_the_program_is_set_aside(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """After five deaths in a row over one file the inbox goes on without it."""

    def deadly(path: Path) -> Record:
        raise Crash

    office.drop("a.txt")
    monkeypatch.setattr("flows.dispatch.release", lambda *_: None)
    monkeypatch.setattr("store.ledger.is_dead", lambda _: True)
    for _ in range(5):
        with pytest.raises(Crash):
            office.sweep(deadly)
    assert office.sweep(deadly) == [End.QUARANTINED]
    assert office.names("quarantine/error") == ["a.txt", "a.txt.reason.txt"]


def test_a_claim_that_was_lost_commits_nothing(office: Office) -> None:
    """Who was thought dead and comes back finds the other's work done, and adds nothing."""

    def overtaken(path: Path) -> Record:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("store.ledger.is_dead", lambda _: True)
            assert office.sweep() == [End.DONE]
        office.drop("a.txt")
        os.utime(path, ns=(mark.st_atime_ns, mark.st_mtime_ns))
        return read(path)

    path = office.drop("a.txt")
    mark = path.stat()
    assert office.sweep(overtaken) in ([End.BUSY], [End.CHANGED])
    assert office.states() == ["done"]
    assert [event.what for event in show_file(office.store, 1).history] == ["received", "done"]


COUNT = 40


def test_several_processes_share_one_inbox(tmp_path: Path) -> None:
    """Three drains at once and a killed one: every content is read to its end once, and every file moved once."""
    settings = Settings(data=tmp_path / "data", settle_seconds=0.05)
    make_folders(settings)
    open_store(settings.url).close()
    for i in range(COUNT):
        (settings.inbox / f"{i}.txt").write_text(f"văn bản {i}")
    (settings.inbox / "bản sao.txt").write_text("văn bản 0")
    context = multiprocessing.get_context("fork")
    victim = context.Process(target=_drain, args=(settings,))
    victim.start()
    time.sleep(0.25)
    os.kill(victim.pid or 0, signal.SIGKILL)
    victim.join()
    drains = [context.Process(target=_drain, args=(settings,)) for _ in range(3)]
    for process in drains:
        process.start()
    for process in drains:
        process.join(60)
    assert [process.exitcode for process in drains] == [0, 0, 0]
    store = open_store(settings.url)
    assert [listed.state for listed in list_files(store)] == ["done"] * COUNT
    for listed in list_files(store):
        what = [event.what for event in show_file(store, listed.id).history]
        assert what.count("done") == 1
    assert len(search(store, "văn bản", limit=1000)) == COUNT
    store.close()
    done = settings.inbox / "done"
    assert sorted(p.read_text() for p in done.iterdir()) == sorted(
        [*(f"văn bản {i}" for i in range(COUNT)), "văn bản 0"]
    )
    assert [p for p in settings.inbox.iterdir() if not p.is_dir()] == []
    assert list(settings.archive.rglob(".*.part")) == []


def _drain(settings: Settings) -> None:
    store = open_store(settings.url)
    process: Callable[[Path], Record] = read
    raise SystemExit(drain(Inbox(settings, store, process, new_owner(), lambda _: None)))
