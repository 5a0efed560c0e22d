"""The spaCy component `congvan_letterhead`: letterhead and arrival into the findings, doubts into the reviews."""

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.doc import findings, running_text
from pipeline.extraction.letterhead.reading import read_letterhead


@Language.component("congvan_letterhead")
def find_letterhead(doc: Doc) -> Doc:
    """Fill `letterhead` and `arrival`, and add what a person must look at to `reviews`."""
    reading = read_letterhead(running_text(doc))
    found = findings(doc)
    found.letterhead, found.arrival = reading.letterhead, reading.arrival
    found.reviews += reading.reviews
    return doc
