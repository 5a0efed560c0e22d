"""Where two columns stand side by side: the letterhead, and Nơi nhận beside the signature.

Both are found by their words (the national title, "Nơi nhận") and grown over the rows that leave the gutter free.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layout.strips import Strip
from pipeline.vietnam.fold import fold

USUAL_GUTTER = 30.0
NARROWEST = 1.5
"""Narrowest gutter between two columns, in points."""

TITLE = re.compile(r"cong h[oc]a x|xa h[oq]i chu n|nghia viet nam|dang c[oc]ng san v")
MOTTO = re.compile(r"d?[o0]c lap|t[uw] do|hanh ph")
DATE = re.compile(r"\bng[ad]y\b.*\bth[ad]ng\b|\bth[ad]ng\b.*\bn[ad]m\b|\bn[ad]m (19|20)\d\d")
ADDRESSEES = re.compile(r"k[ií]nh g[uứử]i")
COPIES = re.compile(r"^\W*\w{0,3}i nh[ad][nmp]\b")
AUTHORITY = re.compile(r"^\W*(t\s?[./]?\s?m|k\s?t|t\s?l|t\s?u\s?q)\s?[.,]\s?\w")

Row = list[Strip]


@dataclass(frozen=True)
class Band:
    """Rows `first` to `last` (exclusive) in two columns with a gutter between."""

    first: int
    last: int
    gutter: tuple[float, float]

    @property
    def middle(self) -> float:
        """The middle of the gutter."""
        return (self.gutter[0] + self.gutter[1]) / 2


def split_columns(strips: Sequence[Strip], width: float) -> list[Strip]:
    """Part what print or OCR put close together: issuer and national title, "Nơi nhận:" and the signer's authority."""
    parted: list[Strip] = []
    for strip in strips:
        place = _title_place(strip) or _authority_place(strip, width)
        parted.extend(strip.split(place) if place else [strip])
    return parted


def _title_place(strip: Strip) -> int:
    """Give the index of the word at which a title, motto or date begins inside a strip; 0 when none does."""
    for pattern in (r"cong h\w+ xa h\w+i ch\w+", r"dang cong san viet", r"\bd\w+c lap\s*[-–—.]\s*t\w+ do\b"):
        found = re.search(pattern, strip.folded)
        if found and found.start() > 2:
            return _word_at(strip, found.start())
    return 0


def _authority_place(strip: Strip, width: float) -> int:
    """Give the index of the word at which a signer's authority begins behind "Nơi nhận:" or a line of its list."""
    if COPIES.match(strip.folded):
        place = next(index for index, word in enumerate(strip.words) if "nh" in word.text.lower()) + 1
        rest = " ".join(word.text for word in strip.words[place:])
        return place if len(rest) > 4 and _authority(rest) else 0
    for place in range(1, len(strip.words)):
        rest = " ".join(word.text for word in strip.words[place:])
        gap = strip.words[place].box[0] - strip.words[place - 1].box[2]
        if strip.words[place].box[0] > 0.4 * width and gap > 0.6 * strip.height and AUTHORITY.match(fold(rest)):
            return place if _authority(rest) else 0
    return 0


def _word_at(strip: Strip, offset: int) -> int:
    place = 0
    for index, word in enumerate(strip.words):
        if place >= offset:
            return index
        place += len(word.text) + 1
    return 0


def find_header(rows: Sequence[Row], after: int = 0) -> Band | None:
    """Find the next letterhead by the national title; its left column runs on below the date (V/v …)."""
    for index in range(after, len(rows)):
        row = rows[index]
        title = next((s for s in row if TITLE.search(s.folded)), None)
        if title is None or (len(row) == 1 and not _beside(rows, index, title)):
            continue
        beside = [s.box[2] for s in row if s.box[0] < title.box[0] and s is not title]
        left = max(beside, default=title.box[0] - USUAL_GUTTER)
        return _grow_header(rows, Band(index, index + 1, (left, title.box[0])), after)
    return None


