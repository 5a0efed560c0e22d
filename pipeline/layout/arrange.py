"""The layout station: a page's words → its printed lines in reading order, side-by-side columns one after the other."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from models.page import Box, Line, ReadPage, ReadWord, Region, TextPage, Word
from pipeline.layout.columns import Band, Row, find_closing, find_header, split_titles
from pipeline.layout.strips import Strip, around, make_rows, make_strips

WIDE_SPACE = 1.1
"""A vertical gap so many lines high leaves an empty line in the text."""


@dataclass(frozen=True)
class PrintedLine:
    """One printed line on its way into the text."""

    words: tuple[ReadWord, ...]
    region: Region

    @property
    def box(self) -> Box:
        """The box around its words."""
        return around(word.box for word in self.words)


def lay_out(page: ReadPage) -> TextPage:
    """Order the words of a page."""
    rows = make_rows(split_titles(make_strips(page.words)))
    return set_text(page, list(_lines(rows)))


def _lines(rows: Sequence[Row]) -> Iterable[PrintedLine]:
    header = find_header(rows)
    closing = find_closing(rows, header.last if header else 0)
    index = 0
    while index < len(rows):
        if header and index == header.first:
            yield from _columns(rows, header, Region.HEADER_LEFT, Region.HEADER_RIGHT)
            index = header.last
        elif closing and index == closing.first:
            yield from _columns(rows, closing, Region.CLOSING_LEFT, Region.CLOSING_RIGHT)
            index = closing.last
        else:
            yield _line(rows[index], Region.BODY)
            index += 1


def _columns(rows: Sequence[Row], band: Band, left: Region, right: Region) -> Iterable[PrintedLine]:
    strips = [strip for row in rows[band.first : band.last] for strip in row]
    for region in (left, right):
        column = [s for s in strips if ((s.box[0] + s.box[2]) / 2 < band.middle) == (region is left)]
        for row in make_rows(column):
            yield _line(row, region)


def _line(row: Row, region: Region) -> PrintedLine:
    return PrintedLine(tuple(word for strip in row for word in strip.words), region)


def set_text(page: ReadPage, lines: Sequence[PrintedLine]) -> TextPage:
    """Write the lines into one text, with the offsets of each word and line."""
    height = median([line.box[3] - line.box[1] for line in lines]) if lines else 0.0
    text = ""
    words: list[Word] = []
    placed: list[Line] = []
    previous: PrintedLine | None = None
    for line in lines:
        if previous:
            text += "\n\n" if _apart(previous, line, height) else "\n"
        start = len(text)
        for read in line.words:
            text += " " if len(text) > start else ""
            words.append(
                Word(
                    start=len(text),
                    end=len(text) + len(read.text),
                    box=read.box,
                    confidence=read.confidence,
                    handwritten=read.handwritten,
                )
            )
            text += read.text
        placed.append(Line(start=start, end=len(text), box=line.box, region=line.region))
        previous = line
    return TextPage(
        number=page.number,
        width=page.width,
        height=page.height,
        origin=page.origin,
        confidence=Strip(page.words).confidence if page.words else 1.0,
        text=text,
        words=tuple(words),
        lines=tuple(placed),
        signatures=page.signatures,
    )


def _apart(above: PrintedLine, below: PrintedLine, height: float) -> bool:
    gap = below.box[1] - above.box[3]
    return above.region is not below.region or gap > WIDE_SPACE * height


def lay_out_plain(text: str, number: int) -> TextPage:
    """Take the lines of plain text as they are: no geometry tells more."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    lines = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Line(start=start, end=start + len(line)))
        start += len(line) + 1
    return TextPage(
        number=number, width=0, height=0, origin="text layer", confidence=1.0, text=text, lines=tuple(lines)
    )
