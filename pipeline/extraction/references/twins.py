"""Two readings of one number: "45/2023/TT-BXD" and "46/2023/TT-BXD" of one day, about one thing.

Between bringing mentions together and describing the documents. On a scan a figure misread in one of several mentions
makes a document that doesn't exist. Kind, symbol, day and subject tell that both are one; which number is right only
the reader's own confidence in the figures may say. Where it doesn't, the number is left open for a person.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

from pipeline.extraction.references.citation import Citation
from pipeline.extraction.references.flat import flatten
from pipeline.extraction.references.resolve import Document

# By so much one reading must be surer than the other to count.
_CLEARLY = 0.08
# So many letters of two subjects agree when they are one: tables and page ends cut the rest off.
_ALIKE = 20
# Numbers printed closer together are a list of different documents, each of them meant.
_APART = 200

Sureness = Callable[[Citation], float]


def merge_twins(documents: Sequence[Document], sureness: Sureness) -> list[Document]:
    """Bring documents together that differ in one misread figure, and mark those that may be such.

    `sureness` tells how surely the figures of a citation were read; 1 is a text layer's, where nothing is misread.
    """
    merged = list(documents)
    for one, other in combinations(documents, 2):
        if one not in merged or other not in merged or not _one_figure_apart(one, other):
            continue
        known, read = _sureness(one, sureness), _sureness(other, sureness)
        if min(known, read) >= 1:
            continue
        if _one_subject(one, other):
            keep, drop = (one, other) if known >= read else (other, one)
            _take(keep, drop, doubtful=abs(known - read) < _CLEARLY)
            merged.remove(drop)
        elif not _subjects(other) and _far_apart(one, other):
            other.twins.append(_number(one))
    return sorted(merged, key=lambda document: min(c.start for c in document.citations))


def _take(keep: Document, drop: Document, *, doubtful: bool) -> None:
    """Give one document the mentions of the other, under its own number."""
    if doubtful:
        keep.twins.append(_number(drop))
        keep.open = True
    right = keep.number
    misread = [replace(c, head=replace(c.head, number=right, repaired=True)) for c in drop.citations]
    keep.citations = sorted([*keep.citations, *misread], key=lambda citation: citation.start)
    keep.later += drop.later


def _one_figure_apart(one: Document, other: Document) -> bool:
    """Tell whether two numbers of one kind, symbol and day differ in a single figure."""
    first, second = one.number, other.number
    if first is None or second is None or one.kind is not other.kind or not one.dates & other.dates:
        return False
    alike = (first.year, flatten(first.symbol)) == (second.year, flatten(second.symbol))
    serials = first.serial, second.serial
    return alike and len(serials[0]) == len(serials[1]) > 1 and sum(a != b for a, b in zip(*serials, strict=True)) == 1


def _one_subject(one: Document, other: Document) -> bool:
    beginnings = {subject[:_ALIKE] for subject in _subjects(one) if len(subject) >= _ALIKE}
    return any(subject[:_ALIKE] in beginnings for subject in _subjects(other))


def _subjects(document: Document) -> set[str]:
    subjects = {c.subject for c in document.citations if c.subject}
    return {"".join(letter for letter in flatten(subject) if letter.isalnum()) for subject in subjects}


def _far_apart(one: Document, other: Document) -> bool:
    return all(abs(a.start - b.start) > _APART for a in one.citations for b in other.citations)


def _sureness(document: Document, sureness: Sureness) -> float:
    """Give the surest of a document's readings; several that agree weigh no more, as one misprint repeats."""
    return max(sureness(citation) for citation in document.citations)


def _number(document: Document) -> str:
    return document.number.text if document.number else ""
