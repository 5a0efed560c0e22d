"""The working calendar of the State's offices: Saturdays, Sundays and public holidays are off, swapped days are not.

Counting follows the Civil Code (91/2015/QH13, Articles 147 and 148): the first day isn't counted. Public holidays come
from the package `holidays`, changes from `calendar.toml`, which an office may edit.
"""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import holidays

OVERRIDES = Path(__file__).with_suffix(".toml")
SATURDAY = 5


@dataclass(frozen=True)
class Overrides:
    """Days that are off or worked against the general calendar."""

    off: frozenset[dt.date]
    working: frozenset[dt.date]


@lru_cache(maxsize=8)
def load_overrides(path: Path = OVERRIDES) -> Overrides:
    """Read an overrides file."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    off, working = (frozenset(row["day"] for row in raw.get(name, [])) for name in ("off", "working"))
    return Overrides(off, working)


@lru_cache(maxsize=1)
def _public_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("VN")


def is_working_day(day: dt.date, overrides: Overrides | None = None) -> bool:
    """Tell whether the State's offices work on a day.

    >>> is_working_day(dt.date(2024, 9, 2)), is_working_day(dt.date(2024, 5, 4)), is_working_day(dt.date(2026, 1, 2))
    (False, True, False)
    """
    special = overrides or load_overrides()
    if day in special.off:
        return False
    if day in special.working:
        return True
    calendar = _public_holidays()
    if day in calendar:
        return False
    return day.weekday() < SATURDAY or day in calendar.weekend_workdays


def add_working_days(day: dt.date, count: int, overrides: Overrides | None = None) -> dt.date:
    """Give the last of so many working days after a day, which itself isn't counted; a negative count goes back.

    >>> add_working_days(dt.date(2025, 1, 24), 5)
    datetime.date(2025, 2, 7)
    """
    step = dt.timedelta(days=1 if count >= 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, overrides):
            day += step
    return day


def next_working_day(day: dt.date, overrides: Overrides | None = None) -> dt.date:
    """Give the day itself if offices work on it, else the next on which they do (Civil Code, Article 148.5)."""
    while not is_working_day(day, overrides):
        day += dt.timedelta(days=1)
    return day
