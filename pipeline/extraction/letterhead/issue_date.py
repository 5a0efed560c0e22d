"""Place and day of issue: "Quảng Ngãi, ngày 26 tháng 9 năm 2024" in the right column.

A day written by hand or read badly stays open: the month and year that are printed leave an interval. The time of a
digital signature and the day of a cited document are never taken.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extraction.letterhead.header import find_dateline
from pipeline.extraction.letterhead.printed import STROKES, SURE_FIGURE, Doubt, Found, Stretch
from pipeline.vietnam.dates import PrintedDate

FIELD = "letterhead.issued_on"
PLACE = re.compile(r"(?:[^\W\d_]|[ .'’–-])+$")
# "Thành phố Phan Rang - Tháp Chàm" is a long one.
LONGEST_PLACE = 8
# No dispatch of before this year is printed in the layout read here; a later year than so far ahead is a misreading.
FIRST_YEAR, LAST_YEAR = 1945, 2099
# The pen fills in day and month; the year is printed, and what is read so surely is print though a stroke crosses it.
SURE_YEAR = 0.9

TWO_STROKES = re.compile(r"[1IlÍÌÏỈĨỊ|T!]{2}")
SURE_STROKES = 0.85


@dataclass(frozen=True)
class DateReading:
    """What the date line gave."""

    issued_on: Found[dt.date] | None = None
    interval: Found[tuple[dt.date, dt.date]] | None = None
    place: Found[str] | None = None
    doubts: tuple[Doubt, ...] = ()


def read_issue_date(lines: Sequence[Stretch]) -> DateReading:
    """Read place and date from the lines of the header, right column first."""
    for line in lines:
        match = find_dateline(line)
        if match:
            return _read_line(line, match)
    return DateReading(doubts=(Doubt(FIELD, "Không thấy dòng địa danh, ngày tháng ban hành."),))


def _read_line(line: Stretch, match: re.Match[str]) -> DateReading:
    place = _read_place(line.cut_folded(0, match.start()))
    start, end = line.folded.original(*match.span())
    span = (line.start + start, line.start + end)
    day, month, year = (
        _figure(line.cut_folded(*match.span(part)) if match[part].strip() else None)
        for part in ("day", "month", "year")
    )
    if year and year.confidence >= SURE_YEAR:
        year = replace(year, handwritten=False)
    month = month or _november(line.cut_folded(*match.span("month")) if match["month"].strip() else None)
    limits = ((day, 31), (month, 12), (year, LAST_YEAR))
    sure = [f.value if f and f.sure and 1 <= f.value <= limit else None for f, limit in limits]
    # A day of an unread month leaves the whole year possible.
    printed = PrintedDate(*span, sure[0] if sure[1] else None, sure[1], sure[2])
    if printed.day and printed.year and printed.date is None:
        printed = replace(printed, day=None)
    if printed.year is None or printed.year < FIRST_YEAR:
        return DateReading(place=place, doubts=(Doubt(FIELD, "Không đọc được năm ban hành.", *span),))
    if printed.date:
        least = min(figure.confidence for figure in (day, month, year) if figure)
        found = Found(printed.date, *span, round(min(0.99, 0.5 + least / 2), 2), "ngày tháng ở đầu văn bản")
        return DateReading(found, Found((printed.date, printed.date), *span, found.confidence, found.rule), place)
    between = printed.interval()
    interval = Found(between, *span, 0.9, "tháng, năm in ở đầu văn bản") if between else None
    return DateReading(None, interval, place, (_doubt(span, day, month, year),))


@dataclass(frozen=True)
class _Figure:
    value: int
    confidence: float
    handwritten: bool

    @property
    def sure(self) -> bool:
        return not self.handwritten and self.confidence >= SURE_FIGURE


def _figure(part: Stretch | None) -> _Figure | None:
    if part is None or not re.fullmatch(r"\d{1,4}", part.text.strip(" .,_…")):
        return None
    return _Figure(int(part.text.strip(" .,_…")), part.confidence, part.handwritten)


def _november(part: Stretch | None) -> _Figure | None:
    """Know a month of two bare strokes ("tháng IÌ"): of the twelve only 11 looks so."""
    if part is None or part.handwritten or not TWO_STROKES.fullmatch(part.text.strip()):
        return None
    return _Figure(11, SURE_STROKES, handwritten=False)


def _doubt(span: tuple[int, int], day: _Figure | None, month: _Figure | None, year: _Figure | None) -> Doubt:
    """Say why there is no day, with the day as read when the calendar has such a one."""
    figures = [figure for figure in (day, month, year) if figure]
    reason = (
        "Ngày ban hành viết tay."
        if any(figure.handwritten for figure in figures)
        else "Ngày ban hành để trống hoặc không đọc được."
    )
    if day and month and year and day.value and 1 <= month.value <= 12 and FIRST_YEAR <= year.value <= LAST_YEAR:
        guess = PrintedDate(*span, day.value, month.value, year.value).date
        if guess:
            confidence = round(0.6 * min(figure.confidence for figure in figures), 2)
            return Doubt(FIELD, reason, *span, guess.isoformat(), confidence)
    return Doubt(FIELD, reason, *span)


def _read_place(before: Stretch) -> Found[str] | None:
    """Read the place from what stands before the date."""
    core = before.cut(0, len(before.text.rstrip(STROKES)))
    tail = PLACE.search(core.text)
    name = core.cut(tail.start(), tail.end()) if tail else core
    name = name.cut(len(name.text) - len(name.text.lstrip(STROKES)), len(name.text))
    words = name.text.split()
    if tail is None or not 0 < len(words) <= LONGEST_PLACE or not words[0][:1].isupper():
        return None
    sure = round(min(0.98, 0.5 + name.confidence / 2), 2)
    return Found(" ".join(words), name.start, name.end, sure, "địa danh trước ngày tháng")
