"""Search over directives and page text: accents optional, exact ones first; document numbers in any spelling."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, literal_column, select, text, true, tuple_
from sqlalchemy.orm import Session, selectinload

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
            passages = session.scalars(_all_directives(conditions, limit)).all()
            found = [Found(passage, 1.0) for passage in passages]
        else:
            found = _ranked(session, question, conditions, limit)
        return _hits(session, question, found)


@dataclass(frozen=True)
class Found:
    """A passage the index gave, with its score."""

    passage: PassageRow
    score: float


def _ranked(session: Session, question: Question, conditions: list[ColumnElement[bool]], limit: int) -> list[Found]:
    """Ask the index for each meaning in turn, the closest first, until there are enough."""
    expressions = question.expressions()
    found: dict[int, Found] = {}
    for tier, expression in enumerate(expressions):
        for passage, rank in session.execute(_matching(expression, conditions, limit + len(found))).all():
            # Within a tier the index's own weight decides; it never lifts a hit over a closer meaning.
            score = 1 - (tier + 1 / (1 + max(-rank, 0))) / len(expressions)
            if len(found) < limit:
                found.setdefault(passage.id, Found(passage, round(score, 4)))
        if len(found) >= limit:
            break
    return list(found.values())


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


def _hits(session: Session, question: Question, found: list[Found]) -> list[Hit]:
    """Fill in what is shown; a page that was found only for the words of directives found as well is left out."""
    directives = _directives(session, found)
    pages = _page_texts(session, found)
    numbers = _numbers(session, found)
    spans: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row in directives.values():
        for mention in row.mentions:
            spans.setdefault((row.dispatch_id, mention["page"]), []).append((mention["start"], mention["end"]))
    hits = []
    for entry in found:
        passage = entry.passage
        number = numbers[passage.dispatch_id]
        if passage.directive_id is not None:
            hits.append(_directive_hit(entry, number, directives[passage.directive_id]))
            continue
        place = (passage.dispatch_id, passage.page or 0)
        if place not in spans or says_more(question.folded, pages[place], spans[place]):
            hits.append(_page_hit(entry, number, excerpt(question.folded, pages[place])))
    return hits


def _directives(session: Session, found: list[Found]) -> dict[int, DirectiveRow]:
    wanted = [f.passage.directive_id for f in found if f.passage.directive_id is not None]
    rows = session.scalars(
        select(DirectiveRow).where(DirectiveRow.id.in_(wanted)).options(selectinload(DirectiveRow.assignments))
    )
    return {row.id: row for row in rows}


def _page_texts(session: Session, found: list[Found]) -> dict[tuple[int, int], str]:
    wanted = [(f.passage.dispatch_id, f.passage.page) for f in found if f.passage.directive_id is None]
    rows = session.execute(
        select(PageRow.dispatch_id, PageRow.number, PageRow.text).where(
            tuple_(PageRow.dispatch_id, PageRow.number).in_(wanted)
        )
    )
    return {(dispatch, number): value for dispatch, number, value in rows}


def _numbers(session: Session, found: list[Found]) -> dict[int, str | None]:
    wanted = {f.passage.dispatch_id for f in found}
    rows = session.execute(select(DispatchRow.id, DispatchRow.number).where(DispatchRow.id.in_(wanted)))
    return dict(rows.all())


def _page_hit(found: Found, number: str | None, words: str) -> Hit:
    return Hit(
        dispatch=found.passage.dispatch_id,
        directive=None,
        label=None,
        page=found.passage.page,
        number=number,
        text=words,
        units=(),
        due=None,
        boxes=(),
        score=found.score,
    )


def _directive_hit(found: Found, number: str | None, row: DirectiveRow) -> Hit:
    return Hit(
        dispatch=row.dispatch_id,
        directive=row.position,
        label=row.label,
        page=found.passage.page,
        number=number,
        text=row.text,
        units=tuple(map(unit_task, row.assignments)),
        due=row.due,
        boxes=_boxes(row.mentions, found.passage.page),
        score=found.score,
    )


def _boxes(mentions: list[Any], page: int | None) -> tuple[Box, ...]:
    return tuple(tuple(box) for mention in mentions if mention["page"] == page for box in mention["boxes"])
