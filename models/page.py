"""Pages on their way from a file to Vietnamese text: words with boxes, printed lines, and what was changed.

Boxes are `(x0, y0, x1, y1)` in PDF points (1/72 inch) from the top left of the upright page.
Offsets count characters of the page's own `text`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Self

from pydantic import model_validator

from models.base import Frozen

Box = tuple[float, float, float, float]
Origin = Literal["text layer", "ocr", "restored"]


class Region(StrEnum):
    """Where on the page a printed line stands, as far as its place alone can tell."""

    HEADER_LEFT = "header left"  # issuer, number, V/v
    HEADER_RIGHT = "header right"  # national title, place and date
    BODY = "body"  # running text, headings, Kính gửi
    TABLE = "table"
    FOOTNOTE = "footnote"
    CLOSING_LEFT = "closing left"  # Nơi nhận
    CLOSING_RIGHT = "closing right"  # authority, position and name of the signer
    FURNITURE = "furniture"  # page number, running header, address line at the foot
    STAMP = "stamp"  # ĐẾN stamp, HỎA TỐC box, marginal note
    UNKNOWN = "unknown"  # plain text input: no geometry to go by


class Word(Frozen):
    """One word as read: where it stands in the page's text, its box, and how sure the reader was (0 to 1).

    A `handwritten` word was written with a pen: what OCR made of it is a guess, never a reading.
    """

    start: int
    end: int
    box: Box
    confidence: float
    handwritten: bool = False


@dataclass(frozen=True, slots=True)
class ReadWord:
    """One word as it comes from a text layer or from OCR, before layout gives it a place in the text.

    `size` is the height of its print in points: the font's size in a text layer, in OCR the height of the line it
    stands in. `line` names the printed line the reader put it in, where the reader tells. A `stamp` word was read
    from coloured ink alone.
    """

    text: str
    box: Box
    confidence: float = 1.0
    size: float = 0.0
    font: str | None = None
    line: tuple[int, ...] | None = None
    handwritten: bool = False
    stamp: bool = False


@dataclass(frozen=True, slots=True)
class ReadPage:
    """An upright page as read: its words in no certain order, and the ruling that helps to order them.

    `rules` are horizontal rules, `cells` the cells of ruled tables.
    """

    number: int
    width: float
    height: float
    origin: Origin
    words: tuple[ReadWord, ...]
    rules: tuple[Box, ...] = ()
    cells: tuple[Box, ...] = ()
    signatures: tuple[str, ...] = ()


class Line(Frozen):
    """One printed line: `text[start:end]` of the page, without its line break."""

    start: int
    end: int
    box: Box | None = None
    region: Region = Region.UNKNOWN


class Change(Frozen):
    """One change restoration made, with both readings, the rule that made it and its probability.

    `start` and `end` are offsets into the page's text after the change.
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    probability: float


class TextPage(Frozen):
    """The text of one page, its printed lines in reading order, and where each word stands.

    Side-by-side columns (letterhead, Nơi nhận and signature) come one after the other, left first.
    `text` is NFC, its lines are parted by one line feed, and it holds every line of `lines` in order.
    Lines between which `text` has an empty line are parted by a wide gap on the page.
    """

    number: int
    width: float
    height: float
    origin: Origin
    confidence: float
    text: str
    words: tuple[Word, ...] = ()
    lines: tuple[Line, ...] = ()
    changes: tuple[Change, ...] = ()
    signatures: tuple[str, ...] = ()
    """Digital-signature lines ("Ký bởi: …", "Thời gian ký: …") taken out of the text."""

    @model_validator(mode="after")
    def _offsets_fit(self) -> Self:
        parts: tuple[Word | Line, ...] = (*self.words, *self.lines)
        for part in parts:
            if not 0 <= part.start <= part.end <= len(self.text):
                msg = f"offsets {part.start}:{part.end} outside the text of page {self.number}"
                raise ValueError(msg)
        return self

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Give one box per printed line for the words between two offsets; () for text without geometry."""
        return tuple(
            (
                min(w.box[0] for w in row),
                min(w.box[1] for w in row),
                max(w.box[2] for w in row),
                max(w.box[3] for w in row),
            )
            for line in self.lines
            if line.start < end
            and start < line.end
            and (row := [w for w in self.words if max(start, line.start) < w.end and w.start < min(end, line.end)])
        )
