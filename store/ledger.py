"""The ledger of files: one row per content hash, and the only way its state changes.

    received → claimed → done | review | quarantined | withheld

A claim is taken by compare-and-set for a limited time and carries an attempt number; whoever lost the claim can no
longer commit (`close`). Until a file has passed the secrecy check its row holds the hash alone.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store.errors import ClaimLostError
from store.opening import Store
from store.owner import is_dead
from store.tables import FileRow, HistoryRow

# What automatic steps are signed with in the history.
PROGRAM = "congvan"

FINISHED = ("done", "review")


@dataclass(frozen=True)
class FileState:
    """What the ledger says about a file."""

    id: int
    state: str
    name: str | None
    reason: str | None
    settled: bool
    crashes: int


@dataclass(frozen=True)
class Claim:
    """The right to process a file: valid as long as the row shows this owner and attempt.

    `before` is the state to go back to when the file can't be processed now; `crashes` counts owners that died over it.
    """

    file_id: int
    sha256: str
    owner: str
    attempt: int
    before: str
    crashes: int


def register(store: Store, sha256: str) -> FileState:
    """Find or make the row of a content hash."""
    with store.write() as session:
        row = session.scalar(select(FileRow).where(FileRow.sha256 == sha256))
        if row is None:
            row = _insert(session, sha256, store.now())
        return _state(row)


def look_up(store: Store, file_id: int) -> FileState:
    """Give the present state of a file."""
    with store.read() as session:
        return _state(session.get_one(FileRow, file_id))


def claim(store: Store, file_id: int, owner: str, lease: dt.timedelta) -> Claim | None:
    """Take a file for processing; None when it is finished, withheld, or in someone's hands.

    A quarantined file can be taken again: dropping it once more asks for another try.
    """
    with store.write() as session:
        row = session.get_one(FileRow, file_id)
        now = store.now()
        orphaned = row.state == "claimed" and _is_free(row, now)
        if not (orphaned or row.state in ("received", "quarantined")):
            return None
        before = "received" if orphaned else row.state
        taken = session.execute(
            update(FileRow)
            .where(FileRow.id == file_id, FileRow.attempt == row.attempt, FileRow.state == row.state)
            .values(
                state="claimed",
                owner=owner,
                attempt=row.attempt + 1,
                lease_until=now + lease,
                changed_at=now,
                crashes=row.crashes + orphaned,
            )
            .returning(FileRow.sha256, FileRow.attempt, FileRow.crashes)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        return None if taken is None else Claim(file_id, taken[0], owner, taken[1], before, taken[2])


def extend(store: Store, held: Claim, lease: dt.timedelta) -> None:
    """Keep a claim alive.

    Raises:
        ClaimLostError: someone else has it.
    """
    with store.write() as session:
        _change(session, held, {"lease_until": store.now() + lease})


def release(store: Store, held: Claim, *, crashed: bool = False) -> None:
    """Give a claim back with nothing done, so that any later sweep can try; the file stays where it is."""
    with store.write() as session:
        values = {"state": held.before, "owner": None, "lease_until": None, "changed_at": store.now()}
        _change(session, held, values | {"crashes": held.crashes + crashed})


def quarantine(store: Store, held: Claim, name: str, reason: str) -> None:
    """Record that a file can't be processed, and why (a fixed short word)."""
    close(store, held, "quarantined", name=name, reason=reason)


def withhold(store: Store, held: Claim) -> None:
    """Record that a file is marked secret: hash, state and time stay, nothing else."""
    with store.write() as session:
        now = store.now()
        values = {"state": "withheld", "name": None, "reason": None, "settled": True, "owner": None}
        _change(session, held, values | {"lease_until": None, "changed_at": now, "crashes": 0})
        # An earlier try may have told its name.
        for row in session.scalars(select(HistoryRow).where(HistoryRow.file_id == held.file_id)):
            session.delete(row)


def close(store: Store, held: Claim, state: str, *, name: str, reason: str | None = None) -> None:
    """End a claim outside another transaction; see `close_in`."""
    with store.write() as session:
        close_in(session, store.now(), held, state, name=name, reason=reason)


def close_in(
    session: Session, now: dt.datetime, held: Claim, state: str, *, name: str, reason: str | None = None
) -> None:
    """End a claim in its last state, inside the transaction that writes everything else.

    Raises:
        ClaimLostError: someone else has the file; the transaction must not commit.
    """
    row = session.get_one(FileRow, held.file_id)
    if row.name is None:
        tell(session, row.received_at, held.file_id, "received", name)
    values = {"state": state, "name": name, "reason": reason, "settled": False, "owner": None, "lease_until": None}
    _change(session, held, values | {"changed_at": now, "crashes": 0})
    tell(session, now, held.file_id, state, reason)


def settle(store: Store, file_id: int) -> None:
    """Record that the inbox file has reached its last place."""
    with store.write() as session:
        session.execute(update(FileRow).where(FileRow.id == file_id).values(settled=True))


def unsettled(store: Store) -> list[FileState]:
    """Give the files whose end is committed while their inbox file may not have moved yet."""
    with store.read() as session:
        ended = FileRow.state.in_((*FINISHED, "quarantined"))
        return [_state(row) for row in session.scalars(select(FileRow).where(ended, FileRow.settled.is_(False)))]


def see_again(store: Store, file_id: int, name: str, mark: str) -> bool:
    """Record that the same content came again; once per `mark` (what tells one dropped file from another)."""
    key = f"seen again:{file_id}:{mark}"
    with store.write() as session:
        if session.scalar(select(HistoryRow.id).where(HistoryRow.key == key)):
            return False
        tell(session, store.now(), file_id, "seen again", name, key=key)
        return True


def tell(
    session: Session, now: dt.datetime, file_id: int, what: str, detail: str | None = None, *, key: str | None = None
) -> None:
    """Write one line of a file's history."""
    session.add(HistoryRow(file_id=file_id, at=now, who=PROGRAM, what=what, detail=detail, key=key))


def _insert(session: Session, sha256: str, now: dt.datetime) -> FileRow:
    row = FileRow(sha256=sha256, state="received", received_at=now, changed_at=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # another process was faster
        return session.scalars(select(FileRow).where(FileRow.sha256 == sha256)).one()
    return row


def _change(session: Session, held: Claim, values: dict[str, object]) -> None:
    changed = session.execute(
        update(FileRow)
        .where(
            FileRow.id == held.file_id,
            FileRow.state == "claimed",
            FileRow.owner == held.owner,
            FileRow.attempt == held.attempt,
        )
        .values(**values)
        .returning(FileRow.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if changed is None:
        raise ClaimLostError


def _is_free(row: FileRow, now: dt.datetime) -> bool:
    return row.lease_until is None or row.lease_until <= now or is_dead(row.owner or "")


def _state(row: FileRow) -> FileState:
    return FileState(row.id, row.state, row.name, row.reason, row.settled, row.crashes)
