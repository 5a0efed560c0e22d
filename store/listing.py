"""The list of files, whatever became of them, and one file with everything known about it."""

import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.base import Frozen
from models.errors import NotFoundError
from store.opening import Store
from store.tables import DispatchRow, FileRow, HistoryRow

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")

# What a database keeps as an integer.
_HIGHEST_ID = 2**63 - 1


class Listed(Frozen):
    """One line of the list: a content hash, whatever became of it."""

    id: int
    sha256: str
    name: str | None
    state: str
    number: str | None
    issued_on: dt.date | None
    issuer: str | None
    subject: str | None
    received_at: dt.datetime
    reason: str | None


class Event(Frozen):
    """One line of a file's history."""

    at: dt.datetime
    who: str
    what: str
    detail: str | None


class Shown(Frozen):
    """One file with everything known about it; `record` is the contract's record, null when there is none."""

    id: int
    sha256: str
    name: str | None
    state: str
    reason: str | None
    received_at: dt.datetime
    record: dict[str, Any] | None
    history: tuple[Event, ...]


def list_files(store: Store) -> list[Listed]:
    """Give every file the ledger knows, in the order they came."""
    with store.read() as session:
        rows = session.execute(
            select(FileRow, DispatchRow).outerjoin(DispatchRow, DispatchRow.id == FileRow.id).order_by(FileRow.id)
        )
        return [_listed(file, dispatch) for file, dispatch in rows]


def show_file(store: Store, file_id: int) -> Shown:
    """Give one file by its number.

    Raises:
        NotFoundError: there is none.
    """
    if abs(file_id) > _HIGHEST_ID:
        raise NotFoundError(str(file_id))
    with store.read() as session:
        file = session.get(FileRow, file_id)
        if file is None:
            raise NotFoundError(str(file_id))
        record = session.scalar(select(DispatchRow.record).where(DispatchRow.id == file_id))
        history = session.scalars(select(HistoryRow).where(HistoryRow.file_id == file_id).order_by(HistoryRow.id))
        return Shown(
            id=file.id,
            sha256=file.sha256,
            name=file.name,
            state=file.state,
            reason=file.reason,
            received_at=local(file.received_at),
            record=json.loads(record) if record else None,
            history=tuple(Event(at=local(e.at), who=e.who, what=e.what, detail=e.detail) for e in history),
        )


def local(moment: dt.datetime) -> dt.datetime:
    """Give a moment as clocks in Vietnam show it."""
    return moment.astimezone(_HERE)


def _listed(file: FileRow, dispatch: DispatchRow | None) -> Listed:
    return Listed(
        id=file.id,
        sha256=file.sha256,
        name=file.name,
        state=file.state,
        number=dispatch.number if dispatch else None,
        issued_on=dispatch.issued_on if dispatch else None,
        issuer=dispatch.issuer if dispatch else None,
        subject=dispatch.subject if dispatch else None,
        received_at=local(file.received_at),
        reason=file.reason,
    )
