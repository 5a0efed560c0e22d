"""Extraction: pages in, findings out. One spaCy pipeline reads the letter, and each attached document by itself.

The components run in an order in which each may use what the earlier ones found: letterhead, references, deadlines,
directives. They are registered with spaCy by name, so that a pipeline can be put together without one of them.
"""

import importlib
from collections.abc import Sequence
from functools import lru_cache

from spacy.language import Language

from models.office import Office
from models.page import TextPage
from models.record import AttachedRecord, Part
from pipeline.extraction.doc import Findings, declare_extensions
from pipeline.extraction.parts import PartPages, split_parts
from pipeline.extraction.zones import sort_lines
from pipeline.tools.language import blank_vietnamese

# Component name → the module that registers it.
COMPONENTS = {
    "congvan_letterhead": "pipeline.extraction.letterhead.component",
    "congvan_references": "pipeline.extraction.references.component",
    "congvan_deadlines": "pipeline.extraction.deadlines",
    "congvan_directives": "pipeline.extraction.directives",
}


@lru_cache(maxsize=1)
def extraction_pipeline() -> Language:
    """Build the spaCy pipeline once per process."""
    nlp = blank_vietnamese()
    for name, module in COMPONENTS.items():
        importlib.import_module(module)
        nlp.add_pipe(name)
    return nlp


def extract(pages: Sequence[TextPage], office: Office) -> Findings:
    """Read the letter with its appendices; attached documents become records of their own among `parts`."""
    parts = split_parts(pages)
    found = _read([part for part in parts if part.role != "attached document"], office)
    found.parts = tuple(_describe(part, office) for part in parts)
    return found


def _read(parts: Sequence[PartPages], office: Office) -> Findings:
    declare_extensions()
    nlp = extraction_pipeline()
    running = sort_lines(parts)
    doc = nlp.make_doc(running.text)
    found = Findings()
    doc._.running, doc._.findings, doc._.office = running, found, office
    nlp(doc)
    return found


def _describe(part: PartPages, office: Office) -> Part:
    record = None
    if part.role == "attached document":
        found = _read([PartPages("letter", part.pages)], office)
        record = AttachedRecord(
            letterhead=found.letterhead,
            references=found.references,
            deadlines=found.deadlines,
            directives=found.directives,
            needs_review=found.reviews,
        )
    return Part(role=part.role, pages=tuple(page.number for page in part.pages), record=record)
