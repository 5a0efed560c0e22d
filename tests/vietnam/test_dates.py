import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest

from pipeline.vietnam.dates import PrintedDate, find_dates

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "dates"


def cases(name: str) -> list[object]:
    """Read a table of cases, each named by its label."""
    rows = tomllib.loads((CASES / name).read_text("utf-8"))["case"]
    return [pytest.param(row, id=row["label"]) for row in rows]


@pytest.mark.parametrize("case", cases("synthetic.toml"))
def test_printed_date_is_found_with_its_parts(case: dict[str, object]) -> None:
    """A printed date is found once, whole, and a part that isn't printed stays None."""
    marked = str(case["text"])
    wanted = re.search(r"<date>(.*)</date>", marked, re.DOTALL)
    assert wanted
    text = re.sub(r"</?date>", "", marked)
    (found,) = find_dates(text)
    assert text[found.start : found.end] == wanted[1]
    assert [part or 0 for part in (found.day, found.month, found.year)] == case["parts"]


@pytest.mark.parametrize("case", cases("negative.toml"))
def test_other_figures_are_no_dates(case: dict[str, str]) -> None:
    """Numbers, counts and sums are no dates."""
    assert find_dates(case["text"]) == []


def test_no_calendar_day_gives_no_date() -> None:
    """30 February is printed but is no day."""
    printed = PrintedDate(0, 0, 30, 2, 2024)
    assert printed.date is None
    assert printed.interval() is None


def test_open_parts_give_an_interval() -> None:
    """A date with a blank day leaves the whole month possible, one without month the year."""
    assert PrintedDate(0, 0, None, 2, 2024).interval() == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert PrintedDate(0, 0, None, None, 2017).interval() == (dt.date(2017, 1, 1), dt.date(2017, 12, 31))
    assert PrintedDate(0, 0, 5, 10, None).interval() is None
