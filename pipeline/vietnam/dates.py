"""Dates as Vietnamese offices print them: found in a text, and what their printed parts leave possible.

Serves letterhead, references and deadlines. Works on folded text, so lost accents and broken lines do no harm.
It decides nothing about what a date is for.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from pipeline.vietnam.fold import fold_with_map

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d{2}"
# What stands where a hand has yet to write: blanks, dots, underscores (an ellipsis folds to dots).
_BLANK = r"[\s._]{0,24}"
# Never part of a longer number, nor of a document number: 6.7/2025/NQ-CP.
_LEFT = r"(?<![\d/])(?<!\d[.,])"
_RIGHT = r"(?!\d)(?![./-]\d)(?!-[a-z])(?!\s?/\s?[a-z])"

# Blanks are counted, so that a page of nothing but line feeds costs no more than its length.
_GAP = r"\s{0,12}"
_SPACE = r"\s{1,12}"
_LEADER = r"[\s.]{0,24}"

_DATES = re.compile(
    rf"""
      # in words, day or month may be left blank: ngày 26 tháng 9 năm 2024, ngày … tháng 10 năm 2017
      \b ngay {_LEADER} (?:mung{_SPACE}|mong{_SPACE})? (?P<day1>{_DAY})? (?!\d) {_BLANK} ,? {_GAP}
         thang {_LEADER} (?P<month1>{_MONTH})? (?!\d) {_BLANK} ,? {_GAP} nam {_GAP} (?P<year1>{_YEAR}) (?!\d)
      # in words without the word ngày: 26 tháng 9 năm 2024
    | {_LEFT} (?P<day2>{_DAY}) {_SPACE} thang {_SPACE} (?P<month2>{_MONTH}) ,?
      {_SPACE} nam {_SPACE} (?P<year2>{_YEAR}) (?!\d)
      # in figures, the day may be left blank after the word ngày: ngày 22/3/2024, ngày      /12/2017, 05-9-2026
    | (?: \b ngay {_LEADER} (?:mung{_SPACE}|mong{_SPACE})? (?: (?P<day3>{_DAY}) | [._]{{2,24}} | (?={_GAP}[/-]) )
        | {_LEFT} (?P<day4>{_DAY}) )
      {_GAP} (?P<mark>[/.-]) {_GAP} (?P<month3>{_MONTH}) {_GAP} (?P=mark) {_GAP} (?P<year3>{_YEAR}) {_RIGHT}
      # the same with a year of two figures, only after the word ngày: ngày 22/3/24
    | \b ngay {_GAP} (?P<day5>{_DAY}) (?P<mark5>[/.-]) (?P<month5>{_MONTH}) (?P=mark5) (?P<short5>\d{{2}}) {_RIGHT}
      # without a year: ngày 05/10, ngày 05 tháng 10; with the year in a word of its own: ngày 05/10 năm 2024
    | \b ngay {_GAP} (?:mung{_SPACE}|mong{_SPACE})? (?P<day6>{_DAY})
      (?: {_GAP}[/-]{_GAP} | {_SPACE} thang {_SPACE} ) (?P<month6>{_MONTH})
      (?: {_SPACE} nam {_SPACE} (?P<year6>{_YEAR}) )? {_RIGHT}
      # a month: tháng 10/2024, tháng 8 năm 2024, 10/2024 isn't taken without the word
    | \b thang {_GAP} (?P<month7>{_MONTH}) (?: {_GAP}[/.-]{_GAP} | ,?{_SPACE} nam {_SPACE} ) (?P<year7>{_YEAR}) {_RIGHT}
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class PrintedDate:
    """A date as printed: `text[start:end]`, and its parts; a part that isn't printed or left blank is None."""

    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None

    @property
    def date(self) -> dt.date | None:
        """The day itself; None when a part is missing or no calendar has such a day.

        >>> PrintedDate(0, 9, 22, 3, 2024).date
        datetime.date(2024, 3, 22)
        >>> PrintedDate(0, 9, 30, 2, 2024).date is None
        True
        """
        if self.day is None or self.month is None or self.year is None:
            return None
        if self.day > calendar.monthrange(self.year, self.month)[1]:
            return None
        return dt.date(self.year, self.month, self.day)

    def interval(self) -> tuple[dt.date, dt.date] | None:
        """Give the first and last day the printed parts leave possible; None without a year or for a false day.

        >>> PrintedDate(0, 9, None, 10, 2017).interval()
        (datetime.date(2017, 10, 1), datetime.date(2017, 10, 31))
        """
        if self.year is None or (self.day is not None and self.date is None):
            return None
        if self.date is not None:
            return self.date, self.date
        if self.month is None:
            return dt.date(self.year, 1, 1), dt.date(self.year, 12, 31)
        return month_interval(self.year, self.month)


def month_interval(year: int, month: int) -> tuple[dt.date, dt.date]:
    """Give the first and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def find_dates(text: str) -> list[PrintedDate]:
    """Find every printed date, in order, the word "ngày" or "tháng" included in its span.

    Leaves bare figures without a year ("30/9", "13/13 huyện") and months without one ("tháng 9") alone.

    >>> [found.date for found in find_dates("Kế hoạch số 69/KH-UBND ngày 22/3/2024, ngày 26 tháng 9 năm 2024")]
    [datetime.date(2024, 3, 22), datetime.date(2024, 9, 26)]
    """
    folded = fold_with_map(text)
    return [_printed(match, *folded.original(*match.span())) for match in _DATES.finditer(folded.text)]


def _printed(match: re.Match[str], start: int, end: int) -> PrintedDate:
    parts = {
        name.rstrip("1234567"): int(value) for name, value in match.groupdict().items() if value and value.isdigit()
    }
    year = parts.get("year", 2000 + parts["short"] if "short" in parts else None)
    return PrintedDate(start, end, parts.get("day"), parts.get("month"), year)
