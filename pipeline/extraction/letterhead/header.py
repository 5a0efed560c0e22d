"""The header's two columns and what is centred under them, kept apart also where a reader has fused them.

Layout parts the columns where it can see the page. In plain text and bad layers a line holds both ("SỞ Y TẾ  Độc lập
- Tự do - Hạnh phúc", sometimes with a single blank): it is cut where the national title, the motto or place and date
begin.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.page import Region
from pipeline.extraction.landmarks import is_capitals
from pipeline.extraction.letterhead.issuer import head_of
from pipeline.extraction.letterhead.likeness import find_phrase
from pipeline.extraction.letterhead.number import opens_number
from pipeline.extraction.letterhead.printed import Stretch
from pipeline.extraction.letterhead.titles import kind_title

NATIONAL = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc")
PARTY = "dang cong san viet nam"
# "ngày 26 tháng 9 năm 2024" in a header, letters bent and figures blank or unreadable allowed for.
# A blank of a hand-written figure may be dots, underscores, or whatever OCR made of the pen.
LETTERHEAD_DATE = re.compile(
    r"""
    \b(?:ngay|ng[a-z0-9]{1,2}[yv](?![a-z])) [\s,.:;]{0,3}
    (?P<day>[^,]{0,14}?) \s*
    th[a-z0-9]{1,2}ng(?![a-z]) \s*
    (?P<month>[^,]{0,12}?) \s*
    n[a-z0-9]{1,2}m(?![a-z]) \s*
    (?P<year>[\d._…|oOlI]{0,8})
    """,
    re.VERBOSE,
)
# The same in figures: "Quảng Ngãi, ngày 26/9/2024", "Hà Nội, 26-9-2024".
FIGURE_DATE = re.compile(
    r"(?:\bngay\s*|,\s*)(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})\b(?!/)"
)
# A month alone, as drafts have it: "Quảng Ngãi, tháng 9 năm 2024".
MONTH_DATE = re.compile(r",\s*(?P<day>)thang\s*(?P<month>\d{1,2})\s*(?:/|nam)\s*(?P<year>\d{4})\b")
# Words of a place name before the comma: capitals first, no figure, no slash ("TP. Hồ Chí Minh", "Bà Rịa - Vũng Tàu").
PLACE_WORD = re.compile(r"^(?:[^\W\d_]+['’]?[^\W\d_]*[.,;:]?|[-–.])$")
# Letters that strokes and stamps may leave behind the year.
LONGEST_TAIL = 5
WIDE_GAP = re.compile(r"\s{3,}|\t")


@dataclass(frozen=True)
class Header:
    """The letterhead's lines: left column, right column, and what is centred under both."""

    left: tuple[Stretch, ...]
    right: tuple[Stretch, ...]
    centre: tuple[Stretch, ...]
    party: bool = False

    @property
    def lines(self) -> tuple[Stretch, ...]:
        """All lines, left column first."""
        return (*self.left, *self.right, *self.centre)


def read_header(lines: Sequence[Stretch]) -> Header:
    """Sort the lines of the letterhead into columns."""
    left: list[Stretch] = []
    right: list[Stretch] = []
    centre: list[Stretch] = []
    # The kind stands under number and date: "BAN CHỈ ĐẠO / CHƯƠNG TRÌNH …" above them is an issuer.
    headed = False
    for line in lines:
        one, other = part_columns(line) if not centre else (line, None)
        if other:
            right.append(other)
            headed = headed or find_dateline(other) is not None
        if one is None:
            continue
        headed = headed or opens_number(one)
        titled = headed and kind_title(one) is not None
        if (centre or titled) and one.region is not Region.HEADER_LEFT:
            centre.append(one)
        else:
            left.append(one)
    party = any(find_phrase(line.folded.text, PARTY, 0.15) for line in right)
    return Header(tuple(left), tuple(right), tuple(centre), party)


def part_columns(line: Stretch) -> tuple[Stretch | None, Stretch | None]:
    """Cut a line where its right column begins; a line of one column leaves the other None."""
    place = _right_start(line)
    if place is None:
        return line, None
    one, other = line.cut(0, place), line.cut(place, len(line.text))
    return (one if one.text.strip(" -_|") else None), (other if other.text else None)


def _right_start(line: Stretch) -> int | None:
    # A number or an agency among the right lines: layout took one column for the other.
    if line.region is Region.HEADER_RIGHT and not opens_number(line) and not head_of(line.bare):
        return 0
    folded = line.folded
    for phrase in (*NATIONAL, PARTY):
        span = find_phrase(folded.text, phrase, 0.15 if phrase == PARTY else 0.25)
        if span:
            return _word_start(line.text, folded.original(*span)[0])
    date = find_dateline(line)
    if date:
        return _place_start(line.text, folded.offsets[date.start()])
    gap = WIDE_GAP.search(line.text.strip())
    if gap and line.region is Region.UNKNOWN and is_capitals(line.text):
        return line.text.index(line.text.strip()) + gap.end()
    return None


def find_dateline(line: Stretch) -> re.Match[str] | None:
    """Find place and date of issue in a line: a date at its end, behind a place or nothing.

    Leaves the date of a document that a subject cites alone ("V/v trả lời Công văn số … ngày 05 tháng 9 năm 2024").
    """
    patterns = (LETTERHEAD_DATE, FIGURE_DATE, MONTH_DATE)
    match = next((match for pattern in patterns if (match := pattern.search(line.folded.text))), None)
    if match is None or len(re.sub(r"\W", "", line.folded.text[match.end() :])) > LONGEST_TAIL:
        return None
    start = line.folded.offsets[match.start()]
    before = line.text[:start].rstrip() + ("," if match[0].startswith(",") else "")
    placed = before.endswith((",", ".", ";")) and _place_start(line.text, start) < len(before) - 1
    return match if placed or not re.search(r"\w", before) else None


def _word_start(text: str, place: int) -> int:
    while place > 0 and not text[place - 1].isspace():
        place -= 1
    return place


def _place_start(text: str, date_start: int) -> int:
    """Walk back from the date over the words of the place, up to a wide gap or a word that is no name."""
    start = date_start
    words = 0
    while start > 0 and words < 8:
        before = text[:start].rstrip()
        if not before or (len(text[:start]) - len(before) >= 3 and words > 0):
            break
        word = before[_word_start(before, len(before)) :]
        if (
            not PLACE_WORD.match(word)
            or word[0].islower()
            or (word.isupper() and len(word.strip(".,")) > 3 and not is_capitals(text))
        ):
            break
        start, words = len(before) - len(word), words + 1
    return start
