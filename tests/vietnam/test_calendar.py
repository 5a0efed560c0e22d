import datetime as dt
from pathlib import Path

import pytest

from pipeline.vietnam.calendar import add_working_days, is_working_day, load_overrides, next_working_day


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2024-03-22", 5, "2024-03-29"),
        ("2024-04-26", 5, "2024-05-07"),
        ("2025-01-24", 5, "2025-02-07"),
        ("2024-08-30", 3, "2024-09-06"),
        ("2025-12-31", 1, "2026-01-05"),
        ("2026-01-09", 1, "2026-01-10"),
        ("2024-03-22", 0, "2024-03-22"),
        ("2024-03-29", -5, "2024-03-22"),
    ],
)
def test_working_days_are_counted_from_the_next_day_on(start: str, count: int, end: str) -> None:
    """Weekends, Tết, holidays, swapped days and the office's own changes are left out of the count."""
    assert add_working_days(dt.date.fromisoformat(start), count) == dt.date.fromisoformat(end)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2024-09-02", False),  # National Day
        ("2024-05-04", True),  # a Saturday worked for 29 April
        ("2024-04-29", False),
        ("2024-02-12", False),  # Tết
        ("2024-09-28", False),  # Saturday
        ("2024-09-27", True),
        ("2026-01-02", False),  # off by the overrides
        ("2026-01-10", True),  # worked for it
        ("2026-08-31", False),
        ("2026-08-22", True),
    ],
)
def test_days_off_and_swapped_days_are_known(day: str, working: bool) -> None:
    """The package's calendar and the overrides together give the days offices work."""
    assert is_working_day(dt.date.fromisoformat(day)) is working


def test_an_office_can_change_the_calendar(tmp_path: Path) -> None:
    """A file of the office's own takes the place of the shipped one."""
    file = tmp_path / "calendar.toml"
    file.write_text("[[off]]\nday = 2024-09-27\n", encoding="utf-8")
    overrides = load_overrides(file)
    assert not is_working_day(dt.date(2024, 9, 27), overrides)
    assert next_working_day(dt.date(2024, 9, 27), overrides) == dt.date(2024, 9, 30)
    assert is_working_day(dt.date(2026, 1, 2), overrides)
