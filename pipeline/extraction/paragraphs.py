"""Paragraphs: the printed lines of a zone put together, each with the marker it opens with.

First step of the outline; deadlines are read paragraph by paragraph too. Whether a line begins a paragraph is told by
its indent where the page has geometry, else by how full the line before it is, by full stops and by capitals. It
doesn't say which paragraph belongs under which; `outline` does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extraction.running import RunningText, Zone

# A line that reaches this share of the zone's usual width is full: its sentence may go on in the next line.
FULL_LINE = 0.82
# A heading without a full stop is shorter than this.
SHORT_LINE = 0.62
# No full line of body type has fewer characters than this; where all lines are shorter, each is a paragraph.
SHORTEST_FULL = 60
# A first line stands in by at least so many points; the usual indent is 28 to 36.
INDENT = 11.0
# A first line of plain text stands in by at least so many blanks.
BLANKS = 3
# Lines of one edge begin within so many points of each other, also on a slightly skewed scan.
EDGE = 4

# The capitals of Vietnamese; a range "À-Ỹ" would hold small letters too. "Ð" is the Icelandic letter OCR puts for "Đ".
UPPER = "A-ZÐĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"

MARKER = re.compile(
    rf"""\s*[\s.:;,'’‘`|_~^]{{0,4}}(?:
      (?P<article> (?:Điều|ĐIỀU|Ðiều) \s+ (?P<article_number>\d{{1,3}}) \s* [.:] )      # Điều 2.
    | (?P<part> (?:PHẦN|Phần|CHƯƠNG|Chương) \s+ (?:thứ \s+ \w+|[IVX]+|\d{{1,2}}) \b \s* [.:]? )   # PHẦN II
    | (?P<roman> (?P<roman_number>[IVX]{{1,5}}) \s* [./)] (?=\s|[^\W\d_]) )                # IV.
    | (?P<bare> (?P<bare_number>[IVX]{{1,4}}) (?=\s+(?:[{UPPER}]{{2,}},?\s+){{2}}) )                # IV NHIỆM VỤ CỤ THỂ
    | (?P<capital> (?P<capital_number>[A-GĐ]) \s* [./)] (?=\s) )                         # B.
    | (?P<decimal> (?P<decimal_number>\d{{1,2}} (?:\.\d{{1,2}}){{1,3}}) \.? (?=\s) )           # 2.1.
    | (?P<digit> (?P<digit_number>\d{{1,2}}) (?P<digit_mark>[./),]|-(?=\s+[{UPPER}])) (?=\s|[^\W\d_]) )  # 3. 3-
    | (?P<bracket> \( (?P<bracket_number>\d{{1,2}}) \) (?=\s|[^\W\d_]) )                   # (3)
    | (?P<letter> \(? (?P<letter_number>[a-zđ]) (?P<letter_mark>[).]) (?=\s|[^\W\d_]) )  # a)
    | (?P<odd> (?P<odd_number>[IVXHMTLYỊÍÌ][IVXHMTLYỊÍÌl1|]{{0,3}}) \s* [./] (?=\s+[{UPPER}]) )  # IM. for III.
    | (?P<dash> [-–—−] (?=\s|[^\W\d_]) )                                                 # -
    | (?P<plus> \+ (?=\s|[^\W\d_]) )                                                     # +
    | (?P<star> [*•●▪◦·] (?=\s|[^\W\d_]) )                                               # •
    )\s*""",
    re.VERBOSE,
)
BULLETS = ("dash", "plus", "star")
KINDS = ("article", "part", "roman", "bare", "capital", "decimal", "digit", "bracket", "letter", "odd", *BULLETS)
# What OCR makes of Roman numerals, and what was printed.
READ_AS = {"IM": "III", "HI": "III", "IH": "III", "M": "III", "H": "II", "TI": "II", "IT": "II", "Y": "V"}
READ_AS |= dict.fromkeys("ỊÍÌl1|TL", "I")
UNREAD = re.compile("|".join(re.escape(read) for read in sorted(READ_AS, key=len, reverse=True)))
SENTENCE_END = re.compile(r"[.:;!?…][”\"’')\]]*\s*$")
CLAUSE_END = re.compile(r"[.:;,!?…)”\"]\s*$")
CAPITAL = re.compile(rf"""^[\s"“‘'(.:,|_]*[{UPPER}]""")
WORD = re.compile(r"\w\w")
# A heading in capitals, three words or more.
CAPITALS = re.compile(rf"^\s*[\W\d]*(?:[{UPPER}]+[\s,.:–-]+){{2,}}[{UPPER}\d]+[\W\d]*$")
# A line that ends so goes on with the number the next line begins with: "tại Điều / 2. Các cơ quan", "năm / 2024."
AWAITS_NUMBER = re.compile(
    r"(?:điều|khoản|điểm|mục|số|năm|tháng|ngày|quý|phần|chương|phụ lục|lần|tiết|và|,|/|-|–)\s*$", re.IGNORECASE
)
# A line that ends so cites the article the next line begins with: "quy định tại / Điều 2. ".
CITES = re.compile(r"(?:\b(?:tại|theo|của|và|khoản\s+\d+|điểm\s+\w|hoặc|đến|từ|với)|,)\s*$", re.IGNORECASE)
# Words that open a paragraph of their own in a dispatch, also where a line happens to end with a full stop.
OPENER = re.compile(
    r"\s*(?:Trong quá trình|Đề nghị|Kính đề nghị|Trân trọng|Yêu cầu|Nhận được|Trên đây|Căn cứ|Thực hiện|Để |Qua |"
    r"Báo cáo|Kết quả|Văn bản|Giao |Riêng |Đối với|Ngoài ra|Mọi |Quyết định này)"
)


