"""Deadlines that are periods: "trình trong quý II/2025", "báo cáo vào cuối tháng 4 và cuối tháng 5/2025".

A period binds where it closes the clause of a verb that brings something about; a period that opens a sentence, tells
what a report is on, or when an event takes place gives none. Verbs of looking into things ("kiểm tra", "báo cáo" with
an object) bind only by a period that has yet to begin: else they may look back on it.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.extraction import deadlines_grammar as grammar
from pipeline.extraction.deadlines_dates import Window, period_of, read_period

REACH = 130
_NO_YEAR = r"(?P<year>(?!))?"
_KIND = rf"(?:{grammar.QUARTER}|{grammar.MONTH}|{grammar.HALF}){_NO_YEAR}"
# The clause ends behind the period, and no second period is joined to it ("quý III, IV", "tháng 10 và tháng 11").
_TAIL = r"(?= ?(?:$|[.;)(/]|,(?! ?(?:[ivx]+|\d{1,2})\b)| (?:de|theo|nham) | va (?!quy|thang|[ivx]+\b|\d)))(?! ?/ ?\d)"
CLOSING = re.compile(
    r"(?P<cue>(?<![a-z])(?:cham nhat(?: la)?(?: trong| vao| den het)?|den het|trong|vao)) "
    rf"{grammar.PART}{_KIND}{_TAIL}"
)
NEXT = re.compile(rf",? va (?=dau|giua|cuoi){grammar.PART}{_KIND}{_TAIL}")
# "Thời gian thực hiện: Quý III/2024"
HEADED = re.compile(
    r"(?<![a-z])(?:thoi gian|thoi diem|tien do)(?: (?:thuc hien|trien khai|hoan thanh|ket thuc|ban hanh|trinh))+ ?: ?"
    rf"(?P<cue>(?:trong )?){grammar.PART}{_KIND}"
    r"(?= ?(?:$|[.;(]))"
)
# "…; hoàn thành tháng 5/2024", "yêu cầu hoàn thành cuối tháng 5/2024"
FINISHED = re.compile(
    r"(?:(?:^|[;,:] ?)(?:hoan thanh|hoan tat|xong) |(?<![a-z])(?:hoan thanh|hoan tat|xong) (?=giua|cuoi))"
    rf"(?P<cue>){grammar.PART}{_KIND}(?<=20\d\d){_TAIL}"
)
# "từ … đến hết tháng", "kể từ khi … đến hết quý", "áp dụng đến hết …": how long something lasts.
LASTS = re.compile(r"(?<![a-z])(?:tu|ke tu|hieu luc|gia han|ap dung|duy tri|keo dai|su dung|gia tri|tinh)(?![a-z])")


@dataclass(frozen=True)
class Period:
    """A period in flat text and its last day."""

    start: int
    end: int
    due: dt.date


@dataclass(frozen=True)
class _Words:
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    noun: re.Pattern[str]
    event: re.Pattern[str]
    looked_at: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    table = tomllib.loads(Path(__file__).with_name("deadlines.toml").read_text("utf-8"))["period"]

    def one_of(name: str, after: str = r"(?![a-z])") -> re.Pattern[str]:
        return re.compile(rf"(?<![a-z])(?:{'|'.join(sorted(table[name], key=len, reverse=True))}){after}")

    return _Words(one_of("strong"), one_of("weak"), one_of("noun", after=r" $"), one_of("event"), one_of("looked_at"))


def find_periods(flat: str, issued: Window | None) -> Iterator[Period]:
    """Find the periods by whose end something has to be done.

    >>> day = dt.date(2024, 9, 26)
    >>> [found.due.isoformat() for found in find_periods("trinh ubnd tinh trong quy iv nam 2024.", (day, day))]
    ['2024-12-31']
    """
    for match in (*HEADED.finditer(flat), *FINISHED.finditer(flat)):
        yield from _period(match, match.start("cue"), issued)
    for match in CLOSING.finditer(flat):
        if _is_done_by(flat, match, issued):
            yield from _period(match, match.start(), issued)
            more = NEXT.match(flat, match.end())
            if more:
                yield from _period(more, more.start("part"), issued)


def _period(match: re.Match[str], start: int, issued: Window | None) -> Iterator[Period]:
    due = read_period(match, issued)
    if due and (issued is None or due >= issued[0]):
        yield Period(start, match.end(), due)


def _is_done_by(flat: str, match: re.Match[str], issued: Window | None) -> bool:
    """Tell whether a verb of the clause before a period brings something about by its end."""
    words = _words()
    clause = re.split(r"[;:]|\.(?!\d)", flat[max(0, match.start() - REACH) : match.start()])[-1]
    if match["cue"].endswith("den het") and LASTS.search(clause):
        return False
    if any(_acts(clause, verb, match) for verb in words.strong.finditer(clause)):
        return True
    span = period_of(match, issued)
    ahead = span is not None and issued is not None and span[0] > issued[1]
    return ahead and any(_acts(clause, verb, match) for verb in words.weak.finditer(clause))


def _acts(clause: str, verb: re.Match[str], match: re.Match[str]) -> bool:
    words = _words()
    before, between = clause[: verb.start()], clause[verb.end() :]
    if words.noun.search(before) or words.event.search(between):
        return False
    if before.endswith("duoc ") and not re.search(r"(?:phai|can) duoc $", before):
        return False
    return match["cue"] != "trong" or match["part"] is not None or not words.looked_at.search(between)
