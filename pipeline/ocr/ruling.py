"""Ruled lines on a page's picture: the short rule above footnotes, and the cells of tables."""

from collections.abc import Sequence

from models.page import Box
from pipeline.tools.images import Pixels, ink
from pipeline.tools.shapes import PixelBox, boxes_of, holes, strokes

UNBROKEN = 10.0
"""Shortest unbroken stretch of a stroke, in points: letters have none so long."""
RULE = 25.0
"""Shortest level rule, in points."""
POST = 13.0
"""Shortest upright rule of a table, in points: a line of print is as high."""
THICKEST = 4.0
LEAST_CELL = (10.0, 8.0)
"""Smallest cell in points."""


def find_ruling(grey: Pixels, dpi: float) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """Give the level rules that stand alone and the cells of ruled tables, in points."""
    scale = dpi / 72
    mask = ink(grey)
    level = strokes(mask, round(UNBROKEN * scale), round(RULE * scale), level=True)
    upright = strokes(mask, round(UNBROKEN * scale), round(POST * scale), level=False)
    rules = [box for box in boxes_of(level) if box[3] - box[1] <= THICKEST * scale]
    cells = _cells(level | upright, scale) if upright.any() else []
    alone = [rule for rule in rules if not any(_borders(rule, cell, 3 * scale) for cell in cells)]
    return _points(alone, scale), _points(cells, scale)


def _cells(grid: Pixels, scale: float) -> list[PixelBox]:
    """Take the holes of the grid; a lone framed box isn't a table."""
    found = [
        box
        for box in holes(grid)
        if box[2] - box[0] >= LEAST_CELL[0] * scale and box[3] - box[1] >= LEAST_CELL[1] * scale
    ]
    return [cell for cell in found if any(cell is not other and _borders(cell, other, 4 * scale) for other in found)]


def _borders(box: PixelBox, other: PixelBox, reach: float) -> bool:
    """Tell whether two boxes touch, give or take a few pixels."""
    return (
        box[0] <= other[2] + reach
        and other[0] <= box[2] + reach
        and box[1] <= other[3] + reach
        and other[1] <= box[3] + reach
    )


def _points(boxes: Sequence[PixelBox], scale: float) -> tuple[Box, ...]:
    return tuple((x0 / scale, y0 / scale, x1 / scale, y1 / scale) for x0, y0, x1, y1 in boxes)
