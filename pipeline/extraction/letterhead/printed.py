"""Printed lines as the letterhead reads them: a stretch of text, where it stands, and how surely it was read.

Between the running text and the readers of the fields. A reader gives a `Found` value or a `Doubt`; `component` turns
them into evidence and review entries.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from models.page import Box, Line, Region, TextPage, Word
from pipeline.extraction.running import Piece, RunningText, Zone
from pipeline.vietnam.fold import Folded, fold_with_map

Value = TypeVar("Value")
# Rules, frames and blotches at the ends of a line.
STROKES = " \t_-–—.,:;|*~'`\"°¬ˆ´¨^“”‘’«»•·\\<>=©®§¤†‡"
# No line is printed so long; what is longer is a page whose lines weren't told apart.
LONGEST_LINE = 500
# Below this the OCR's own word confidence says that a word is a guess.
SURE = 0.6
# Figures have no dictionary behind them. Strokes of a pen are told by the reader; what it misses is read as figures
# with less confidence than this, print seldom.
SURE_FIGURE = 0.7
# Figures read as one word with a symbol of known form are no stray strokes.
SURE_WITH_SYMBOL = 0.55


@dataclass(frozen=True)
class Stretch:
    """A printed line, or one column's share of it: `running.text[start:end]`."""

    text: str
    start: int
    page: int = 1
    region: Region = Region.UNKNOWN
    box: Box | None = None
    words: tuple[Word, ...] = ()
    origin: int = 0
    """Where the stretch begins in its page's text; `words` count from there as well."""
    gap: bool = False
    """A wide gap parts the line from the one before."""

    @property
    def end(self) -> int:
        """The offset in the running text where the stretch ends."""
        return self.start + len(self.text)

    @cached_property
    def folded(self) -> Folded:
        """The text folded, with its way back."""
        return fold_with_map(self.text)

    @property
    def core(self) -> str:
        """The text without blanks, rules and blotches at its ends."""
        return self.text.strip(STROKES)

    @property
    def bare(self) -> str:
        """The folded text without blanks and rules at its ends, its blanks single."""
        return " ".join(self.folded.text.strip(STROKES).split())

    def cut(self, start: int, end: int) -> "Stretch":
        """Give the part between two offsets of the stretch's own text, blanks at its ends left out."""
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        part = part.strip()
        low, high = self.origin + start, self.origin + start + len(part)
        words = tuple(word for word in self.words if word.start < high and low < word.end)
        box = self.box
        if words:
            box = (
                min(w.box[0] for w in words),
                min(w.box[1] for w in words),
                max(w.box[2] for w in words),
                max(w.box[3] for w in words),
            )
        return Stretch(part, self.start + start, self.page, self.region, box, words, low, self.gap)

    def cut_folded(self, start: int, end: int) -> "Stretch":
        """Give the part between two offsets of the folded text."""
        return self.cut(*self.folded.original(start, end))

    @property
    def handwritten(self) -> bool:
        """Tell whether any word of the stretch was written with a pen."""
        return any(word.handwritten for word in self.words)

    @property
    def confidence(self) -> float:
        """The least confidence of the words it is made of; 1 for text without words."""
        return min((word.confidence for word in self.words), default=1.0)


@dataclass(frozen=True)
class Found(Generic[Value]):
    """A value read, from where, by which rule, and how likely it is right."""

    value: Value
    start: int
    end: int
    confidence: float
    rule: str


@dataclass(frozen=True)
class Doubt:
    """A field a person must look at: why (Vietnamese), where, and what it looks like."""

    field: str
    reason: str
    start: int | None = None
    end: int | None = None
    value: str | None = None
    confidence: float = 0.0


def stretches(running: RunningText, *zones: Zone) -> list[Stretch]:
    """Give the printed lines of some zones that hold anything, in order; a line too long to be one is left out."""
    lines = {(page.number, line.start): line for page in running.pages for line in page.lines}
    pages = {page.number: page for page in running.pages}
    found: list[Stretch] = []
    gap = False
    for piece in running.pieces:
        text = running.text[piece.start : piece.start + piece.length]
        if not text.strip():
            gap = True
        elif piece.length <= LONGEST_LINE and running.zone(piece.start) in zones:
            found.append(_stretch(piece, text, pages[piece.page], lines.get((piece.page, piece.page_start)), gap=gap))
            gap = False
    return found


def _stretch(piece: Piece, text: str, page: TextPage, line: Line | None, *, gap: bool) -> Stretch:
    end = piece.page_start + piece.length
    words = tuple(word for word in page.words if word.start < end and piece.page_start < word.end)
    region, box = (line.region, line.box) if line else (Region.UNKNOWN, None)
    return Stretch(text, piece.start, piece.page, region, box, words, piece.page_start, gap)