def _beside(rows: Sequence[Row], index: int, title: Strip) -> bool:
    """Tell whether a neighbouring row has something left of the title."""
    near = [s for row in rows[max(0, index - 2) : index + 3] for s in row]
    return any(s.box[2] < title.box[0] for s in near)


def _grow_header(rows: Sequence[Row], band: Band, after: int) -> Band:
    first = band.first
    gutter = band.gutter
    while first > after and (wider := narrowed(rows[first - 1], gutter)):
        above = rows[first - 1]
        if rows[first][0].box[1] - max(s.box[3] for s in above) > 2 * rows[first][0].height:
            break
        first, gutter = first - 1, wider
    last = band.last
    titled = dated = False
    while last < len(rows):
        row = rows[last]
        narrower = narrowed(row, gutter)
        right = [s for s in row if narrower and s.box[0] >= narrower[1]]
        titled = titled or any(MOTTO.search(s.folded) for s in rows[last - 1])
        # Below the motto only the date stands in the right column; a title centred there belongs to the text.
        astray = _is_text(right) and (dated or (titled and len(right) == len(row) and not _says_date(right)))
        gap = row[0].box[1] - max(s.box[3] for s in rows[last - 1])
        ended = ADDRESSEES.search(" ".join(s.folded for s in row)) or gap > 4 * row[0].height
        if narrower is None or ended or astray:
            break
        dated = dated or _says_date(row)
        last, gutter = last + 1, narrower
    return Band(first, last, gutter)


def _is_text(row: Row) -> bool:
    """Tell print from a pen's scribble read as a letter or two."""
    return any(strip.confidence > 0.5 and sum(c.isalpha() for c in strip.text) > 3 for strip in row)


def _says_date(row: Row) -> bool:
    return any(DATE.search(strip.folded) for strip in row)


def find_closing(rows: Sequence[Row], after: int, width: float) -> Band | None:
    """Find the closing by "Nơi nhận", or by the signer's authority alone where the page has no "Nơi nhận".

    The signature's column may begin above "Nơi nhận".
    """
    for index in range(len(rows) - 1, after - 1, -1):
        row = rows[index]
        copies = next((s for s in row if COPIES.match(s.folded) and s.box[0] < 0.4 * width), None)
        if copies is not None:
            right = min((s.box[0] for s in row if s is not copies and s.box[0] > copies.box[2]), default=width)
            return _grow_closing(rows, Band(index, index + 1, (copies.box[2], right)), after)
    for index in range(after, len(rows)):
        last = rows[index][-1]
        if last.box[0] > 0.4 * width and AUTHORITY.match(last.folded) and _authority(last.text):
            beside = max((s.box[2] for s in rows[index][:-1]), default=last.box[0] - USUAL_GUTTER)
            return _grow_closing(rows, Band(index, index + 1, (beside, last.box[0])), after)
    return None


def _grow_closing(rows: Sequence[Row], band: Band, after: int) -> Band:
    first, last, gutter = band.first, band.last, band.gutter
    while last < len(rows):
        narrower = narrowed(rows[last], gutter)
        if narrower is None:
            if max(s.confidence for s in rows[last]) > 0.6:
                break
            narrower = gutter  # a seal's scribble runs over the gutter
        last, gutter = last + 1, narrower
    while first > after and (narrower := narrowed(rows[first - 1], gutter)):
        row = rows[first - 1]
        if row[0].box[0] < narrower[1] or not _authority(row[0].text):
            break
        first, gutter = first - 1, narrower
    return Band(first, last, gutter)


def _authority(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.8 * max(1, len(letters))


def narrowed(row: Row, gutter: tuple[float, float]) -> tuple[float, float] | None:
    """Give the gutter that a row leaves free; None when the row runs over it."""
    left, right = gutter
    middle = (left + right) / 2
    for strip in row:
        x0, _, x1, _ = strip.box
        if (x0 + x1) / 2 < middle:
            left = max(left, x1)
        else:
            right = min(right, x0)
    return (left, right) if right - left >= NARROWEST else None
