"""Deadlines in tables that share out work: the cell of the time column, and what the task's own words say.

A cell has no words of handing in; its column's heading stands for them. The year comes from the cell, else from the
headings or the title, else from the day of issue.
"""

import datetime as dt
import re

from models.record import Letterhead
from pipeline.extraction.deadlines_dates import Window
from pipeline.extraction.deadlines_text import Flat
from pipeline.extraction.duty_tables import Cell, DutyTable
from pipeline.extraction.running import RunningText
from pipeline.vietnam.fold import fold, fold_character

# Words that stand for the heading of the column.
HEADING = "thoi han hoan thanh: "
# "từ tháng 7 đến tháng 9/2024", "Quý III - IV/2024": the last part counts.
RANGE = re.compile(
    r"^(?:tu )?(?P<unit>thang|quy|ngay)? ?(?:[ivx]+|\d{1,2})[\d/. ]*?"
    r"(?: ?- ?| den(?: het)? )(?P<last>(?:thang|quy|ngay|[ivx]+\b|\d).*)$"
)
# A stretch of years is no deadline of a task.
YEARS = re.compile(r"20\d\d ?(?:-|den)(?: nam)? ?20\d\d")
MONTH = re.compile(r"^\d{1,2} ?[/-] ?20\d\d\W*$")


def flatten_cell(running: RunningText, cell: Cell) -> Flat:
    """Make the flat text of a cell whose lines need not stand together in the running text."""
    text: list[str] = []
    offsets: list[int] = []
    for start, end in cell.spans:
        if text:
            text.append(" ")
            offsets.append(start)
        for place in range(start, end):
            piece = " " if running.text[place].isspace() else fold_character(running.text[place])
            text.append(piece)
            offsets.extend([place] * len(piece))
    flat = "".join(text)
    return Flat(flat, tuple(offsets), ((0, len(flat)),), running.text)


def flatten_time(running: RunningText, cell: Cell) -> Flat | None:
    """Make the flat text of a time cell, its column's heading put before it; None for a stretch of years."""
    flat = flatten_cell(running, cell)
    if YEARS.search(flat.text) or not flat.text.strip():
        return None
    start, heading = 0, HEADING
    within = RANGE.match(flat.text)
    if within:
        start = within.start("last")
        if re.match(r"[ivx\d]", within["last"]) and within["unit"] in ("thang", "quy"):
            heading += f"{within['unit']} "
    elif MONTH.match(flat.text):
        heading += "thang "
    text = heading + flat.text[start:]
    offsets = (flat.offsets[0],) * len(heading) + flat.offsets[start:]
    return Flat(text, offsets, ((0, len(text)),), running.text)


def window_of(table: DutyTable, letterhead: Letterhead, issued: Window | None) -> Window | None:
    """Give the days from which dates without a year count in a table: its year's, when it is a later one."""
    years = set(re.findall(r"\bnam (20\d\d)\b", fold(letterhead.subject or "")))
    year = table.year or (int(years.pop()) if len(years) == 1 else None)
    if year is None or (issued is not None and year <= issued[1].year):
        return issued
    return dt.date(year, 1, 1), dt.date(year, 1, 1)
