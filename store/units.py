"""The work of each unit: how much is proposed or assigned to it, and what."""

import datetime as dt

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from models.base import Frozen
from models.errors import NotFoundError
from models.record import UnitTask
from pipeline.vietnam.fold import fold
from store.opening import Store
from store.question import clean
from store.tables import AssignmentRow, DirectiveRow


class Load(Frozen):
    """One unit and how much is proposed or assigned to it."""

    code: str
    name: str
    level: str
    lead: int
    co: int
    dispatches: int
    next_due: dt.date | None


class Assigned(Frozen):
    """One directive of one unit; `directive` is its index in the dispatch's record."""

    code: str
    unit: str
    level: str
    role: str
    state: str
    dispatch: int
    number: str | None
    issuer: str | None
    directive: int
    label: str | None
    text: str
    page: int | None
    due: dt.date | None


def list_units(store: Store) -> list[Load]:
    """Give every unit that has work, with how much."""
    unit = (AssignmentRow.unit_code, AssignmentRow.unit_name, AssignmentRow.unit_level)
    with store.read() as session:
        rows = session.execute(
            select(
                *unit,
                func.sum(case((AssignmentRow.role == "lead", 1), else_=0)),
                func.sum(case((AssignmentRow.role == "co", 1), else_=0)),
                func.count(DirectiveRow.dispatch_id.distinct()),
                func.min(DirectiveRow.due),
            )
            .join(AssignmentRow.directive)
            .group_by(*unit)
            .order_by(AssignmentRow.unit_code, AssignmentRow.unit_name)
        )
        fields = tuple(Load.model_fields)
        return [Load.model_validate(dict(zip(fields, row, strict=True))) for row in rows]


def list_assignments(store: Store, name: str) -> list[Assigned]:
    """Give the work of the units of a name or code, the nearest day first.

    Raises:
        NotFoundError: no unit of that name has work.
    """
    with store.read() as session:
        rows = session.scalars(
            select(AssignmentRow)
            .join(AssignmentRow.directive)
            .where(unit_named(session, name))
            .order_by(
                AssignmentRow.unit_code,
                DirectiveRow.due.is_(None),
                DirectiveRow.due,
                DirectiveRow.dispatch_id,
                DirectiveRow.position,
            )
        ).all()
        if not rows:
            raise NotFoundError(name)
        return [_assigned(row) for row in rows]


def unit_named(session: Session, name: str) -> ColumnElement[bool]:
    """Choose assignments by a unit's code or name, "huyện" and marks optional; with marks they decide, if they can.

    "Sơn Hà" and "Sơn Hạ" are two places: the marks typed choose, unless nothing has exactly that name.
    """
    bare = " ".join(clean(name).split()).lower()
    for office in ("ubnd ", "ủy ban nhân dân ", "uỷ ban nhân dân "):
        bare = bare.removeprefix(office)
    exact = (AssignmentRow.unit_name == bare) | AssignmentRow.unit_name.endswith(f" {bare}", autoescape=True)
    if session.scalar(select(AssignmentRow.id).where(exact).limit(1)):
        return exact
    folded = fold(bare)
    same = (AssignmentRow.unit_folded == folded) | AssignmentRow.unit_folded.endswith(f" {folded}", autoescape=True)
    return same | (AssignmentRow.unit_code == bare)


def unit_task(row: AssignmentRow) -> UnitTask:
    """Give an assignment's unit as the record shows it."""
    return UnitTask.model_validate(
        {"code": row.unit_code, "name": row.unit_name, "level": row.unit_level, "role": row.role}
    )


def _assigned(row: AssignmentRow) -> Assigned:
    directive = row.directive
    return Assigned(
        code=row.unit_code,
        unit=row.unit_name,
        level=row.unit_level,
        role=row.role,
        state=row.state,
        dispatch=directive.dispatch_id,
        number=directive.dispatch.number,
        issuer=directive.dispatch.issuer,
        directive=directive.position,
        label=directive.label,
        text=directive.text,
        page=directive.mentions[0]["page"] if directive.mentions else None,
        due=directive.due,
    )
