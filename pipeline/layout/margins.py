"""What stands at the edges of a page and isn't its text: page numbers, the address at the foot, footnotes."""

import re
from collections.abc import Sequence
from statistics import median

from models.page import Box
from pipeline.layout.strips import Strip

Row = list[Strip]

EDGE = 0.09
"""Page numbers stand in this share of the page's height, at the top or the foot."""
SMALLER = 0.9
"""Print of footnotes against the body's: 10 or 11 points against 13 or 14."""
SMALLER_THAN_ABOVE = 0.94
"""The same for the lines under a rule, as a whole."""
SMALLEST = 0.86
"""The same for footnotes without a rule above them, as a whole."""
SHORT_RULE = (40.0, 0.5)
"""The rule above footnotes: at least so many points, at most that share of the page's width."""

_PAGE_NUMBER = re.compile(r"^(trang\s*)?[-–—.\s]*\d{1,3}\s*(/\s*\d{1,3})?[-–—.\s]*$")
_ADDRESS = re.compile(r"\b(dia chi|dien thoai|dt|fax|e-?mail|website)\s*:")
_MARK = re.compile(r"^[\[(]?(\d{1,2}|[*¹²³⁴⁵⁶⁷⁸⁹]+)[\])]?\s")
_NOTE = re.compile(r"^[\[(]?(\d{1,2}|[*¹²³⁴⁵⁶⁷⁸⁹]+)[\])]?[.\s]")


def is_page_number(row: Row, height: float) -> bool:
    """Tell whether a row is the page's number, alone at the top or the foot."""
    middle = row[0].middle / height
    return (middle < EDGE or middle > 1 - EDGE) and len(row) == 1 and bool(_PAGE_NUMBER.match(row[0].folded))


def is_address(row: Row, height: float) -> bool:
    """Tell whether a row is the office's address at the foot of the page (Decree 30/2020, box 13)."""
    return row[0].middle / height > 1 - EDGE and any(_ADDRESS.search(strip.folded) for strip in row)


def find_footnotes(rows: Sequence[Row], rules: Sequence[Box], width: float, height: float) -> int:
    """Give the index of the first row of the footnotes, or the number of rows where there are none.

    They stand under a short rule at the left margin, or in clearly smaller print at the foot, and begin with a mark.
    """
    if not rows:
        return 0
    left = median(row[0].box[0] for row in rows)
    size = median(strip.size for row in rows for strip in row)
    for rule in sorted(rules, key=lambda box: box[1], reverse=True):
        first = next((index for index, row in enumerate(rows) if row[0].middle > rule[1]), len(rows))
        short = SHORT_RULE[0] <= rule[2] - rule[0] <= SHORT_RULE[1] * width
        placed = rule[1] > 0.4 * height and rule[0] < left + 25
        if short and placed and first < len(rows) and _begins_note(rows[first]) and _is_smaller(rows, first):
            return first
    return _small_print(rows, size, height)


def _is_smaller(rows: Sequence[Row], first: int) -> bool:
    """Compare the print below a rule with that above it; a page of footnotes alone has none above."""
    above = [strip.size for row in rows[:first] for strip in row]
    return not above or median(strip.size for row in rows[first:] for strip in row) < SMALLER_THAN_ABOVE * median(above)


def _small_print(rows: Sequence[Row], size: float, height: float) -> int:
    """Go up from the foot through smaller print, and take it from its highest mark on, if it has one."""
    first = index = len(rows)
    while index and (rows[index - 1][0].size < SMALLER * size or is_page_number(rows[index - 1], height)):
        index -= 1
        if _MARK.match(rows[index][0].text) and rows[index][0].middle > 0.5 * height:
            first = index
    # The height of a line that OCR gives varies with its letters; a whole footnote's doesn't.
    small = first < len(rows) and median(strip.size for row in rows[first:] for strip in row) < SMALLEST * size
    return first if small else len(rows)


def _begins_note(row: Row) -> bool:
    return _NOTE.match(row[0].text) is not None
