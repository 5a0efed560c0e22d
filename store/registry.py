"""The registry of cited documents: one row per distinct document, however many dispatches cite it.

Two citations are one document only where the print says so. A number comes back every year and in every province:
without its day, or with two issuers in question, it stays apart rather than being guessed into another's row.
"""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.record import Reference
from pipeline.vietnam.fold import fold
from pipeline.vietnam.numbers import parse_number, search_key
from store.tables import DocumentRow


def find_or_add(session: Session, reference: Reference) -> DocumentRow:
    """Give the registry's row for a citation; what the row doesn't know yet is filled in from it."""
    row = _find(session, reference)
    if row is None:
        row = DocumentRow(identity=_identity(reference), number_key=_number_key(reference), title_folded="")
        session.add(row)
    row.kind = row.kind or reference.kind
    row.number = row.number or reference.number
    row.issued_on = row.issued_on or reference.issued_on
    row.issuer = row.issuer or reference.issuer
    row.subject = row.subject or reference.subject
    row.title = row.title or reference.title
    row.title_folded = fold(row.title or "")
    session.flush()
    return row


def issuer_key(issuer: str | None) -> str:
    """Fold an issuer's name, the people's committees under their short name.

    >>> issuer_key("Ủy ban nhân dân tỉnh Quảng Ngãi") == issuer_key("UBND tỉnh Quảng Ngãi")
    True
    """
    return re.sub(r"\s+", " ", fold(issuer or "").replace("uy ban nhan dan", "ubnd")).strip()


def _find(session: Session, reference: Reference) -> DocumentRow | None:
    same = session.scalar(select(DocumentRow).where(DocumentRow.identity == _identity(reference)))
    if same is not None or not (reference.number and reference.issued_on):
        return same
    # Number and day agree: one document, unless its issuers are known to differ.
    issuer = issuer_key(reference.issuer)
    candidates = [
        row
        for row in session.scalars(
            select(DocumentRow).where(
                DocumentRow.number_key == _number_key(reference), DocumentRow.issued_on == reference.issued_on
            )
        )
        if not issuer or not row.issuer or issuer_key(row.issuer) == issuer
    ]
    return candidates[0] if len(candidates) == 1 else None


def _number_key(reference: Reference) -> str | None:
    return search_key(reference.number) if reference.number else None


def _identity(reference: Reference) -> str:
    """Write down what makes a document distinct, as far as the citation tells."""
    day = reference.issued_on.isoformat() if reference.issued_on else ""
    issuer = issuer_key(reference.issuer)
    if reference.number:
        number = parse_number(reference.number)
        key = search_key(reference.number)
        # "31/2024/QH15": year and issuer are in the number itself.
        return f"number|{key}" if number and number.year else f"number|{key}|{day}|{issuer}"
    if reference.title:
        return f"title|{fold(reference.title)}"
    return f"words|{fold(reference.kind or '')}|{day}|{issuer}|{fold(reference.subject or '')}"
