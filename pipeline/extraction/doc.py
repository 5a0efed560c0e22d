"""What travels on a spaCy Doc through the extraction components: the running text in, the findings out."""

from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc

from models.office import Office
from models.record import Arrival, Deadline, Directive, Letterhead, Part, Reference, Review
from pipeline.extraction.running import RunningText


@dataclass
class Findings:
    """What the components have found so far; each component fills its own fields and may read the earlier ones."""

    letterhead: Letterhead = field(default_factory=Letterhead)
    arrival: Arrival = field(default_factory=Arrival)
    references: tuple[Reference, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    directives: tuple[Directive, ...] = ()
    reviews: tuple[Review, ...] = ()
    parts: tuple[Part, ...] = ()


def running_text(doc: Doc) -> RunningText:
    """Give the running text the Doc was made from; `doc.text` equals its `text`."""
    running: RunningText = doc._.running
    return running


def findings(doc: Doc) -> Findings:
    """Give the findings that travel on the Doc."""
    found: Findings = doc._.findings
    return found


def office_of(doc: Doc) -> Office:
    """Give the profile of the office that reads the dispatch."""
    office: Office = doc._.office
    return office


def declare_extensions() -> None:
    """Declare the Doc's own attributes; safe to call again."""
    extensions: tuple[tuple[str, Any], ...] = (("running", None), ("findings", None), ("office", None))
    for name, default in extensions:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
