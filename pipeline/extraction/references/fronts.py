"""What stands in front of a document's name: "của Sở Tài chính tại Tờ trình …", "Ngày 5/6/2024, Sở Y tế ban hành …".

Part of the first step of finding references. It names the issuer less surely than "của …" behind the number does
(a leader's order is passed on by his office), so that a symbol that is certain wins over it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.references.citation import Citation, Span
from pipeline.extraction.references.tails import Surroundings, office_end
from pipeline.vietnam.dates import PrintedDate

_AT = re.compile(r"\s*,?\s*(?:neu\s+)?tai\s+(?:cac\s+)?")
_ACT = re.compile(
    r"\s*,?\s*(?:(?:da|cung|tiep\s+tuc|vua)\s+)*(?:co\s+)?(?:ky\s+)?(?:ban\s+hanh|phat\s+hanh|co|ky|gui)\s+(?:cac\s+)?"
)
_BY = re.compile(r"\b(?:cua|do)\s+$")
_CLAUSE_BEFORE = re.compile(r"(?:^|[.,;:(\n]|\b(?:duoc|ma|va|khi|ngay\s+[\d/.-]+))\s*$")
_TO_OFFICE = re.compile(r"\s*,?\s*")
_REACH = 120


def read_fronts(citations: Sequence[Citation], around: Surroundings) -> list[Citation]:
    """Add issuers and dates printed in front, where none is printed behind."""
    return [_with_front(citation, around) for citation in citations]


def _with_front(citation: Citation, around: Surroundings) -> Citation:
    if citation.issuer or citation.head.title or not citation.head.named:
        return citation
    found = _office(citation.start, around)
    if found is None:
        return citation
    span, acts = found
    citation = replace(citation, front=" ".join(around.text[span[0] : span[1]].split()))
    if acts and citation.date is None and not citation.partial:
        date = _date_before(span[0], around.dates, around.flat)
        if date and date.date:
            citation = replace(citation, date=date.date)
    return citation


def _office(place: int, around: Surroundings) -> tuple[Span, bool] | None:
    """Give the office in front of a place and whether it is said to issue what follows."""
    for office in around.offices:
        if not place - _REACH <= office.start < place:
            continue
        before = around.flat[max(0, office.start - 20) : office.start]
        end = office_end(around, office.start, place)
        if _BY.search(before) and _AT.fullmatch(around.flat, end, place):
            return (office.start, end), False
        if _CLAUSE_BEFORE.search(before) and _ACT.fullmatch(around.flat, end, place):
            return (office.start, end), True
    return None


def _date_before(place: int, dates: Sequence[PrintedDate], flat: str) -> PrintedDate | None:
    """Give the date a sentence opens with, right before its subject."""
    for date in dates:
        if date.end <= place and _TO_OFFICE.fullmatch(flat, date.end, place):
            opens = re.compile(r"(?:^|[.;,(\n])\s*(?:vao\s+)?$").search(flat[: date.start])
            return date if opens else None
    return None
