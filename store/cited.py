"""The registry of cited documents as people see it: who cites what, how, and whether the store holds it."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import Frozen
from store.opening import Store
from store.registry import issuer_key
from store.tables import CitationRow, DispatchRow, DocumentRow


class Citing(Frozen):
    """One dispatch that cites a document."""

    dispatch: int
    number: str | None
    issuer: str | None
    relation: str
    cue: str | None
    confidence: float
    mentions: int
    pages: tuple[int, ...]


class Cited(Frozen):
    """One distinct document that is cited; `held` is the dispatch it is, when the store has it."""

    id: int
    kind: str | None
    number: str | None
    issued_on: dt.date | None
    issuer: str | None
    subject: str | None
    title: str | None
    held: int | None
    cited_by: tuple[Citing, ...]


def list_references(store: Store) -> list[Cited]:
    """Give the registry of cited documents, each with the dispatches that cite it."""
    with store.read() as session:
        documents = session.scalars(
            select(DocumentRow).where(DocumentRow.citations.any()).order_by(DocumentRow.number_key, DocumentRow.id)
        )
        return [_cited(session, document) for document in documents]


def _cited(session: Session, document: DocumentRow) -> Cited:
    citations = sorted(document.citations, key=lambda c: (c.dispatch_id, c.position))
    return Cited(
        id=document.id,
        kind=document.kind,
        number=document.number,
        issued_on=document.issued_on,
        issuer=document.issuer,
        subject=document.subject,
        title=document.title,
        held=_held(session, document),
        cited_by=tuple(map(_citing, citations)),
    )


def _citing(citation: CitationRow) -> Citing:
    pages = {mention["page"]: None for mention in citation.mentions}
    return Citing(
        dispatch=citation.dispatch_id,
        number=citation.dispatch.number,
        issuer=citation.dispatch.issuer,
        relation=citation.relation,
        cue=citation.cue,
        confidence=citation.confidence,
        mentions=len(citation.mentions),
        pages=tuple(pages),
    )


def _held(session: Session, document: DocumentRow) -> int | None:
    """Name the dispatch in the store that the cited document is: number and day agree, issuers don't differ."""
    if not document.number_key or not document.issued_on:
        return None
    issuer = issuer_key(document.issuer)
    same = [
        row.id
        for row in session.scalars(
            select(DispatchRow).where(
                DispatchRow.number_key == document.number_key, DispatchRow.issued_on == document.issued_on
            )
        )
        if not issuer or not row.issuer_folded or row.issuer_folded == issuer
    ]
    return same[0] if len(same) == 1 else None
