"""The geometry of a table: its words put into columns by the gaps between them, into rows by the order of the cells.

Serves `duty_tables`, which tells what the columns mean. Works on the lines that layout marked as table.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from models.page import Box, Region, TextPage
from pipeline.extraction.running import RunningText, Zone

# Words of one column stand closer than this, in points.
WORD_GAP = 10.0
# A line wider than this share of the table is a heading across its columns.
ACROSS = 0.6
# Two lines of one column with a gap of more than this share of their height belong to two rows.
ROW_GAP = 0.6
# From this share of lines on that reach over several columns, the lines aren't cells.
NOT_CELLS = 0.15
NUMBER = re.compile(r"^\(?(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])[.)]?$")
# What OCR makes of ruling.
RULING = re.compile(r"^(?:[|_~]+|[.\-–—=]{2,})$")


@dataclass(frozen=True)
class Token:
    """A word of a table: its text, its place in the running text, its box, how sure its reader was."""

    text: str
    start: int
    end: int
    box: Box
    confidence: float


@dataclass(frozen=True)
class Segment:
    """Neighbouring words of one printed line; `line` counts the lines of the page."""

    tokens: tuple[Token, ...]
    line: int

    @property
    def left(self) -> float:
        """Give the left edge."""
        return self.tokens[0].box[0]

    @property
    def right(self) -> float:
        """Give the right edge."""
        return self.tokens[-1].box[2]

    @property
    def top(self) -> float:
        """Give the upper edge."""
        return min(token.box[1] for token in self.tokens)

    @property
    def bottom(self) -> float:
        """Give the lower edge."""
        return max(token.box[3] for token in self.tokens)

    @property
    def text(self) -> str:
        """Give the words."""
        return " ".join(token.text for token in self.tokens)


Columns = tuple[tuple[float, float], ...]


@dataclass
class Row:
    """A row: its cells by the index of their column, each a list of segments."""

    page: int
    cells: dict[int, list[Segment]] = field(default_factory=dict)

    def text(self, column: int) -> str:
        """Give the words of a cell."""
        return " ".join(segment.text for segment in self.cells.get(column, ()))


def table_segments(running: RunningText, page: TextPage, zone: Zone) -> tuple[list[Segment], list[str]]:
    """Give the table's words of a page and the printed lines above it."""
    segments: list[Segment] = []
    above: list[str] = []
    starts = {piece.page_start: piece.start for piece in running.pieces if piece.page == page.number}
    for number, line in enumerate(page.lines):
        start = starts.get(line.start)
        if start is None or running.zone(start) is not zone:
            continue
        if line.region is Region.TABLE:
            shift = start - line.start
            words = (w for w in page.words if line.start <= w.start < line.end)
            tokens = [
                Token(page.text[w.start : w.end], w.start + shift, w.end + shift, w.box, w.confidence) for w in words
            ]
            segments.extend(_segments([token for token in tokens if not RULING.match(token.text)], number))
        elif not segments:
            above.append(page.text[line.start : line.end])
    return segments, above


def _segments(tokens: Sequence[Token], line: int) -> Iterator[Segment]:
    current: list[Token] = []
    for token in tokens:
        if current and token.box[0] - current[-1].box[2] > WORD_GAP:
            yield Segment(tuple(current), line)
            current = []
        current.append(token)
    if current:
        yield Segment(tuple(current), line)


def find_columns(segments: Sequence[Segment]) -> Columns:
    """Give the columns as stretches of x that words cover, parted by stretches none covers."""
    left, right = min(s.left for s in segments), max(s.right for s in segments)
    columns: list[tuple[float, float]] = []
    for low, high in sorted((s.left, s.right) for s in segments if s.right - s.left < ACROSS * (right - left)):
        if columns and low <= columns[-1][1] + 1:
            columns[-1] = (columns[-1][0], max(columns[-1][1], high))
        else:
            columns.append((low, high))
    return tuple(columns)


def find_rows(columns: Columns, segments: Sequence[Segment], page: int) -> list[Row]:
    """Put segments into rows.

    Where the lines are cells, a row begins when the cells begin again from the left; else at a number in the first
    column, or after a wider gap.
    """
    placed = [(_column(columns, segment), segment) for segment in segments]
    across = [len({column for column, _ in group}) > 1 for _, group in groupby(placed, key=lambda pair: pair[1].line)]
    cells = sum(across) <= NOT_CELLS * len(across)
    numbered = sum(column == 0 and NUMBER.match(segment.text) is not None for column, segment in placed) > 1
    rows: list[Row] = []
    last: tuple[int, Segment] | None = None
    for column, segment in placed:
        if last is None or _begins(rows[-1], last, column, segment, cells=cells, numbered=numbered):
            rows.append(Row(page))
        rows[-1].cells.setdefault(column, []).append(segment)
        last = column, segment
    return rows


def _begins(row: Row, last: tuple[int, Segment], column: int, segment: Segment, *, cells: bool, numbered: bool) -> bool:
    apart = segment.top - last[1].bottom > ROW_GAP * (segment.bottom - segment.top)
    if cells:
        return column < last[0] or (column == last[0] and apart)
    if column and numbered:
        return False
    if numbered:
        return NUMBER.match(segment.text) is not None
    above = row.cells.get(column)
    return (
        column == min(row.cells)
        and above is not None
        and segment.top - above[-1].bottom > ROW_GAP * (segment.bottom - segment.top)
    )


def _column(columns: Columns, segment: Segment) -> int:
    middle = (segment.left + segment.right) / 2
    inside = [index for index, (left, right) in enumerate(columns) if left <= middle <= right]
    if inside:
        return inside[0]
    return min(range(len(columns)), key=lambda index: abs(sum(columns[index]) / 2 - middle))
