"""The layout station: a page's words → its printed lines in reading order, side-by-side columns one after the other."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from models.page import Box, Line, ReadPage, ReadWord, Region, TextPage, Word
from pipeline.layout.columns import Band, Row, find_closing, find_header, split_columns
from pipeline.layout.margins import find_footnotes, is_address, is_page_number
from pipeline.layout.signatures import take_out_notices
from pipeline.layout.strips import Strip, around, make_rows, make_strips
from pipeline.layout.tables import Table, take_out_tables

WIDE_SPACE = 1.1
"""A vertical gap so many lines high leaves an empty line in the text."""

SCRIBBLE = 0.35
"""Mean confidence under which a few letters standing alone are none."""


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
    """Order the words of a page.

    Stamps and notices of digital signatures come out first, then tables; what is left goes into rows, and rows into
    columns where two stand side by side. Stamps end the text: they belong to no line of it.
    """
    stamped = [word for word in page.words if word.stamp]
    words, tables = take_out_tables(
        [word for word in page.words if not word.stamp], page.cells, page.width * page.height
    )
    strips, notices = take_out_notices(make_strips(words))
    rows = make_rows(split_columns([strip for strip in strips if not _is_scribble(strip)], page.width))
    footnotes = find_footnotes(rows, page.rules, page.width, page.height)
    lines = [
        *_with_tables(list(_lines(rows[:footnotes], page)), tables),
        *(_line(row, _edge(row, page) or Region.FOOTNOTE) for row in rows[footnotes:]),
        *(_line(row, Region.STAMP) for row in make_rows(make_strips(stamped))),
    ]
    return set_text(page, lines, (*page.signatures, *notices))


def _is_scribble(strip: Strip) -> bool:
    """Tell whether a strip is specks or a pen's stroke in the margin, read as a few letters with no confidence."""
    if any(word.handwritten for word in strip.words):
        return False
    return strip.confidence < SCRIBBLE and sum(character.isalnum() for character in strip.text) <= 5


def _lines(rows: Sequence[Row], page: ReadPage) -> Iterable[PrintedLine]:
    headers = _headers(rows)
    closing = find_closing(rows, headers[-1].last if headers else 0, page.width)
    index = 0
    while index < len(rows):
        if headers and index == headers[0].first:
            yield from _columns(rows, headers[0], Region.HEADER_LEFT, Region.HEADER_RIGHT)
            index = headers.pop(0).last
        elif closing and index == closing.first:
            yield from _columns(rows, closing, Region.CLOSING_LEFT, Region.CLOSING_RIGHT)
            index = closing.last
        else:
            yield _line(rows[index], _edge(rows[index], page) or Region.BODY)
            index += 1


def _headers(rows: Sequence[Row]) -> list[Band]:
    headers: list[Band] = []
    while header := find_header(rows, headers[-1].last if headers else 0):
        headers.append(header)
    return headers


def _edge(row: Row, page: ReadPage) -> Region | None:
    outside = is_page_number(row, page.height) or is_address(row, page.height)
    return Region.FURNITURE if outside else None


def _columns(rows: Sequence[Row], band: Band, left: Region, right: Region) -> Iterable[PrintedLine]:
    strips = [strip for row in rows[band.first : band.last] for strip in row]
    for region in (left, right):
        column = [s for s in strips if ((s.box[0] + s.box[2]) / 2 < band.middle) == (region is left)]
        for row in make_rows(column):
            yield _line(row, region)


def _line(row: Row, region: Region) -> PrintedLine:
    return PrintedLine(tuple(word for strip in row for word in strip.words), region)


def _with_tables(lines: list[PrintedLine], tables: Sequence[Table]) -> list[PrintedLine]:
    """Put each table in front of the first line that begins below its top, columns beside it left whole."""
    for table in sorted(tables, key=lambda table: table.box[1]):
        rows = [PrintedLine(line, Region.TABLE) for line in table.lines]
        place = next(
            (index for index, line in enumerate(lines) if line.box[1] > table.box[1] and not _in_column(line)),
            len(lines),
        )
        while place < len(lines) and place and _in_column(lines[place - 1]) and _in_column(lines[place]):
            place += 1
        lines = [*lines[:place], *rows, *lines[place:]]
    return lines


def _in_column(line: PrintedLine) -> bool:
    return line.region in (Region.HEADER_LEFT, Region.HEADER_RIGHT, Region.TABLE)


def set_text(page: ReadPage, lines: Sequence[PrintedLine], signatures: tuple[str, ...]) -> TextPage:
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
        signatures=signatures,
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
