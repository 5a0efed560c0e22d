"""The recipe of finding references: heads, what follows them, lists, relations; then distinct documents."""

from dataclasses import replace

from models.record import Letterhead, Reference, Review
from pipeline.extraction.references.citation import Citation, Head, Span
from pipeline.extraction.references.describe import Reader, describe, figures_read
from pipeline.extraction.references.figures import mend_figures
from pipeline.extraction.references.flat import flatten
from pipeline.extraction.references.fronts import read_fronts
from pipeline.extraction.references.heads import find_heads, join_lists
from pipeline.extraction.references.issuers import office_behind
from pipeline.extraction.references.laws import find_laws
from pipeline.extraction.references.lists import lend_dates, merge_laws
from pipeline.extraction.references.relations import read_relations, settle_answers
from pipeline.extraction.references.resolve import add_short, gather, is_own
from pipeline.extraction.references.short import ShortMention, find_short
from pipeline.extraction.references.symbols import settle_symbol
from pipeline.extraction.references.tails import Surroundings, read_tails
from pipeline.extraction.references.twins import merge_twins
from pipeline.extraction.references.unread import find_unread
from pipeline.extraction.references.wording import phrases
from pipeline.extraction.running import RunningText, Zone
from pipeline.vietnam.dates import find_dates

ZONES = (Zone.LETTERHEAD, Zone.ADDRESSEES, Zone.BODY, Zone.FOOTNOTES, Zone.APPENDIX)


def find_references(running: RunningText, letterhead: Letterhead) -> tuple[tuple[Reference, ...], tuple[Review, ...]]:
    """Find every distinct document a dispatch cites, in the order it first cites them.

    >>> from pipeline.extraction.running import plain
    >>> line = plain("Thực hiện Kế hoạch số 69/KH-UBND ngày 22/3/2024 của UBND tỉnh.")
    >>> found, _ = find_references(line, Letterhead())
    >>> [(r.kind, r.number, r.issued_on.isoformat(), r.relation) for r in found]
    [('kế hoạch', '69/KH-UBND', '2024-03-22', 'thực hiện')]
    """
    citations, short, unread = find_citations(running)
    others = settle_answers([c for c in citations if not is_own(c, letterhead, running)], letterhead.recipients)
    gathered = gather(others)
    add_short(gathered, short)
    reader = Reader(running, letterhead, office_behind(letterhead))
    documents = merge_twins(gathered, lambda citation: figures_read(running, citation.start, citation.head.end))
    described = [describe(document, reader, index) for index, document in enumerate(documents)]
    return (
        tuple(reference for reference, _ in described),
        (*(review for _, reviews in described for review in reviews), *(_ask(running, span) for span in unread)),
    )


def _ask(running: RunningText, span: Span) -> Review:
    mention = running.mentions(*span)[0]
    reason = "số của văn bản được viện dẫn đọc không rõ"
    return Review(field="references", reason=reason, page=mention.page, boxes=mention.boxes)


def find_citations(running: RunningText) -> tuple[list[Citation], list[ShortMention], list[Span]]:
    """Find the citations as they stand in the text, the shorter mentions, and numbers that can't be read."""
    mended = mend_figures(running.text)
    text, flat = mended.text, flatten(mended.text)
    found = phrases().find(flat)
    stretches = [(start, end) for _, start, end in running.zones]
    around = Surroundings(text, flat, find_dates(text), found["office"], found["about"], found["act"], stretches)
    heads = merge_laws(find_heads(text, flat, found["kind"]), find_laws(text, flat, found["law"]), flat)
    drafted = read_tails([head for head in heads if _is_wanted(head, running)], around)
    taken = [(c.start, c.end) for c in drafted]
    short, loose = find_short(flat, found["kind"], taken)
    drafted = _with_loose(drafted, loose, around, running)
    starts = {c.start for c in drafted}
    short = [mention for mention in short if mention.span[0] not in starts]
    heads = join_lists([c.head for c in drafted], flat, {c.start: c.tail for c in drafted})
    citations = read_fronts(lend_dates(read_tails(heads, around), flat), around)
    citations = [settle_symbol(replace(c, mended=mended.touches(c.start, c.end))) for c in citations]
    unread = [span for span in find_unread(text, flat, found["kind"], taken) if running.zone(span[0]) in ZONES]
    return read_relations(citations, text, flat, found), short, unread


def _is_wanted(head: Head, running: RunningText) -> bool:
    zone = running.zone(head.start)
    if zone not in ZONES:
        return False
    # In the letterhead a number without a kind is the dispatch's own, or the copy's.
    return zone is not Zone.LETTERHEAD or head.named


def _with_loose(
    drafted: list[Citation], loose: list[Head], around: Surroundings, running: RunningText
) -> list[Citation]:
    """Add numbers without a symbol that no other citation completes, where a whole date or a year is printed."""
    known = {(c.head.kind, c.head.number.serial.lstrip("0")) for c in drafted if c.head.number and c.head.kind}
    added = list(drafted)
    for citation in read_tails(loose, around):
        serial = (citation.head.serial or "").split("/")[0].lstrip("0")
        dated = citation.date is not None or "/" in (citation.head.serial or "")
        if dated and (citation.head.kind, serial) not in known and _is_wanted(citation.head, running):
            added.append(citation)
    return sorted(added, key=lambda c: c.start)
