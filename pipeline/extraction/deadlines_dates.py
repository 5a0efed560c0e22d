"""Days and periods: from what a deadline pattern matched to the last date as printed.

Counts nothing and rolls only dates printed without a year. A day the calendar doesn't have gives none.
"""

import calendar
import datetime as dt
import re

QUARTERS = {
    "h": 2,
    "hi": 3,
    "ih": 3,
    "ii1": 3,
    "1ii": 3,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
}
# From this hour on "5 giờ chiều" can't be meant to add twelve.
NOON = 12

Window = tuple[dt.date, dt.date]


def read_time(match: re.Match[str]) -> str | None:
    """Give "HH:MM" of a match with the groups hour, minute, half; None without an hour."""
    groups = match.groupdict()
    if not groups.get("hour"):
        return None
    hour, minute = int(groups["hour"]), int(groups.get("minute") or 0)
    if groups.get("half") in ("chieu", "toi") and hour < NOON:
        hour += 12
    return f"{hour:02d}:{minute:02d}" if hour < 24 else ("24:00" if (hour, minute) == (24, 0) else None)


def read_day(match: re.Match[str], issued: Window | None) -> tuple[dt.date | None, bool]:
    """Give the day of a match with the groups of DATE, and whether its year is printed.

    A day without a year is the first such day on or after the day of issue; None when the day of issue is open and
    leaves two years possible.
    """
    day = int(match["day"])
    month = int(match["month"] or match["month_word"])
    printed = match["year"] or match["year_word"]
    if printed:
        return make_day(int(printed) + (2000 if len(printed) == 2 else 0), month, day), True
    return roll_day(month, day, issued), False


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """Give the day, or None when no calendar has it."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return dt.date(year, month, day)


def roll_day(month: int, day: int, issued: Window | None) -> dt.date | None:
    """Give the first such day on or after the day of issue.

    >>> roll_day(1, 5, (dt.date(2024, 12, 20), dt.date(2024, 12, 20)))
    datetime.date(2025, 1, 5)
    """
    if issued is None:
        return None
    rolled = {_first(month, day, start) for start in issued}
    return rolled.pop() if len(rolled) == 1 else None


def _first(month: int, day: int, start: dt.date) -> dt.date | None:
    # A 29 February may lie up to eight years ahead; a letter means this year or the next.
    days = (make_day(year, month, day) for year in (start.year, start.year + 1))
    return next((day for day in days if day and day >= start), None)


def read_period(match: re.Match[str], issued: Window | None) -> dt.date | None:
    """Give the last day of the period a match of PERIOD names; "đầu" gives its first day, "giữa" its middle."""
    span = period_of(match, issued)
    if span is None:
        return None
    first, last = span
    if match["part"] == "dau":
        return first
    if match["part"] == "giua":
        # Civil Code, article 146: the middle of a month is its 15th, the middle of a year 30 June.
        return dt.date(first.year, 6, 30) if first.month != last.month else first.replace(day=15)
    return last


def read_day_before(match: re.Match[str], issued: Window | None) -> dt.date | None:
    """Give the day before the period begins that a match of BEFORE_PERIOD names."""
    span = period_of(match, issued)
    return span[0] - dt.timedelta(days=1) if span else None


def period_of(match: re.Match[str], issued: Window | None) -> Window | None:
    """Give the first and last day of the period a match names."""
    if match["year"]:
        return _months(int(match["year"]), 1, 12)
    if match["half"]:
        first, last = (1, 6) if match["half"] == "dau" else (7, 12)
        return _roll(first, last, match["half_year"], issued)
    if match["quarter"]:
        quarter = QUARTERS[match["quarter"]]
        return _roll(quarter * 3 - 2, quarter * 3, match["quarter_year"], issued)
    month = int(match["month"])
    return _roll(month, month, match["month_year"], issued) if 1 <= month <= 12 else None


def _roll(first: int, last: int, year: str | None, issued: Window | None) -> Window | None:
    if year:
        return _months(int(year), first, last)
    end = roll_day(last, calendar.monthrange(2001, last)[1], issued)
    return _months(end.year, first, last) if end else None


def _months(year: int, first: int, last: int) -> Window:
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])
