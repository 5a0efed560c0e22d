import datetime as dt
import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from models.record import Letterhead
from pipeline.extraction.deadlines import Found, find_deadlines, gather
from pipeline.extraction.running import Zone, plain

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "deadlines"
DAY = dt.date(2024, 9, 26)
LETTER = Letterhead(issued_on=DAY, issued_between=(DAY, DAY))
MARK = re.compile(r"</?deadline>")


def cases(name: str) -> list[Any]:
    """Read a table of cases, each named by its label."""
    rows = tomllib.loads((CASES / name).read_text("utf-8"))["case"]
    return [pytest.param(row, id=row["label"]) for row in rows]


def find(text: str, zone: Zone = Zone.BODY) -> list[Found]:
    """Find the deadlines of a bare text in a letter of 26 September 2024."""
    return find_deadlines(plain(text, zone), LETTER)


def check(case: dict[str, Any]) -> None:
    """Compare what is found with the marked words and what they mean."""
    text = MARK.sub("", case["text"])
    (found,) = find(text)
    wanted = re.search(r"<deadline>(.*)</deadline>", case["text"], re.DOTALL)
    assert wanted
    assert text[found.start : found.end] == wanted[1]
    assert (found.due.isoformat() if found.due else None) == case.get("due")
    assert found.time == case.get("time")
    assert found.recurrence == case.get("recurrence")
    assert (found.relative.model_dump() if found.relative else None) == case.get("relative")
    assert found.inclusive == case.get("inclusive", True)


@pytest.mark.parametrize("case", cases("synthetic.toml"))
def test_deadline_is_found_with_its_meaning(case: dict[str, Any]) -> None:
    """A deadline's words are found whole, and what they mean is computed as the contract says."""
    check(case)


@pytest.mark.parametrize("case", cases("negative.toml"))
def test_other_dates_bind_nobody(case: dict[str, Any]) -> None:
    """Cut-offs, events, validity, conditions, past days and vague words give no deadline."""
    assert find(case["text"]) == []


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", cases("known_failures.toml"))
def test_known_failures_are_still_open(case: dict[str, Any]) -> None:
    """What isn't found yet is written down, and noticed once it is."""
    check(case)


def test_one_deadline_keeps_all_its_mentions() -> None:
    """The same day said twice is one deadline with two mentions."""
    running = plain("Báo cáo về Sở trước ngày 15/10/2024.\nPhiếu nộp sau ngày 15/10/2024 sẽ không được nhận.")
    deadlines, reviews, indices = gather(running, find_deadlines(running, LETTER))
    (deadline,) = deadlines
    assert [mention.text for mention in deadline.mentions] == ["trước ngày 15/10/2024", "sau ngày 15/10/2024"]
    assert (reviews, indices) == ((), [0, 0])


def test_day_before_the_day_of_issue_goes_to_a_person() -> None:
    """A day that was over when the letter was written is never a deadline, but a person is told."""
    running = plain("Đề nghị báo cáo về Sở trước ngày 15/9/2024.")
    deadlines, reviews, indices = gather(running, find_deadlines(running, LETTER))
    assert (deadlines, indices) == ((), [-1])
    assert [review.reason for review in reviews] == ["hạn sớm hơn ngày ban hành"]


def test_day_without_a_year_needs_the_day_of_issue() -> None:
    """A year that can't be known stays open and goes to a person."""
    running = plain("Đề nghị báo cáo về Sở trước ngày 15/10.")
    deadlines, reviews, _ = gather(running, find_deadlines(running, Letterhead()))
    assert [deadline.due for deadline in deadlines] == [None]
    assert [review.field for review in reviews] == ["deadlines.0.due"]


def test_open_day_of_issue_serves_when_it_leaves_one_year() -> None:
    """Of a letter whose day is blank, its month suffices to give a day without a year its year."""
    month = Letterhead(issued_between=(dt.date(2017, 10, 1), dt.date(2017, 10, 31)))
    (found,) = find_deadlines(plain("Báo cáo chậm nhất ngày 16/12."), month)
    assert found.due == dt.date(2017, 12, 16)
    assert find_deadlines(plain("Báo cáo chậm nhất ngày 16/10."), month)[0].due is None


def test_appendix_gives_deadlines_only_where_it_shares_out_work() -> None:
    """A rule or a procedure in an appendix is no deadline of the letter; a row of an assignment is."""
    rule = "Sở trả lời trong 05 ngày làm việc kể từ ngày nhận được văn bản này.\nBáo cáo trước ngày 15/10/2024."
    assert find(rule, Zone.APPENDIX) == []
    row = "Nội dung, đơn vị chủ trì, thời gian hoàn thành\nSở Tài chính hoàn thành báo cáo trước ngày 15/10/2024."
    assert [found.due for found in find(row, Zone.APPENDIX)] == [dt.date(2024, 10, 15)]


@pytest.mark.parametrize(
    "text",
    [
        "trước " * 4000,
        "trong 05 ngày " * 2000,
        "kể từ ngày " * 3000,
        "1/1/" * 5000,
        "6 tháng, " * 4000,
        "trước khi họp " * 3000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    """No pattern runs away on text made to make it."""
    begun = time.perf_counter()
    find("báo cáo " + text)
    assert time.perf_counter() - begun < 5


def test_two_days_of_a_year_are_two_deadlines() -> None:
    """Days of different numbers in one phrase have a rule each, and words of their own."""
    text = "Báo cáo kết quả trước ngày 10/6 và 15/12 hằng năm."
    found = find(text)
    assert [one.recurrence for one in found] == [
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=10",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15",
    ]
    assert [text[one.start : one.end] for one in found] == ["trước ngày 10/6", "15/12 hằng năm"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Định kỳ 06 tháng (trước ngày 12/6), năm (trước ngày 12/12) báo cáo kết quả về Sở.",
            ["FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=12"],
        ),
        (
            "Chế độ báo cáo: báo cáo quý I trước ngày 08/3, báo cáo 6 tháng trước ngày 08/6 và báo cáo năm trước ngày "
            "20/11 hằng năm.",
            [
                "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8",
                "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=8",
                "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20",
            ],
        ),
        ("Gửi báo cáo 6 tháng trước ngày 12/12.", [None]),
    ],
)
def test_terms_of_a_year_come_round_where_their_sentence_says_so(text: str, wanted: list[str | None]) -> None:
    """Each term has its own day every year; without "định kỳ" or "hằng năm" its day comes once."""
    assert [one.recurrence for one in find(text)] == wanted


def test_two_ends_of_months_are_two_deadlines() -> None:
    """Periods joined by "và" are due each at its own end."""
    found = find("Tổng hợp báo cáo UBND huyện kết quả vào cuối tháng 10 và cuối tháng 12/2024.")
    assert [one.due for one in found] == [dt.date(2024, 10, 31), dt.date(2024, 12, 31)]
