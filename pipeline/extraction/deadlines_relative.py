"""Relative deadlines: "trong 05 ngày làm việc kể từ ngày nhận được văn bản này", counted where the anchor is known.

Counting follows the Civil Code (articles 147 and 148): the first day isn't counted; a last day off moves to the next
working day. What a rule of procedure sets for whoever applies is no deadline of the letter.
"""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.record import Relative
from pipeline.extraction import deadlines_grammar as grammar
from pipeline.vietnam.calendar import add_working_days, is_working_day
from pipeline.vietnam.dates import find_dates

UNITS = {
    "ngay lam viec": "working_day",
    "ngay": "day",
    "tuan": "day",
    "gio lam viec": "hour",
    "gio": "hour",
    "h": "hour",
    "thang": "month",
}
_PAPERS = "van ban|cong van|cong dien|thong bao|ke hoach|quyet dinh|chi thi|huong dan|giay moi|to trinh|de nghi|yeu cau"
_PAPER = rf"(?:{_PAPERS}|thu)"
_OF_OURS = r"(?: (?:nay|tren|chi dao|de nghi|yeu cau|huong dan))*"
RECEIPT = re.compile(
    rf"^(?:(?:don vi|co quan|cac don vi) )?(?:co quan [a-z ]{{0,30}})?(?:duoc )?(?:nhan|tiep nhan)(?: duoc)?(?: duoc)? "
    rf"(?:[a-z ]{{0,30}})?(?:(?:van ban|cong van|cong dien){_OF_OURS}|{_PAPER}(?: [a-z]+){{0,4}}? nay)\b"
)
SIGNING = re.compile(
    rf"^(?:{_PAPER} nay )?(?:duoc )?(?:ky|ban hanh|ky ban hanh)(?: ban hanh)?(?: {_PAPER} nay)?\s*(?:$|[,;.)])"
)
EFFECTIVE = re.compile(rf"^(?:{_PAPER} nay |{_PAPER} )?(?:co hieu luc)")
# "Nghị định của Chính phủ về …, … có hiệu lực": of another paper, whose day isn't ours
FOREIGN = re.compile(
    r"^(?:van ban|nghi dinh|nghi quyet|luat|thong tu|quyet dinh) (?!nay)[^.;]{3,90}? co hieu luc(?: thi hanh)?"
)
IN_FORCE = re.compile(r"co hieu luc(?: thi hanh)?(?: ke)? tu ngay (?P<what>ky|ban hanh|ngay|\d)")


@dataclass(frozen=True)
class Counted:
    """A counted time in flat text; `due` where the anchor's date stands in the document."""

    start: int
    end: int
    relative: Relative
    due: dt.date | None


def find_counted(flat: str, issued_on: dt.date | None, document: str, procedure: Sequence[str]) -> list[Counted]:
    """Find counted times in flat text.

    `document` is the flat text of the whole dispatch: it may say when it takes effect. An anchor that holds one of
    the `procedure` words is left out.

    >>> found = find_counted("trong 05 ngay lam viec ke tu ngay nhan duoc van ban nay", None, "", [])
    >>> found[0].relative.anchor
    'receipt'
    """
    found = []
    for match in grammar.COUNTED.finditer(flat):
        anchor, end = _anchor(match, procedure)
        if anchor:
            relative = _relative(match, anchor)
            of_ours = anchor != "effective" or not FOREIGN.match(match["anchor"])
            day = _anchor_day(anchor, issued_on, document) if of_ours else None
            if anchor == "event":
                day = _printed_day(flat[match.start("anchor") : end])
            found.append(Counted(match.start(), end, relative, count(relative, day)))
    for match in (*grammar.COUNTED_BEFORE.finditer(flat), *grammar.COUNTED_BEFORE_DAY.finditer(flat)):
        relative = _relative(match, "event")
        relative = relative.model_copy(update={"amount": -relative.amount})
        found.append(Counted(match.start(), match.end(), relative, count(relative, _printed_day(match["anchor"]))))
    for match in grammar.COUNTED_BACK.finditer(flat):
        relative = _relative(match, "event")
        end = _bracket_end(flat, match.start("anchor") + len(_until(match["anchor"])))
        relative = relative.model_copy(update={"amount": -relative.amount})
        due = count(relative, _printed_day(flat[match.start("anchor") : end]))
        found.append(Counted(match.start(), end, relative, due))
    return found


def count(relative: Relative, start: dt.date | None) -> dt.date | None:
    """Count from the day of the anchor; None for hours, which need the hour of the anchor."""
    if start is None or relative.unit == "hour":
        return None
    if relative.unit == "working_day":
        return add_working_days(start, relative.amount)
    if relative.unit == "month":
        month = start.year * 12 + start.month - 1 + relative.amount
        year, index = divmod(month, 12)
        end = dt.date(year, index + 1, min(start.day, calendar.monthrange(year, index + 1)[1]))
    else:
        end = start + dt.timedelta(days=relative.amount)
    if relative.amount < 0:
        # The Civil Code moves on the end of a term; a day counted back from an event stays.
        return end
    while not is_working_day(end):
        end += dt.timedelta(days=1)
    return end


def _relative(match: re.Match[str], anchor: str) -> Relative:
    amount = int(match["amount"]) * (7 if match["unit"] == "tuan" else 1)
    unit = UNITS[match["unit"]]
    if unit == "day" and re.match(r" ?(?:ngay )?lam viec", match.string[match.end("unit") :]):
        unit = "working_day"
    return Relative.model_validate({"amount": amount, "unit": unit, "anchor": anchor})


def _anchor(match: re.Match[str], procedure: Sequence[str]) -> tuple[str | None, int]:
    """Name the anchor and give where its words end; None for a rule of procedure."""
    words = match["anchor"]
    start = match.start("anchor")
    for anchor, pattern in (("receipt", RECEIPT), ("effective", EFFECTIVE), ("signing", SIGNING)):
        own = pattern.match(words)
        if own:
            end = start + (own.end() if anchor != "effective" else len(_until(words)))
            return anchor, start + len(match.string[start:end].rstrip(" ,;.)"))
    foreign = FOREIGN.match(words)
    if foreign:
        return "effective", start + foreign.end()
    clause = _until(words)
    if any(word in clause for word in procedure) or re.match(r"ngay|\d", words):
        return None, start
    return "event", _bracket_end(match.string, start + len(clause))


def _bracket_end(flat: str, end: int) -> int:
    """Take in the bracket that an event's words end with: "trước ngày khai mạc (ngày 20/10/2024)"."""
    return end + 1 if flat[end : end + 1] == ")" and flat.rfind("(", 0, end) > flat.rfind(")", 0, end) else end


def _printed_day(words: str) -> dt.date | None:
    """Give the day of an event where it stands in brackets beside its name."""
    days = find_dates("".join(re.findall(r"\([^)]*\)", words)))
    return days[0].date if len(days) == 1 else None


def _until(words: str) -> str:
    """Cut an anchor's words at the clause's end."""
    return re.split(r"[,;.)]| de | va (?:gui|bao cao)", words, maxsplit=1)[0].rstrip()


def _anchor_day(anchor: str, issued_on: dt.date | None, document: str) -> dt.date | None:
    if anchor == "signing":
        return issued_on
    if anchor != "effective":
        return None
    stated = IN_FORCE.search(document)
    if stated is None:
        return None
    if stated["what"] in ("ky", "ban hanh"):
        return issued_on
    days = find_dates(document[stated.start("what") - 5 : stated.end() + 40])
    return days[0].date if days else None
