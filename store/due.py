"""Every deadline with what has to be done by it, and by whom."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from models.base import Frozen
from models.record import UnitTask
from store.opening import Store
from store.tables import DeadlineRow
from store.units import unit_task


class DueDirective(Frozen):
    """A directive that a deadline belongs to."""

    directive: int
    label: str | None
    text: str
    units: tuple[UnitTask, ...]


class Due(Frozen):
    """One deadline with what has to be done by it."""

    dispatch: int
    number: str | None
    issuer: str | None
    text: str
    due: dt.date | None
    inclusive: bool
    time: str | None
    recurrence: str | None
    relative: dict[str, Any] | None
    page: int | None
    confidence: float
    directives: tuple[DueDirective, ...]


def list_deadlines(store: Store) -> list[Due]:
    """Give every deadline, the nearest day first, those without a computed day last."""
    with store.read() as session:
        rows = session.scalars(
            select(DeadlineRow).order_by(
                DeadlineRow.due.is_(None), DeadlineRow.due, DeadlineRow.dispatch_id, DeadlineRow.position
            )
        )
        return [_due(row) for row in rows]


def _due(row: DeadlineRow) -> Due:
    return Due(
        dispatch=row.dispatch_id,
        number=row.dispatch.number,
        issuer=row.dispatch.issuer,
        text=row.text,
        due=row.due,
        inclusive=row.inclusive,
        time=row.time,
        recurrence=row.recurrence,
        relative=row.relative,
        page=row.mentions[0]["page"] if row.mentions else None,
        confidence=row.confidence,
        directives=tuple(
            DueDirective(
                directive=d.position, label=d.label, text=d.text, units=tuple(unit_task(a) for a in d.assignments)
            )
            for d in row.directives
        ),
    )
