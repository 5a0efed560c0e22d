import datetime as dt
import multiprocessing
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from models.record import Record
from store.errors import ClaimLostError
from store.filing import file_record
from store.ledger import (
    Claim,
    claim,
    extend,
    look_up,
    quarantine,
    register,
    release,
    see_again,
    settle,
    unsettled,
    withhold,
)
from store.listing import list_files, show_file
from store.opening import Store, open_store
from store.owner import is_dead, new_owner
from tests.store.dispatches import doubtful, letter, roads

LEASE = dt.timedelta(minutes=2)
ELSEWHERE = "another machine/7/7/x"


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.time = dt.datetime(2024, 9, 26, 1, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        """Give the time."""
        return self.time

    def turn(self, **by: int) -> None:
        """Let time pass."""
        self.time += dt.timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    """A clock of its own for each test."""
    return Clock()


@pytest.fixture
def timed(store: Store, clock: Clock) -> Store:
    """The store under that clock."""
    return Store(store.engine, clock)


def taken(store: Store, owner: str = ELSEWHERE, sha256: str = "a" * 64) -> Claim:
    """Claim a content, which must be free."""
    held = claim(store, register(store, sha256).id, owner, LEASE)
    assert held is not None
    return held


def test_a_content_has_one_row(store: Store) -> None:
    """However often it is seen, a hash has one number; numbers are short."""
    assert [register(store, name * 64).id for name in "aab"] == [1, 1, 2]


def test_a_claim_shuts_others_out_until_its_lease_ends(timed: Store, clock: Clock) -> None:
    """One owner at a time; an owner that gives no sign of life loses the claim, and can't commit any more."""
    first = taken(timed)
    assert claim(timed, 1, "b", LEASE) is None
    clock.turn(seconds=119)
    assert claim(timed, 1, "b", LEASE) is None
    clock.turn(seconds=1)
    second = claim(timed, 1, "b", LEASE)
    assert second is not None
    assert (second.attempt, second.crashes) == (2, 1)
    for step in (lambda: extend(timed, first, LEASE), lambda: release(timed, first), lambda: withhold(timed, first)):
        with pytest.raises(ClaimLostError):
            step()
    with pytest.raises(ClaimLostError):
        file_record(timed, first, roads(), "a.txt")
    assert list_files(timed)[0].state == "claimed"
    assert show_file(timed, 1).record is None


def test_a_claim_that_is_extended_lives_on(timed: Store, clock: Clock) -> None:
    """A long reading keeps its claim."""
    held = taken(timed)
    for _ in range(5):
        clock.turn(seconds=100)
        extend(timed, held, LEASE)
    assert claim(timed, 1, "b", LEASE) is None


def test_a_claim_of_a_dead_process_is_free_at_once(store: Store) -> None:
    """After a kill nobody waits for the lease."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=lambda: theirs.send(new_owner()))
    process.start()
    owner = ours.recv()
    process.join()
    taken(store, owner)
    assert is_dead(owner)
    assert not is_dead(new_owner())
    assert not is_dead(ELSEWHERE)
    assert claim(store, 1, new_owner(), LEASE) is not None


def test_a_number_given_to_a_later_process_isnt_the_dead_one() -> None:
    """A process number alone proves nothing: its start counts too."""
    place, pid, _, rest = new_owner().split("/")
    assert is_dead(f"{place}/{pid}/1/{rest}")
    assert not is_dead(f"{place}/{pid}/?/{rest}")


@pytest.mark.parametrize("end", ["done", "review", "withheld", "quarantined"])
def test_what_has_ended_is_taken_again_only_from_quarantine(store: Store, end: str) -> None:
    """Finished and withheld files stay so; dropping a quarantined one again asks for another try."""
    held = taken(store)
    if end == "withheld":
        withhold(store, held)
    elif end == "quarantined":
        quarantine(store, held, "a.pdf", "unreadable")
    else:
        file_record(store, held, roads() if end == "done" else doubtful(roads()), "a.pdf")
    assert look_up(store, 1).state == end
    again = claim(store, 1, "b", LEASE)
    assert (again is not None) == (end == "quarantined")
    if again:
        release(store, again)
        assert look_up(store, 1).state == "quarantined"


def test_a_withheld_row_holds_hash_state_and_time(store: Store) -> None:
    """Even a file that had a name before, from an earlier try, has none once it is withheld."""
    quarantine(store, taken(store), "tên kín.pdf", "error")
    withhold(store, taken(store))
    with store.read() as session:
        from store.tables import FileRow, HistoryRow

        row = session.get_one(FileRow, 1)
        told = (row.name, row.reason, row.owner, row.lease_until)
        assert told == (None, None, None, None)
        assert row.sha256 == "a" * 64
        assert session.query(HistoryRow).count() == 0
    listed = list_files(store)[0].model_dump(exclude={"id", "sha256", "received_at", "state"})
    assert set(listed.values()) == {None}


def test_only_one_of_many_threads_gets_a_claim(store: Store) -> None:
    """Claimers at the same moment: exactly one wins each content."""
    for name in "abcdef":
        register(store, name * 64)
    won: list[Claim | None] = []
    start = threading.Barrier(8)

    def race(owner: str) -> None:
        start.wait()
        won.extend(claim(store, number, owner, LEASE) for number in range(1, 7))

    threads = [threading.Thread(target=race, args=(f"t{i}",)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(held.file_id for held in won if held) == [1, 2, 3, 4, 5, 6]


def test_only_one_of_many_processes_files_a_record(tmp_path: Path) -> None:
    """Processes that claim and commit the same contents at once leave one dispatch each."""
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_file_all, args=(url,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 4
    store = open_store(url)
    assert [listed.state for listed in list_files(store)] == ["done"] * 10
    for number in range(1, 11):
        assert [event.what for event in show_file(store, number).history] == ["received", "done"]
    store.close()


def _file_all(url: str) -> None:
    store = open_store(url)
    for i in range(10):
        record = letter(f"văn bản {i}")
        held = claim(store, register(store, record.source.sha256).id, new_owner(), LEASE)
        if held is not None:
            file_record(store, held, record, f"{i}.txt")
    store.close()
    os._exit(0)


def test_seen_again_is_told_once_per_drop(store: Store, file: Callable[[Record], int]) -> None:
    """A sweep that is repeated doesn't tell it twice; another drop does."""
    number = file(roads())
    assert see_again(store, number, "b.txt", "1") is True
    assert see_again(store, number, "b.txt", "1") is False
    assert see_again(store, number, "b.txt", "2") is True
    assert [event.what for event in show_file(store, number).history].count("seen again") == 2


def test_what_has_not_arrived_yet_is_known(store: Store, file: Callable[[Record], int]) -> None:
    """Between commit and move a file is unsettled."""
    number = file(roads())
    assert [state.id for state in unsettled(store)] == [number]
    settle(store, number)
    assert unsettled(store) == []
