"""Kính gửi: whom the dispatch is for, one entry per printed item, without its note and final punctuation."""

import re
from collections.abc import Sequence
from itertools import takewhile

from models.page import Region
from pipeline.extraction.letterhead.issuer import head_of
from pipeline.extraction.letterhead.printed import Found, Stretch
from pipeline.vietnam.fold import fold

OPENER = re.compile(r"^\W{0,4}k[a-z]{1,2}nh\s*g[a-z]{1,3}(?:\s*[:;.,]|\s|$)\s*")
# "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:" opens the addressees of a telegram.
TELEGRAM = re.compile(r"(?:^|\s)dien\s*:\s*(?=$|-)")
DASH = re.compile(r"^\s*(?:[-–—+•*▪~]|\d{1,2}[.)](?=\s))\s*")
NOTE = re.compile(r"\s*\((?!s\))[^()]*\)?\s*(?=[.;,:]?\s*$)")
# What a body begins with and no addressee: the zone may end late.
BODY = re.compile(
    r"^[\W_]{0,3}(?:can cu|thuc hien|trien khai|thi hanh|nham|de (?:thuc|trien|dam|bao)|theo |ngay \d|xet|phuc dap"
    r"|tra loi|tiep theo)"
)
# What is said of somebody, not somebody.
STATEMENT = re.compile(r"\b(?:đề nghị|yêu cầu|nhận được|ban hành|thông báo|báo cáo|kính mời|đã|đang|sẽ|như sau)\b")
# Signs of a list without its head: two items at least.
LEAST_MARKS = 2
# Lines that may be missing from a list.
LONGEST_REST = 12
OPEN_END = re.compile(r"(?:[,:&–-]|\b(?:và|của|các|thuộc|tại|về|trực|tỉnh|thành|huyện|thị))$")


def read_recipients(lines: Sequence[Stretch]) -> Found[tuple[str, ...]] | None:
    """Read the list after "Kính gửi"; None when there is no such line.

    A dash begins an item, ";" ends one. Without dashes a line goes on with the one before when it begins in small
    letters or the one before is not over ("… các tỉnh, thành phố / trực thuộc Trung ương").
    """
    first, opener = next(((place, match) for place, line in enumerate(lines) if (match := _opens(line))), (0, None))
    if opener is None:
        return None
    begun = lines[first].cut(lines[first].folded.offsets[opener.end()], len(lines[first].text))
    parts = [line for line in (begun, *lines[first + 1 :]) if re.search(r"\w{2}", line.text)]
    parts = list(takewhile(lambda part: part is parts[0] or not BODY.match(part.folded.text), parts))
    names = _list(parts)
    if not names:
        return None
    return Found(names, lines[first].start, parts[-1].end, _sureness(parts, 0.95), "danh sách sau “Kính gửi”")


def read_unheaded(head: Sequence[Stretch]) -> Found[tuple[str, ...]] | None:
    """Read a list whose "Kính gửi:" was lost: agencies alone, in the body's column above its first sentence.

    Every item begins with an agency's word, at least two are told apart by ";" or a dash, and the last has its stop.
    """
    parts = [line for line in head if line.region is Region.BODY and re.search(r"\w{2}", line.text)]
    parts = list(takewhile(lambda part: not BODY.match(part.folded.text), parts))
    names = _list(parts)
    marked = sum(part.text.rstrip().endswith(";") or bool(DASH.match(part.text)) for part in parts)
    if marked < LEAST_MARKS or not parts[-1].text.rstrip().endswith(".") or not all(head_of(fold(n)) for n in names):
        return None
    return Found(names, parts[0].start, parts[-1].end, _sureness(parts, 0.8), "danh sách nơi gửi, mất chữ “Kính gửi”")


def _sureness(parts: Sequence[Stretch], rule: float) -> float:
    read = [word.confidence for part in parts for word in part.words]
    mean = sum(read) / len(read) if read else 1.0
    return round(rule * min(1.0, mean + 0.05), 2)


def _list(parts: Sequence[Stretch]) -> tuple[str, ...]:
    items: list[list[Stretch]] = []
    dashed = any(DASH.match(part.text) for part in parts)
    for part in parts:
        if items and _goes_on(items[-1][-1], part, dashed=dashed):
            items[-1].append(part)
        else:
            items.append([part])
    return tuple(name for item in items for name in _names(item))


def opens_list(line: Stretch) -> bool:
    """Tell whether a line opens the addressees."""
    return _opens(line) is not None


def _opens(line: Stretch) -> re.Match[str] | None:
    return OPENER.match(line.folded.text) or TELEGRAM.search(line.folded.text)


def complete_list(addressed: Sequence[Stretch], body: Sequence[Stretch]) -> list[Stretch]:
    """Go on with a list whose last item ends in ";": the zone ended before its full stop."""
    if not addressed or not addressed[-1].text.rstrip().endswith((";", ",")):
        return list(addressed)
    rest: list[Stretch] = []
    for line in body[:LONGEST_REST]:
        if BODY.match(line.folded.text) or STATEMENT.search(line.text.lower()):
            break
        rest.append(line)
        if line.text.rstrip().endswith("."):
            break
    whole = rest and rest[-1].text.rstrip().endswith((".", ";"))
    return [*addressed, *rest] if whole else list(addressed)


def part_telegram(lines: Sequence[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """Part the addressees of a telegram from the header above them: header, addressees."""
    first = next((place for place, line in enumerate(lines) if TELEGRAM.search(line.folded.text)), len(lines))
    return list(lines[:first]), list(lines[first:])


def _goes_on(before: Stretch, part: Stretch, *, dashed: bool) -> bool:
    if DASH.match(part.text):
        return False
    last = before.text.rstrip()
    if last.endswith((";", ".")) and not last.endswith(("Tp.", "TP.", "T.P.")):
        return part.text.lstrip().startswith("(")
    if not dashed and last.endswith(",") and head_of(before.bare) and head_of(part.bare):
        return False
    return (
        dashed
        or part.text.lstrip(" (")[:1].islower()
        or part.text.lstrip().startswith("(")
        or bool(OPEN_END.search(last))
    )


def _names(item: Sequence[Stretch]) -> list[str]:
    text = " ".join(" ".join(part.text.split()) for part in item)
    text = DASH.sub("", text)
    names = []
    for name in re.split(r";\s*", text):
        while NOTE.search(name) and NOTE.sub("", name).strip():
            name = NOTE.sub("", name)
        name = DASH.sub("", name).strip(" .,;:/_|")
        if len(name) > 1 and re.search(r"[^\W\d_]", name) and not name.startswith("("):
            names.append(name)
    return names
