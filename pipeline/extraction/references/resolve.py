"""Second step: mentions brought together to distinct documents, the dispatch itself left out.

One document has one number (its year, or the year of its date, counted in); laws are known by title. Where two
readings of one document's date disagree, the date is left open for a person.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models.record import Letterhead
from pipeline.extraction.references.citation import Citation, Head, Span
from pipeline.extraction.references.flat import flatten
from pipeline.extraction.references.short import ShortMention
from pipeline.extraction.running import RunningText, Zone
from pipeline.vietnam.fold import fold
from pipeline.vietnam.kinds import Kind
from pipeline.vietnam.numbers import DocumentNumber, search_key

# An appendix's title and the bracket under it take so many letters at most.
_HEAD_REACH = 600


@dataclass
class Document:
    """The citations of one document, in the order of the text, and its later mentions."""

    citations: list[Citation]
    later: list[Span] = field(default_factory=list)
    twins: list[str] = field(default_factory=list)
    """Numbers a figure away that may be other readings of its own."""
    open: bool = False
    """Whether a twin is as likely as its own number: then none is recorded."""

    @property
    def number(self) -> DocumentNumber | None:
        """Its number, as the first citation prints it that needed no repair."""
        clean = [c.head.number for c in self.citations if c.head.number and not c.head.repaired]
        coded = [number for number in clean if number.kind_code]
        return next(iter([*coded, *clean]), self.citations[0].head.number)

    @property
    def kind(self) -> Kind | None:
        """Its kind, where it is printed, else what the symbol says."""
        heads = sorted((c.head for c in self.citations if c.head.kind), key=lambda head: not head.named)
        return heads[0].kind if heads else None

    @property
    def mended(self) -> bool:
        """Whether every reading of it had to be put right."""
        return all(c.head.repaired or c.mended for c in self.citations)

    @property
    def dates(self) -> set[dt.date]:
        """The whole dates it is cited with."""
        own = {c.date for c in self.citations if c.date and not c.lent}
        return own or {c.date for c in self.citations if c.date}


def gather(citations: Sequence[Citation]) -> list[Document]:
    """Bring the citations of one document together."""
    documents: list[Document] = []
    for citation in citations:
        same = [document for document in documents if _same(document, citation)]
        if len(same) == 1:
            same[0].citations.append(citation)
        else:
            documents.append(Document([citation]))
    return documents


def _same(document: Document, citation: Citation) -> bool:
    known = document.citations[0]
    if citation.head.number and known.head.number:
        return _same_number(known.head, citation.head) and _one_year(document, citation)
    if citation.head.title and any(c.head.title for c in document.citations):
        return _same_title(document, citation)
    if citation.head.serial and known.head.serial:
        return (citation.head.serial, citation.head.kind, citation.date) == (
            known.head.serial,
            known.head.kind,
            known.date,
        )
    return False


def _same_number(known: Head, other: Head) -> bool:
    """Compare numbers; one may leave out the code of the kind that its word gives ("Nghị quyết 06/TU")."""
    assert known.number is not None
    assert other.number is not None
    if search_key(known.number.text) == search_key(other.number.text):
        return True
    alike = (known.kind, known.number.serial, known.number.year) == (other.kind, other.number.serial, other.number.year)
    one_coded = (known.number.kind_code is None) != (other.number.kind_code is None)
    return alike and one_coded and known.number.groups == other.number.groups


def _one_year(document: Document, citation: Citation) -> bool:
    """Tell whether the dates allow one document: a number comes again in another year."""
    if citation.head.number and citation.head.number.year:
        return True
    return citation.date is None or all(date.year == citation.date.year for date in document.dates)


def _same_title(document: Document, citation: Citation) -> bool:
    title, year = _title_key(citation)
    for known in document.citations:
        if known.head.title is None:
            continue
        other, other_year = _title_key(known)
        numbers = {search_key(c.head.number.text) for c in (known, citation) if c.head.number}
        if other == title and len({y for y in (year, other_year) if y}) < 2 and len(numbers) < 2:
            return True
    return False


def _title_key(citation: Citation) -> tuple[str, int | None]:
    """Give a law's folded name without its year, and the year it was passed in, when printed."""
    words = flatten(citation.head.title or "").replace(",", "").split()
    year = int(words.pop()) if words and words[-1].isdigit() and len(words[-1]) == 4 else None
    if words and words[-1] == "nam" and year:
        words.pop()
    number_year = citation.head.number.year if citation.head.number else None
    return " ".join(words), year or number_year or (citation.date.year if citation.date else None)


def add_short(documents: Sequence[Document], mentions: Iterable[ShortMention]) -> None:
    """Lead short mentions to the one document they can mean; a mention that fits several, or none, is dropped."""
    for mention in mentions:
        fitting = [document for document in documents if _fits(document, mention)]
        if len(fitting) == 1:
            fitting[0].later.append(mention.span)


def _fits(document: Document, mention: ShortMention) -> bool:
    head = document.citations[0].head
    if head.kind is not mention.kind or head.start > mention.span[0]:
        return False
    if mention.serial is None:
        return True
    number = document.number
    serial = number.serial if number else (head.serial or "").split("/")[0]
    years = {date.year for date in document.dates} | ({number.year} if number and number.year else set())
    return serial.lstrip("0") == mention.serial.lstrip("0") and (mention.year is None or mention.year in years)


def is_own(citation: Citation, letterhead: Letterhead, running: RunningText) -> bool:
    """Tell whether a citation is of the dispatch itself: its number, with a date that doesn't speak against it.

    The head of an appendix names the dispatch it belongs to ("(Kèm theo Công văn số … )"); there the symbol is
    enough, since the figures may be written by hand.
    """
    number = citation.head.number
    if number is None:
        return False
    same_symbol = letterhead.symbol is not None and fold(number.symbol) == fold(letterhead.symbol)
    if same_symbol and (_heads_appendix(citation, running) or _is_bracketed_head(citation, letterhead, running)):
        return True
    if letterhead.number is None:
        return False
    if search_key(number.text) != search_key(letterhead.number):
        return False
    return citation.date is None or letterhead.issued_on is None or citation.date == letterhead.issued_on


def _heads_appendix(citation: Citation, running: RunningText) -> bool:
    before = flatten(running.text[max(0, citation.start - 30) : citation.start])
    return running.zone(citation.start) is Zone.APPENDIX and re.search(r"kem theo\s*$", before) is not None


def _is_bracketed_head(citation: Citation, letterhead: Letterhead, running: RunningText) -> bool:
    """Know the bracket under an appendix's title where its words are lost to the seal.

    It stands near the head of the page, and its day is blank or may be the dispatch's own.
    """
    mention = running.mentions(citation.start, citation.end)[0]
    line = running.text.rfind("\n", 0, citation.start) + 1
    if (
        running.zone(citation.start) is not Zone.APPENDIX
        or mention.start > _HEAD_REACH
        or not running.text[line:].lstrip().startswith("(")
    ):
        return False
    first, last = letterhead.issued_between or (None, None)
    return citation.date is None or (first is not None and last is not None and first <= citation.date <= last)
