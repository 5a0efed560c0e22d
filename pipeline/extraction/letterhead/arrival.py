"""The ĐẾN stamp: the receiver's own number and day, kept apart from those of the dispatch.

They are written by hand as a rule; what isn't printed or surely read stays open and is shown to a person.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.page import Region
from pipeline.extraction.landmarks import is_capitals
from pipeline.extraction.letterhead.printed import SURE_FIGURE, Doubt, Found, Stretch
from pipeline.vietnam.dates import find_dates

# "ĐẾN", "CÔNG VĂN ĐẾN", "VĂN BẢN ĐẾN": alone on its line, or with its number behind it.
STAMP = re.compile(r"^\W{0,4}(?:(?:cong van|van ban)\s+)?(?:den|d\W?en)\b\W{0,3}(?P<rest>(?:s[o0]|ng[a-z]{2})\b.*)?$")
# The same behind the receiver's name, in a stamp whose lines were run together.
RUN_TOGETHER = re.compile(r"\b(?P<word>den)\b\W{0,3}(?P<rest>(?:s[o0]|ng[a-z]{2})\b.*)?$")
NUMBER = re.compile(r"^\W{0,4}s[o06b]\s*(?:den\s*)?[:.]?\s*(?P<number>\d{1,6})?(?P<rest>.*)$")
DAY = re.compile(r"^\W{0,4}ng[a-z]{1,2}\b\W{0,2}")
OTHER = re.compile(r"^\W{0,4}(?:chuyen|luu|so va ky hieu|so, ky hieu|gio)\b")
# The stamp has six lines at most.
STAMP_LINES = 6


@dataclass(frozen=True)
class ArrivalReading:
    """What the stamp gave; `lines` are its lines, so that the header's readers leave them aside."""

    number: Found[str] | None = None
    date: Found[dt.date] | None = None
    doubts: tuple[Doubt, ...] = ()
    lines: tuple[Stretch, ...] = ()


def read_arrival(lines: Sequence[Stretch]) -> ArrivalReading:
    """Read the stamp among the lines of header and margin."""
    first = next((place for place, line in enumerate(lines) if opens_stamp(line)), None)
    if first is None:
        return ArrivalReading()
    head = lines[first]
    taken = [head]
    number: Found[str] | None = None
    date: Found[dt.date] | None = None
    for line in lines[first + 1 : first + STAMP_LINES]:
        folded = line.folded.text
        if DAY.match(folded):
            date = date or _date(line)
        elif NUMBER.match(folded) and "/" not in line.text:
            number = number or _number(line)
        elif not OTHER.match(folded):
            break
        taken.append(line)
    inline = _stamp(head)
    if inline and inline["rest"]:
        rest = head.cut_folded(*inline.span("rest"))
        number = number or _number(rest)
        date = date or _date(rest)
    doubts = [
        Doubt(f"arrival.{field}", f"{what} trên dấu ĐẾN viết tay hoặc không đọc được.", taken[0].start, taken[0].end)
        for field, what, value in (("number", "Số đến", number), ("date", "Ngày đến", date))
        if value is None
    ]
    return ArrivalReading(number, date, tuple(doubts), tuple(taken))


def opens_stamp(line: Stretch) -> bool:
    """Tell whether a line is the head of the stamp."""
    stamp = _stamp(line)
    if not stamp:
        return False
    start = stamp.start("word") if "word" in stamp.groupdict() else stamp.start()
    end = stamp.start("rest") if stamp["rest"] else len(line.folded.text)
    word = line.cut_folded(start, end).text
    return is_capitals(word) and re.search(r"[ĐD]\W?[EÊẾÉÈ]", word) is not None


def _stamp(line: Stretch) -> re.Match[str] | None:
    inside = RUN_TOGETHER.search(line.folded.text) if line.region is Region.STAMP else None
    return STAMP.match(line.folded.text) or inside


def _number(line: Stretch) -> Found[str] | None:
    match = NUMBER.match(line.folded.text)
    if not match or not match["number"]:
        return None
    part = line.cut_folded(*match.span("number"))
    if part.handwritten or part.confidence < SURE_FIGURE:
        return None
    return Found(part.text, part.start, part.end, round(0.9 * part.confidence, 2), "số trên dấu ĐẾN")


def _date(line: Stretch) -> Found[dt.date] | None:
    for printed in find_dates(
        re.sub(r"(?i)(ng\S{1,2}y)\s*[:.]\s*", lambda m: m[1] + " " * (len(m[0]) - len(m[1])), line.text)
    ):
        part = line.cut(printed.start, printed.end)
        if printed.date and not part.handwritten and part.confidence >= SURE_FIGURE:
            return Found(printed.date, part.start, part.end, round(0.9 * part.confidence, 2), "ngày trên dấu ĐẾN")
    return None
