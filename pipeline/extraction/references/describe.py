"""The record of a cited document, how sure it is, and what a person must look at."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.record import RELATIONS, Letterhead, Mention, Reference, Review
from pipeline.extraction.references.citation import Span
from pipeline.extraction.references.issuers import Office, name_issuer
from pipeline.extraction.references.resolve import Document
from pipeline.extraction.references.symbols import contradicts
from pipeline.extraction.running import RunningText

_BY_PARLIAMENT = ("luật", "bộ luật", "hiến pháp")


@dataclass(frozen=True)
class Reader:
    """What a document is described with: the running text, the dispatch's letterhead, the office that wrote it."""

    running: RunningText
    letterhead: Letterhead
    office: Office


def describe(document: Document, reader: Reader, index: int) -> tuple[Reference, list[Review]]:
    """Make the record of a document and say what a person must look at; `index` is its place in the record."""
    citations = document.citations
    strongest = min(citations, key=lambda c: RELATIONS.index(c.relation))
    kind = document.kind
    dates = document.dates
    mentions = [m for span in _spans(document) for m in reader.running.mentions(*span)]
    doubt = max((_doubt(reader.running, m) for m in mentions), default=1.0)
    reference = Reference(
        kind=kind.name if kind else None,
        number=_number(document),
        issued_on=next(iter(dates)) if len(dates) == 1 else None,
        issuer=_issuer(document, reader.office),
        subject=next((c.subject for c in citations if c.subject), None),
        title=max((c.head.title for c in citations if c.head.title), key=len, default=None),
        pinpoints=tuple(dict.fromkeys(p for c in citations for p in c.pinpoints)),
        relation=strongest.relation,
        cue=strongest.cue,
        confidence=round(min(_confidence(document, reader.letterhead), doubt), 2),
        mentions=tuple(sorted(mentions, key=lambda m: (m.page, m.start))),
    )
    return reference, list(_reviews(document, reference, reader.letterhead, index))


def _number(document: Document) -> str | None:
    if document.open:
        return None
    return document.number.text if document.number else next((c.head.serial for c in document.citations), None)


def _issuer(document: Document, office: Office) -> str | None:
    if document.kind and document.kind.name in _BY_PARLIAMENT:
        return "Quốc hội"
    printed = next((c.issuer for c in document.citations if c.issuer), None)
    front = next((c.front for c in document.citations if c.front), None)
    return name_issuer(printed, front, document.number, office)


def _spans(document: Document) -> list[Span]:
    return sorted([(c.start, c.end) for c in document.citations] + document.later)


def _confidence(document: Document, letterhead: Letterhead) -> float:
    """Say how likely the number and the date are right, from how they are printed."""
    citations = document.citations
    if len(document.dates) > 1 or document.twins or _clash(document, letterhead):
        return 0.5
    if document.mended:
        return 0.75
    if not any(c.head.number or c.head.title for c in citations):
        return 0.7
    if any(c.head.number for c in citations):
        printed = any(c.head.named for c in citations)
        dated = any(c.date and not c.lent for c in citations)
        return (0.98 if dated else 0.95) if printed else (0.92 if dated else 0.8)
    return 0.93


def _clash(document: Document, letterhead: Letterhead) -> str | None:
    """Say what speaks against number or date: another office, another year, a day after the dispatch's own."""
    for citation in document.citations:
        if contradicts(citation):
            return "ký hiệu không khớp với cơ quan ban hành được ghi bên cạnh"
    for date in document.dates:
        if document.number and document.number.year not in (None, date.year):
            return f"năm trong số văn bản ({document.number.year}) khác năm ban hành ({date.year})"
        if letterhead.issued_on and date > letterhead.issued_on:
            return f"ngày {date.day}/{date.month}/{date.year} sau ngày ban hành của văn bản này"
    return None


def figures_read(running: RunningText, start: int, end: int) -> float:
    """Give the lowest confidence the reader had in the words of a stretch that hold figures; 1 without words."""
    return min((_lowest(running, mention) for mention in running.mentions(start, end)), default=1.0)


def _lowest(running: RunningText, mention: Mention) -> float:
    page = running.page(mention.page)
    words = [
        word.confidence
        for word in page.words
        if word.start < mention.end
        and mention.start < word.end
        and any(character.isdigit() for character in page.text[word.start : word.end])
    ]
    return min(words, default=1.0)


def _doubt(running: RunningText, mention: Mention) -> float:
    """Give what the reader's confidence in a mention's figures leaves of a finding's."""
    lowest = _lowest(running, mention)
    # Above this the reader's own figure says nothing more about whether the figures are right.
    return 1.0 if lowest >= 0.8 else 0.5 + lowest / 2


def _reviews(document: Document, reference: Reference, letterhead: Letterhead, index: int) -> Iterable[Review]:
    first = reference.mentions[0] if reference.mentions else None
    page, boxes = (first.page, first.boxes) if first else (None, ())
    if len(document.dates) > 1:
        dates = ", ".join(f"{d.day}/{d.month}/{d.year}" for d in sorted(document.dates))
        reason = f"văn bản được viện dẫn với nhiều ngày khác nhau: {dates}"
        yield Review(field=f"references.{index}.issued_on", reason=reason, page=page, boxes=boxes)
    if not document.dates and any(c.unread for c in document.citations):
        reason = "ngày của văn bản được viện dẫn đọc không rõ"
        yield Review(field=f"references.{index}.issued_on", reason=reason, page=page, boxes=boxes)
    if document.twins:
        readings = ", ".join(dict.fromkeys([document.number.text if document.number else "", *document.twins]))
        reason = f"cùng loại, cùng ngày nhưng số đọc khác nhau một chữ số: {readings}"
        yield Review(field=f"references.{index}.number", reason=reason, page=page, boxes=boxes)
    clash = _clash(document, letterhead)
    if clash:
        yield Review(field=f"references.{index}", reason=clash, page=page, boxes=boxes)
    if document.mended:
        reason = "số, ký hiệu hoặc ngày đọc không rõ, đã sửa theo dạng đã biết"
        yield Review(field=f"references.{index}.number", reason=reason, page=page, boxes=boxes)
