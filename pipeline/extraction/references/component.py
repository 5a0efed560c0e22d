"""The spaCy component "congvan_references": reads the running text and the letterhead, writes the references."""

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.doc import findings, running_text
from pipeline.extraction.references.find import find_references


@Language.component("congvan_references")
def read_references(doc: Doc) -> Doc:
    """Find the documents a dispatch cites."""
    found = findings(doc)
    references, reviews = find_references(running_text(doc), found.letterhead)
    found.references = references
    found.reviews += reviews
    return doc
