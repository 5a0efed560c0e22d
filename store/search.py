"""Search over directives and page text: accents optional, exact ones first; document numbers in any spelling."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, literal_column, select, text, true
from sqlalchemy.orm import Session

from models.base import Frozen
from models.page import Box
from models.record import UnitTask
from pipeline.vietnam.fold import fold
from pipeline.vietnam.numbers import search_key
from store.excerpt import excerpt, says_more
from store.index import SEARCH_INDEX
from store.opening import Store
from store.question import Question, clean
from store.registry import issuer_key
from store.tables import CitationRow, DeadlineRow, DirectiveRow, DispatchRow, DocumentRow, PageRow, PassageRow
from store.units import unit_named, unit_task

_RANK: ColumnElement[float] = literal_column("bm25(search_index)")


class Hit(Frozen):
    """One directive found, or a page (then `directive` is null); field by field as `docs/contract.md` says.

    `directive` is its index in the record's `directives`; `number` the dispatch's own; `score` falls from 1.
    """

    dispatch: int
    directive: int | None
    label: str | None
    page: int | None
    number: str | None
    text: str
    units: tuple[UnitTask, ...]
    due: dt.date | None
    boxes: tuple[Box, ...]
    score: float


@dataclass(frozen=True)
class Filters:
    """What hits are narrowed down to; `cites` is a number in any spelling or the name of a law."""

    unit: str
    issuer: str
    kind: str
    due_before: dt.date | None
    cites: str

    @classmethod
    def of(
        cls,
        unit: str | None,
        issuer: str | None,
        kind: str | None,
        due_before: dt.date | None,
        cites: str | None,
    ) -> "Filters":
        """Clean what was typed."""
        return cls(clean(unit or ""), clean(issuer or ""), clean(kind or ""), due_before, clean(cites or ""))

    @property
    def any(self) -> bool:
        """Whether anything is narrowed down at all."""
        return any((self.unit, self.issuer, self.kind, self.due_before, self.cites))


def search(
    store: Store,
    query: str,
    *,
    unit: str | None = None,
    issuer: str | None = None,
    kind: str | None = None,
    due_before: dt.date | None = None,
    cites: str | None = None,
    limit: int = 100,
) -> list[Hit]:
    """Find directives and pages; the words may stand in any order, with or without marks.

    Without words, the filters alone choose, among directives. Pages have no unit and no date, so those two filters
    leave only directives. Whatever is typed is taken as words; there is no query language.
    """
    question = Question.of(query)
    filters = Filters.of(unit, issuer, kind, due_before, cites)
    with store.read() as session:
        conditions = _conditions(session, filters)
        if question.is_empty:
            if query.strip() or not filters.any:
                return []
            rows = session.scalars(_all_directives(conditions, limit)).all()
            return [_hit(session, question, row, 1.0) for row in rows]
        return list(_ranked(session, question, conditions, limit))


def _ranked(session: Session, question: Question, conditions: list[ColumnElement[bool]], limit: int) -> Iterator[Hit]:
    seen: set[int] = set()
    expressions = question.expressions()
    found: list[tuple[PassageRow, int, float]] = []
    for tier, expression in enumerate(expressions):
        wanted = _matching(expression, conditions, limit + len(seen))
        for passage, rank in session.execute(wanted).all():
            if passage.id not in seen and len(seen) < limit:
                seen.add(passage.id)
                found.append((passage, tier, -rank))
        if len(seen) >= limit:
            break
    shown = _without_repeats(session, question, found)
    for passage, tier, weight in shown:
        # Within a tier the index's own weight decides; it never lifts a hit over a closer meaning.
        score = 1 - (tier + 1 / (1 + max(weight, 0))) / len(expressions)
        yield _hit(session, question, passage, round(score, 4))


def _matching(expression: str, conditions: list[ColumnElement[bool]], limit: int) -> Select[PassageRow, float]:
    return (
        select(PassageRow, _RANK)
        .select_from(SEARCH_INDEX)
        .join(PassageRow, PassageRow.id == SEARCH_INDEX.c.rowid)
        .join(DispatchRow, DispatchRow.id == PassageRow.dispatch_id)
        .outerjoin(DirectiveRow, DirectiveRow.id == PassageRow.directive_id)
        .where(text("search_index MATCH :expression").bindparams(expression=expression), *conditions)
        .order_by(PassageRow.directive_id.is_(None), _RANK, PassageRow.id)
        .limit(limit)
    )


def _all_directives(conditions: list[ColumnElement[bool]], limit: int) -> Select[PassageRow]:
    return (
        select(PassageRow)
        .join(DirectiveRow, DirectiveRow.id == PassageRow.directive_id)
        .join(DispatchRow, DispatchRow.id == PassageRow.dispatch_id)
        .where(*conditions)
        .order_by(DirectiveRow.due.is_(None), DirectiveRow.due, DirectiveRow.dispatch_id, DirectiveRow.position)
        .limit(limit)
    )


def _conditions(session: Session, filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.unit:
        chosen = DirectiveRow.assignments.any(unit_named(session, filters.unit))
        conditions.append(chosen)
    if filters.issuer:
        conditions.append(DispatchRow.issuer_folded.contains(issuer_key(filters.issuer), autoescape=True))
    if filters.kind:
        conditions.append(DispatchRow.kind_folded == fold(filters.kind))
    if filters.due_before:
        conditions.append(DirectiveRow.deadlines.any(DeadlineRow.due < filters.due_before))
    if filters.cites:
        conditions.append(DispatchRow.id.in_(_citing(filters.cites)))
    return conditions


def _citing(cited: str) -> Select[int]:
    key, title = search_key(cited), fold(" ".join(cited.split()))
    same: ColumnElement[bool] = DocumentRow.number_key == key if key else ~true()
    if title and not title[0].isdigit():
        same = same | DocumentRow.title_folded.contains(title, autoescape=True)
    return select(CitationRow.dispatch_id).join(DocumentRow).where(same)


def _without_repeats(
    session: Session, question: Question, found: list[tuple[PassageRow, int, float]]
) -> list[tuple[PassageRow, int, float]]:
    """Drop pages that were found only for the words of directives found as well."""
    directives = {p.directive_id for p, _, _ in found if p.directive_id is not None}
    spans: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row in session.scalars(select(DirectiveRow).where(DirectiveRow.id.in_(directives))):
        for mention in row.mentions:
            spans.setdefault((row.dispatch_id, mention["page"]), []).append((mention["start"], mention["end"]))

    def repeats(passage: PassageRow) -> bool:
        own = spans.get((passage.dispatch_id, passage.page or 0))
        return bool(
            passage.directive_id is None and own and not says_more(question.folded, _page_text(session, passage), own)
        )

    return [entry for entry in found if not repeats(entry[0])]


def _page_text(session: Session, passage: PassageRow) -> str:
    return session.scalars(
        select(PageRow.text).where(PageRow.dispatch_id == passage.dispatch_id, PageRow.number == passage.page)
    ).one()


def _hit(session: Session, question: Question, passage: PassageRow, score: float) -> Hit:
    number = session.get_one(DispatchRow, passage.dispatch_id).number
    if passage.directive_id is None:
        return Hit(
            dispatch=passage.dispatch_id,
            directive=None,
            label=None,
            page=passage.page,
            number=number,
            text=excerpt(question.folded, _page_text(session, passage)),
            units=(),
            due=None,
            boxes=(),
            score=score,
        )
    row = session.get_one(DirectiveRow, passage.directive_id)
    return Hit(
        dispatch=passage.dispatch_id,
        directive=row.position,
        label=row.label,
        page=passage.page,
        number=number,
        text=row.text,
        units=tuple(unit_task(a) for a in row.assignments),
        due=row.due,
        boxes=_boxes(row.mentions, passage.page),
        score=score,
    )


def _boxes(mentions: list[Any], page: int | None) -> tuple[Box, ...]:
    return tuple(tuple(box) for mention in mentions if mention["page"] == page for box in mention["boxes"])
