"""Ruled tables: their words go cell by cell, row by row, so that a cell's lines stay together."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.page import Box, ReadWord
from pipeline.layout.columns import COPIES, TITLE
from pipeline.layout.strips import Strip, around, make_rows, make_strips

LARGEST = 0.6
"""A cell that covers more of the page is a frame around it."""
SAME_ROW = 4.0
"""Cells of a row begin at one height, give or take so many points."""


@dataclass(frozen=True)
class Table:
    """One table: its box, and its lines in reading order, cell by cell."""

    box: Box
    lines: tuple[tuple[ReadWord, ...], ...]


def take_out_tables(words: Sequence[ReadWord], cells: Sequence[Box], area: float) -> tuple[list[ReadWord], list[Table]]:
    """Part the words of tables from the rest.

    A letterhead or closing set in a ruled table is no table, and cells without a neighbour beside them aren't either.
    """
    rest = list(words)
    tables: list[Table] = []
    wanted = [cell for cell in cells if (cell[2] - cell[0]) * (cell[3] - cell[1]) < LARGEST * area]
    for group in _touching(wanted):
        outline = around(group)
        filled, loose = _fill(group, [word for word in rest if _holds(outline, word.box)])
        text = [strip.folded for _, content in filled for strip in make_strips(content)]
        if not _has_columns(filled) or any(TITLE.search(line) or COPIES.match(line) for line in text):
            continue
        # Where a cell's border wasn't found, its words stand in the table all the same.
        filled.extend((strip.box, list(strip.words)) for strip in make_strips(loose))
        lines = tuple(line for content in _in_rows(filled) for line in _lines(content))
        taken = {id(word) for line in lines for word in line}
        rest = [word for word in rest if id(word) not in taken]
        tables.append(Table(outline, lines))
    return rest, tables


Filled = tuple[Box, list[ReadWord]]


def _has_columns(filled: Sequence[Filled]) -> bool:
    """Tell whether two filled cells stand side by side; bordered paragraphs one below the other are no table."""
    cells = [cell for cell, _ in filled]
    return any(
        cell[2] <= other[0] + SAME_ROW and cell[1] < other[3] - SAME_ROW and other[1] < cell[3] - SAME_ROW
        for cell in cells
        for other in cells
    )


def _fill(cells: Sequence[Box], words: Sequence[ReadWord]) -> tuple[list[Filled], list[ReadWord]]:
    """Put each word into the smallest cell that holds it; give the filled cells and the words left over."""
    small_first = sorted(cells, key=lambda cell: (cell[2] - cell[0]) * (cell[3] - cell[1]))
    contents: dict[Box, list[ReadWord]] = {}
    loose = []
    for word in words:
        cell = next((cell for cell in small_first if _holds(cell, word.box)), None)
        if cell is None:
            loose.append(word)
        else:
            contents.setdefault(cell, []).append(word)
    return list(contents.items()), loose


def _touching(cells: Sequence[Box]) -> list[list[Box]]:
    """Group cells that border on each other."""
    groups: list[list[Box]] = []
    for cell in cells:
        near = [group for group in groups if any(_border(cell, other) for other in group)]
        merged = [cell, *(other for group in near for other in group)]
        groups = [group for group in groups if group not in near] + [merged]
    return [group for group in groups if len(group) > 1]


def _in_rows(filled: Sequence[Filled]) -> list[list[ReadWord]]:
    """Give the contents row by row from the top, each row from left to right."""
    rows: list[list[Filled]] = []
    for cell in sorted(filled, key=lambda pair: pair[0][1]):
        if rows and cell[0][1] - rows[-1][0][0][1] < SAME_ROW:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [content for row in rows for _, content in sorted(row, key=lambda pair: pair[0][0])]


def _border(cell: Box, other: Box, reach: float = 4.0) -> bool:
    return (
        cell[0] <= other[2] + reach
        and other[0] <= cell[2] + reach
        and cell[1] <= other[3] + reach
        and other[1] <= cell[3] + reach
    )


def _holds(cell: Box, box: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]


def _lines(content: Sequence[ReadWord]) -> list[tuple[ReadWord, ...]]:
    strips: list[Strip] = make_strips(content)
    return [tuple(word for strip in row for word in strip.words) for row in make_rows(strips)]
