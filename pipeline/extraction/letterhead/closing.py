"""The closing: Nơi nhận on the left, the signature on the right, and the list of who gets a copy."""

import re
from collections.abc import Sequence

from models.page import Region
from pipeline.extraction.landmarks import is_capitals
from pipeline.extraction.letterhead.persons import is_name, position_of
from pipeline.extraction.letterhead.printed import STROKES, Found, Stretch
from pipeline.extraction.letterhead.signature import APPROVAL, AUTHORITY, DASH
from pipeline.vietnam.fold import fold

# "Nơi nhận:", its first letters under the seal or misread too ("Mới nhận:", "Aơi nhận").
RECIPIENTS = re.compile(r"^\W{0,3}(?:n[o0][il1]\s*nh[ad@]n|\w{0,4}\s*nhan\s*(?=[:;!.]))\s*[:;.!\-]?")
KEPT = re.compile(r"^\W{0,3}l[uư]u\b")
# Where a second column's share of a line may begin: behind a wide gap, a tab, the end of an item.
SHARE = re.compile(r"^\S|(?<=\s{3})\S|(?<=\t)\S|(?<=[;.:,\w]\s)\S")


def part_closing(lines: Sequence[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """Sort the closing's lines into Nơi nhận and signature, cutting lines that hold a piece of both."""
    left: list[Stretch] = []
    right: list[Stretch] = []
    for line in lines:
        place = 0 if line.region is Region.CLOSING_RIGHT else _signature_start(line)
        one = line.cut(0, place) if place is not None else line
        if place is not None:
            right.append(line.cut(place, len(line.text)))
        if one.text.strip():
            left.append(one)
    return left, right


def _signature_start(line: Stretch) -> int | None:
    """Find where the signature's share of a line begins; None when it has none."""
    text = line.text
    if APPROVAL.match(line.folded.text) and is_capitals(line.core):
        return 0
    authority = AUTHORITY.search(text)
    if authority and is_capitals(text[authority.start() :]):
        return authority.start()
    for share in SHARE.finditer(text):
        rest = text[share.start() :].rstrip()
        if is_capitals(rest.strip(STROKES)) and position_of(rest):
            return share.start()
        apart = (share.start() == 0 and not DASH.match(text)) or text[: share.start()].endswith(
            ("   ", "\t", "; ", ". ")
        )
        if apart and not rest.endswith((";", ",")) and is_name(rest, strict=True):
            return share.start()
    return None


def read_copies(left: Sequence[Stretch]) -> Found[tuple[str, ...]] | None:
    """Read the list after "Nơi nhận", up to and with the line that says what is kept on file ("Lưu: …")."""
    first = next((place for place, line in enumerate(left) if RECIPIENTS.match(line.folded.text)), None)
    if first is None:
        return None
    opener = RECIPIENTS.match(left[first].folded.text)
    assert opener is not None
    begun = left[first].cut(left[first].folded.offsets[opener.end()], len(left[first].text))
    items: list[str] = []
    last = left[first]
    for line in (begun, *left[first + 1 :]):
        text = " ".join(line.text.split())
        if not re.search(r"\w{2}", text):
            continue
        if items and not DASH.match(line.text) and not items[-1].endswith((";", ".")):
            items[-1] += " " + text
        elif items and KEPT.match(fold(items[-1])):
            break
        else:
            items.append(DASH.sub("", text))
        last = line
    copies = tuple(part for item in items for part in _parts(item))
    return Found(copies, left[first].start, last.end, 0.9, "danh sách sau “Nơi nhận”") if copies else None


def _parts(item: str) -> list[str]:
    parts = [item] if KEPT.match(fold(item)) else re.split(r";\s*", item)
    return [name for part in parts if (name := DASH.sub("", part).strip(" .,;:_|"))]