# Words that open a paragraph whatever the line before looks like.
CLOSING_OPENER = re.compile(r"\s*(?:Nhận được|Trên đây là|Kính đề nghị|Trong quá trình)\b")


@dataclass(frozen=True)
class Marker:
    """What stands before an item: its kind ("digit"), its style ("digit."), number or letter, and as printed."""

    kind: str
    style: str
    number: str
    printed: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: `text[start:end]` of the running text, its marker left out."""

    start: int
    end: int
    marker: Marker | None


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    text: str
    indent: float | None  # points from the left edge of the text; None without geometry
    full: float  # share of the usual width, 1 for a full line
    gap: bool  # an empty line stands before it
    set_in: bool  # blanks set it in from the others, in text without geometry


def read_paragraphs(running: RunningText, *zones: Zone, without: Sequence[tuple[int, int]] = ()) -> list[Paragraph]:
    """Put the lines of the wanted zones together into paragraphs, in order; lines `without` are left out.

    A marker that can't be one, such as the year's end "2024." or "Điều / 2.", stays in the text.
    """
    paragraphs: list[Paragraph] = []
    for start, end in running.spans(*zones):
        measured = _measure(running, start, end)
        lines = [line for line in measured if not any(low <= line.start < high for low, high in without)]
        paragraphs.extend(_group(lines))
    return paragraphs


def _group(lines: Sequence[_Line]) -> Iterator[Paragraph]:
    opened: tuple[int, Marker | None] | None = None
    before: _Line | None = None
    for line in lines:
        match = MARKER.match(line.text)
        marker = _marker(match) if match and _may_mark(match, before, line) else None
        if before is None or marker is not None or _begins(before, line):
            if opened is not None and before is not None:
                yield Paragraph(opened[0], before.end, opened[1])
            skipped = match.end() if match and marker else len(line.text) - len(line.text.lstrip())
            opened = (line.start + skipped, marker)
        before = line
    if opened is not None and before is not None:
        yield Paragraph(opened[0], before.end, opened[1])


def _begins(before: _Line, line: _Line) -> bool:
    """Tell whether a line without a marker begins a paragraph."""
    if CAPITALS.match(before.text) and not CAPITALS.match(line.text) and CAPITAL.match(line.text):
        return True
    if CLOSING_OPENER.match(line.text):
        return True
    if line.gap:
        return bool(CAPITAL.match(line.text)) or bool(SENTENCE_END.search(before.text))
    if line.indent is not None and before.indent is not None:
        opens = bool(CAPITAL.match(line.text)) or line.text.lstrip().startswith("(")
        short = before.full < FULL_LINE
        if OPENER.match(line.text) and short:
            return True
        return opens and line.indent >= INDENT and (short or bool(CLAUSE_END.search(before.text)))
    if not CAPITAL.match(line.text):
        return False
    if CAPITALS.match(line.text) is not None and CAPITALS.match(before.text) is None:
        return True
    ended = bool(SENTENCE_END.search(before.text))
    if line.set_in and (not before.set_in or before.full < FULL_LINE or ended):
        return True
    if ended:
        return before.full < FULL_LINE or before.text.rstrip().endswith(":") or bool(OPENER.match(line.text))
    return before.full < SHORT_LINE


def _marker(match: re.Match[str]) -> Marker:
    groups = match.groupdict()
    kind = next(name for name in KINDS if groups[name])
    if kind in ("bare", "odd"):
        printed = groups[f"{kind}_number"] or ""
        return Marker("roman", "roman", UNREAD.sub(lambda m: READ_AS[m[0]], printed), printed)
    style = kind + (groups.get(f"{kind}_mark") or "")
    printed = re.sub(r"\s+", " ", match[kind].strip())
    style = style.replace(",", ".")  # a full stop that OCR took for a comma
    return Marker(kind, style, groups.get(f"{kind}_number") or "", printed)


def _may_mark(match: re.Match[str], before: _Line | None, line: _Line) -> bool:
    """Tell a marker from figures and dashes that a line break put at the beginning of a line."""
    if before is None:
        return True
    rest = line.text[match.end() :]
    if match["dash"] or match["plus"] or match["star"]:
        ended = bool(CLAUSE_END.search(before.text)) or line.gap
        if before.text.rstrip()[-1:].isdigit() and rest[:1].isdigit():
            return False
        if line.indent is not None and line.indent < INDENT and not ended:
            return False
        return ended or before.full < SHORT_LINE or (before.full < FULL_LINE and bool(CAPITAL.match(rest)))
    if AWAITS_NUMBER.search(before.text) and not line.gap:
        return False
    if match["digit_mark"] == ",":
        return bool(SENTENCE_END.search(before.text)) and bool(CAPITAL.match(rest))
    if match["article"]:
        return not CITES.search(before.text)
    if match["letter"] and match["letter_mark"] == ")" and CAPITAL.match(rest):
        return True
    heading = before.full < FULL_LINE or CAPITALS.match(before.text) is not None
    return line.gap or heading or bool(CLAUSE_END.search(before.text))


def _measure(running: RunningText, start: int, end: int) -> list[_Line]:
    """Give the non-empty lines of a stretch with their indent and fullness, page by page where there is geometry."""
    rows: list[tuple[int, int, int, float | None, float | None]] = []
    for piece in running.pieces:
        if not start <= piece.start < end or not piece.length:
            continue
        box = next((line.box for line in running.page(piece.page).lines if line.start == piece.page_start), None)
        left, right = (box[0], box[2]) if box else (None, None)
        rows.append((piece.start, piece.start + piece.length, piece.page, left, right))
    edges = _edges(rows)
    longest = _usual_length([row[1] - row[0] for row in rows])
    margin = min((_blanks(running.text[row[0] : row[1]]) for row in rows), default=0)
    lines = []
    for first, last, page, left, right in rows:
        text = running.text[first:last]
        if not WORD.search(text):
            continue  # an empty line, a speck
        if left is not None and right is not None and page in edges:
            near, far = edges[page]
            indent: float | None = left - near
            full = (right - near) / max(1.0, far - near)
        else:
            indent, full = None, len(text) / longest
        gap = running.text[max(0, first - 2) : first] == "\n\n"
        set_in = indent is None and _blanks(text) - margin >= BLANKS
        lines.append(_Line(first, last, text, indent, full, gap, set_in))
    return lines


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip())


def _edges(rows: Sequence[tuple[int, int, int, float | None, float | None]]) -> dict[int, tuple[float, float]]:
    """Find the left and right edge of the text of each page that has geometry: where most lines begin, and end."""
    edges = {}
    for page in {row[2] for row in rows}:
        lefts = [round(row[3]) for row in rows if row[2] == page and row[3] is not None]
        rights = [row[4] for row in rows if row[2] == page and row[4] is not None]
        if len(lefts) >= 3:
            edges[page] = (_left_edge(lefts), sorted(rights)[int(len(rights) * 0.9)])
    return edges


def _left_edge(lefts: Sequence[int]) -> float:
    """Find the leftmost place at which several lines begin; a lone speck further left doesn't count."""
    enough = max(2, len(lefts) // 6)
    edge = next((x for x in sorted(lefts) if sum(abs(other - x) <= EDGE for other in lefts) >= enough), min(lefts))
    return float(edge)


def _usual_length(lengths: Sequence[int]) -> int:
    """Give the length of a full line in characters: the nine-tenths point, so that one overlong line does no harm."""
    ordered = sorted(lengths)
    return max(SHORTEST_FULL, ordered[int(len(ordered) * 0.9)]) if ordered else SHORTEST_FULL
