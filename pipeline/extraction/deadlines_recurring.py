"""Recurring deadlines: "trước ngày 25 hằng tháng" and its kin, to the RRULE that `docs/contract.md` shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.extraction import deadlines_grammar as grammar
from pipeline.extraction.deadlines_dates import read_time

WEEKDAYS = {"hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tu": "WE", "4": "WE", "nam": "TH", "5": "TH", "sau": "FR",
            "6": "FR", "bay": "SA", "7": "SA", "nhat": "SU"}  # fmt: skip
QUARTER_MONTHS = {"cuoi": "3,6,9,12", "dau": "1,4,7,10"}
RHYTHMS = {
    "ngay": "FREQ=DAILY",
    "tuan": "FREQ=WEEKLY",
    "thang": "FREQ=MONTHLY",
    "quy": "FREQ=MONTHLY;INTERVAL=3",
    "6 thang": "FREQ=MONTHLY;INTERVAL=6",
    "nam": "FREQ=YEARLY",
}
COUNTS = {"mot": 1, "moi": 1, "hai": 2, "ba": 3}
_SHORT_DATE = re.compile(r"(\d{1,2})(?: ?[/-] ?| thang )(\d{1,2})")


@dataclass(frozen=True)
class Recurring:
    """A recurring deadline in flat text; `dated` is False for a rhythm without a day."""

    start: int
    end: int
    rule: str
    time: str | None
    before: bool  # "trước": the day itself is too late
    dated: bool


def find_recurring(flat: str) -> list[Recurring]:
    """Find recurring deadlines; of two that overlap the first pattern's counts, and a dated one silences a bare rhythm.

    >>> [found.rule for found in find_recurring("bao cao truoc ngay 25 hang thang")]
    ['FREQ=MONTHLY;BYMONTHDAY=25']
    """
    found: list[Recurring] = []
    for one in _dated(flat):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    frequencies = {_frequency(one.rule) for one in found}
    for one in _rhythms(flat):
        apart = all(one.end <= other.start or other.end <= one.start for other in found)
        if apart and _frequency(one.rule) not in frequencies:
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _dated(flat: str) -> Iterator[Recurring]:
    for match in grammar.QUARTERLY.finditer(flat):
        if 1 <= int(match["day"]) <= 31:
            months = QUARTER_MONTHS[match["which"]]
            yield _recurring(match, f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={int(match['day'])}")
    for match in grammar.YEARLY.finditer(flat):
        yield from _yearly(match)
    for match in grammar.TERMLY.finditer(flat):
        yield from _termly(match)
    for match in grammar.YEARLY_FIRST.finditer(flat):
        yield from _yearly(match, from_cue=True)
    for match in grammar.LAST_DAY.finditer(flat):
        by_quarter = "quy" in (match["every"], match["of"])
        months = f"FREQ=YEARLY;BYMONTH={QUARTER_MONTHS['cuoi']}" if by_quarter else "FREQ=MONTHLY"
        yield _recurring(match, f"{months};BYMONTHDAY=-1")
    for match in (*grammar.MONTHLY.finditer(flat), *grammar.MONTHLY_FIRST.finditer(flat)):
        days = [int(day) for day in re.findall(r"\d+", match["days"])]
        if all(1 <= day <= 31 for day in days):
            yield _recurring(match, f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, days))}", from_cue=True)
    for match in grammar.WEEKLY.finditer(flat):
        yield _recurring(match, f"FREQ=WEEKLY;BYDAY={WEEKDAYS[match['weekday'].rpartition(' ')[2]]}")
    for match in grammar.WEEKLY_FIRST.finditer(flat):
        yield _recurring(match, f"FREQ=WEEKLY;BYDAY={WEEKDAYS[match['weekday'].rpartition(' ')[2]]}", from_cue=True)
    for match in grammar.DAILY.finditer(flat):
        yield _recurring(match, "FREQ=DAILY")


def _termly(match: re.Match[str]) -> Iterator[Recurring]:
    """Days of the reports of a half-year or a year come round only where their sentence says so.

    The closing bracket stays outside unless its opening one is inside too.
    """
    flat = match.string
    first, last = flat.rfind(". ", 0, match.start()) + 1, flat.find(". ", match.end())
    if grammar.ROUND.search(flat, first, last if last >= 0 else len(flat)):
        yield from _yearly(match)


def _yearly(match: re.Match[str], *, from_cue: bool = False) -> Iterator[Recurring]:
    """Days of one number share a rule (15/6 and 15/12); others have one each (10/6 and 15/12)."""
    found = list(_SHORT_DATE.finditer(match.string, *match.span("days")))
    pairs = [(int(date[1]), int(date[2])) for date in found]
    if not pairs or not all(1 <= day <= 31 and 1 <= month <= 12 for day, month in pairs):
        return
    by_day: dict[int, list[int]] = {}
    for day, month in pairs:
        by_day.setdefault(day, []).append(month)
    if len(by_day) == len(pairs) > 1:
        # Each its own words: the cue goes with the first, "hằng năm" with the last.
        cuts = [match.start(), *(date.start() for date in found[1:]), match.end()]
        for (day, month), start, date, end in zip(pairs, cuts, found, cuts[1:], strict=False):
            one = _recurring(match, f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}")
            yield replace(one, start=max(start, one.start), end=end if date is found[-1] else date.end())
        return
    for day, months in by_day.items():
        rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={day}"
        yield _recurring(match, rule, from_cue=from_cue)


def _rhythms(flat: str) -> Iterator[Recurring]:
    """A rhythm without a day binds only where something is handed in close by."""
    for match in grammar.ROUNDLY.finditer(flat):
        yield Recurring(*match.span("whole"), RHYTHMS[match["rhythm"]], None, before=False, dated=False)
    for match in grammar.EVERY_SO_MANY.finditer(flat):
        before = re.split(r"[.;]", flat[max(0, match.start() - 90) : match.start()])[-1]
        at_head = not before.strip() or before.rstrip().endswith((",", ":", "(", "dinh ky"))
        if grammar.REPEATS.search(before) or (at_head and grammar.REPEATS.search(flat, match.end(), match.end() + 60)):
            rule = _every(match["count"] or "1", match["unit"] or match["once"])
            yield Recurring(*match.span(), rule, None, before=False, dated=False)
    for match in grammar.RHYTHM.finditer(flat):
        nearby = flat[max(0, match.start() - 60) : match.end() + 80]
        if not grammar.HANDS_IN.search(nearby):
            continue
        rhythm = match["rhythm"].replace("06", "6").replace("sau", "6")
        yield Recurring(match.start(), match.end(), RHYTHMS[rhythm], None, before=False, dated=False)


def _every(count: str, unit: str) -> str:
    """Give the rule of "02 tuần một lần"; a quarter is three months."""
    number = COUNTS.get(count) or int(count)
    if unit == "quy":
        unit, number = "thang", number * 3
    return RHYTHMS[unit] + (f";INTERVAL={number}" if number > 1 else "")


def _recurring(match: re.Match[str], rule: str, *, from_cue: bool = False) -> Recurring:
    cue = match.groupdict().get("cue") or ""
    start = match.start("cue") if from_cue and cue else match.start()
    while match.string[start] in " ,":
        start += 1
    return Recurring(start, match.end(), rule, read_time(match), before=cue.startswith("truoc"), dated=True)


def _frequency(rule: str) -> str:
    # A quarterly day is written with FREQ=YEARLY, so the number of its months tells it from a yearly one.
    return "quarter" if rule.count(",") == 3 or "INTERVAL=3" in rule else rule.partition(";")[0]
