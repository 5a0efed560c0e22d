"""Recording: what the stations found, written into the one record that leaves the pipeline."""

from collections.abc import Iterable, Sequence

from models.page import TextPage
from models.record import PageText, Problem, Record, Source, Text
from pipeline.extraction.doc import Findings
from pipeline.intake.source import SourceFile
from pipeline.routing.route import Routed


def write_record(
    source: SourceFile, pages: Sequence[TextPage], found: Findings, routed: Routed, problems: Iterable[Problem]
) -> Record:
    """Put the record together; the directives are the routed ones."""
    signatures = [line for page in pages for line in page.signatures]
    return Record(
        source=Source(name=source.name, sha256=source.sha256, media_type=source.media_type, pages=len(pages)),
        letterhead=found.letterhead,
        arrival=found.arrival,
        parts=found.parts,
        references=found.references,
        deadlines=found.deadlines,
        directives=routed.directives,
        text=Text(pages=tuple(map(_page_text, pages))),
        needs_review=(*found.reviews, *routed.reviews),
        problems=tuple(problems),
        metadata={"signatures": signatures} if signatures else {},
    )


def _page_text(page: TextPage) -> PageText:
    return PageText(
        number=page.number,
        origin=page.origin,
        confidence=page.confidence,
        text=page.text,
        changes=len(page.changes),
    )
