"""File a processed dispatch: record, pages, citations, deadlines, directives, proposed assignments, search index.

Everything in one transaction together with the ledger's last state, so that no half of a dispatch is ever seen and
nothing is filed twice.
"""

from typing import Any

from sqlalchemy.orm import Session

from models.base import Frozen
from models.record import Directive, Record
from pipeline.vietnam.fold import fold
from pipeline.vietnam.numbers import search_key
from store.index import add_passages
from store.ledger import Claim, close_in
from store.opening import Store
from store.registry import find_or_add, issuer_key
from store.tables import (
    AssignmentRow,
    CitationRow,
    DeadlineRow,
    DirectiveRow,
    DispatchRow,
    PageRow,
    PassageRow,
)


def file_record(store: Store, held: Claim, record: Record, name: str) -> str:
    """Write a record under its claim and give the state it ended in: review when a person has to look, else done.

    `name` is the file's name as people read it; it stands in the stored record too.

    Raises:
        ClaimLostError: someone else has the file; nothing was written.
    """
    record = record.model_copy(update={"source": record.source.model_copy(update={"name": name})})
    state = "review" if record.needs_review or record.problems else "done"
    with store.write() as session:
        close_in(session, store.now(), held, state, name=name)
        session.add(_dispatch(held.file_id, record, store))
        session.flush()
        _add_pages(session, held.file_id, record)
        _add_citations(session, held.file_id, record)
        directives = _add_directives(session, held.file_id, record, _add_deadlines(session, held.file_id, record))
        _add_passages(session, held.file_id, record, directives)
    return state


def _dispatch(file_id: int, record: Record, store: Store) -> DispatchRow:
    head = record.letterhead
    return DispatchRow(
        id=file_id,
        record=record.to_json(),
        number=head.number,
        number_key=search_key(head.number) if head.number else None,
        symbol=head.symbol,
        kind=head.kind,
        kind_folded=fold(head.kind or ""),
        issuer=head.issuer,
        issuer_folded=issuer_key(head.issuer),
        place=head.place,
        issued_on=head.issued_on,
        subject=head.subject,
        urgency=head.urgency,
        processed_at=store.now(),
    )


def _add_pages(session: Session, file_id: int, record: Record) -> None:
    session.add_all(
        PageRow(
            dispatch_id=file_id,
            number=page.number,
            origin=page.origin,
            confidence=page.confidence,
            changes=page.changes,
            text=page.text,
        )
        for page in record.text.pages
    )


def _add_passages(session: Session, file_id: int, record: Record, directives: list[DirectiveRow]) -> None:
    """Index every page whole, and every directive with those who are to act."""
    pages = [PassageRow(dispatch_id=file_id, page=page.number) for page in record.text.pages]
    orders = [
        PassageRow(
            dispatch_id=file_id,
            directive_id=row.id,
            page=directive.mentions[0].page if directive.mentions else None,
        )
        for row, directive in zip(directives, record.directives, strict=True)
    ]
    session.add_all([*pages, *orders])
    session.flush()
    add_passages(
        session,
        [
            *(
                (p.id, page.text, _numbers_on(record, page.number))
                for p, page in zip(pages, record.text.pages, strict=True)
            ),
            *((p.id, "\n".join((d.text, *d.lead, *d.co)), ()) for p, d in zip(orders, record.directives, strict=True)),
        ],
    )


def _numbers_on(record: Record, page: int) -> list[str]:
    """Collect the numbers the record knows on a page, which may have been misread in its text."""
    cited = [r.number for r in record.references if r.number and any(mention.page == page for mention in r.mentions)]
    number = record.letterhead.evidence.get("number")
    if record.letterhead.number and (number.page if number else 1) == page:
        cited.append(record.letterhead.number)
    return cited


def _add_citations(session: Session, file_id: int, record: Record) -> None:
    for position, reference in enumerate(record.references):
        session.add(
            CitationRow(
                dispatch_id=file_id,
                document_id=find_or_add(session, reference).id,
                position=position,
                relation=reference.relation,
                cue=reference.cue,
                confidence=reference.confidence,
                pinpoints=list(reference.pinpoints),
                mentions=_plain(reference.mentions),
            )
        )


def _add_deadlines(session: Session, file_id: int, record: Record) -> list[DeadlineRow]:
    rows = [
        DeadlineRow(
            dispatch_id=file_id,
            position=position,
            text=deadline.text,
            due=deadline.due,
            inclusive=deadline.inclusive,
            time=deadline.time,
            recurrence=deadline.recurrence,
            relative=deadline.relative.model_dump(mode="json") if deadline.relative else None,
            confidence=deadline.confidence,
            mentions=_plain(deadline.mentions),
        )
        for position, deadline in enumerate(record.deadlines)
    ]
    session.add_all(rows)
    session.flush()
    return rows


def _add_directives(session: Session, file_id: int, record: Record, deadlines: list[DeadlineRow]) -> list[DirectiveRow]:
    rows = [
        _directive(file_id, position, directive, [deadlines[index] for index in dict.fromkeys(directive.deadlines)])
        for position, directive in enumerate(record.directives)
    ]
    session.add_all(rows)
    session.flush()
    return rows


def _directive(file_id: int, position: int, directive: Directive, deadlines: list[DeadlineRow]) -> DirectiveRow:
    return DirectiveRow(
        dispatch_id=file_id,
        position=position,
        label=directive.label,
        text=directive.text,
        lead=list(directive.lead),
        co=list(directive.co),
        report_to=directive.report_to,
        reason=directive.reason,
        due=min((d.due for d in deadlines if d.due), default=None),
        confidence=directive.confidence,
        mentions=_plain(directive.mentions),
        deadlines=deadlines,
        assignments=_assignments(directive),
    )


def _assignments(directive: Directive) -> list[AssignmentRow]:
    """Propose each unit once; a unit that leads doesn't also co-operate."""
    distinct = {(u.code, u.name): u for u in sorted(directive.units, key=lambda u: u.role == "lead")}
    wanted = dict.fromkeys((u.code, u.name) for u in directive.units)
    return [
        AssignmentRow(
            unit_code=unit.code,
            unit_name=unit.name,
            unit_folded=fold(unit.name),
            unit_level=unit.level,
            role=unit.role,
            state="proposed",
        )
        for unit in map(distinct.__getitem__, wanted)
    ]


def _plain(records: tuple[Frozen, ...]) -> list[Any]:
    return [record.model_dump(mode="json") for record in records]
