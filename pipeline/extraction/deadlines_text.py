"""The text deadlines are read from: a paragraph, folded, its blanks and line breaks made one blank each.

Patterns stay short that way, and every offset leads back to the running text.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extraction.paragraphs import UPPER
from pipeline.vietnam.fold import fold_character

# A full stop before a blank and a capital ends a sentence, unless an abbreviation or a bare figure stands before it.
_STOP = re.compile(rf"[.!?](?=\s+[{UPPER}])|[;!?]|\./\.|…\s*(?=[{UPPER}])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:TP|Tp|tp|Th|ThS|TS|BS|DS|KS|CN|PGS|GS|KT|TM|TL|TX|TT|P|Q|H|X|v\.v|Đ/c|đ/c|đc|St|No|Nxb)|(?:^|\s)\d{1,2})$"
)


@dataclass(frozen=True)
class Flat:
    """A folded stretch of the running text with single blanks; `offsets[i]` is where its character i came from."""

    text: str
    offsets: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]
    source: str

    def printed(self, start: int, end: int) -> str:
        """Give the words of the running text, with their marks, behind a span of the flat text."""
        if start >= end:
            return ""
        first, last = self.original(start, end)
        return self.source[first:last]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the running text that holds a span of the flat text."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def sentence(self, place: int) -> tuple[int, int]:
        """Give the sentence (or part before a semicolon) that holds a place."""
        return next(((start, end) for start, end in self.sentences if start <= place < end), (0, len(self.text)))


def flatten(text: str, start: int, end: int) -> Flat:
    r"""Fold `text[start:end]` and give every stretch of blanks one blank.

    >>> flatten("Báo cáo  trước\nngày 5/10.", 0, 25).text
    'bao cao truoc ngay 5/10.'
    """
    pieces: list[str] = []
    offsets: list[int] = []
    stops = {start + match.end() for match in _stops(text[start:end])}
    cuts = [0]
    for place in range(start, end):
        character = text[place]
        piece = " " if character.isspace() else fold_character(character)
        if piece == " " and pieces and pieces[-1][-1:] == " ":
            continue
        if place in stops and offsets:
            cuts.append(len(offsets))
        if piece:
            pieces.append(piece)
            offsets.extend([place] * len(piece))
    cuts.append(len(offsets))
    sentences = tuple((a, b) for a, b in pairwise(cuts) if b > a)
    return Flat("".join(pieces), tuple(offsets), sentences, text)


def _stops(stretch: str) -> list[re.Match[str]]:
    return [m for m in _STOP.finditer(stretch) if not _ABBREVIATED.search(stretch[max(0, m.start() - 8) : m.start()])]
