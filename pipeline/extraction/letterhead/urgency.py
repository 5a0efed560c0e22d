"""The degree of urgency: HỎA TỐC, THƯỢNG KHẨN, KHẨN as a mark of its own, never the word in a sentence."""

import re
from collections.abc import Sequence

from models.record import Urgency
from pipeline.extraction.landmarks import is_capitals
from pipeline.extraction.letterhead.printed import Found, Stretch

# Strongest first. A mark may carry the hour it is bound to ("HỎA TỐC HẸN GIỜ", "HỎA TỐC 10 giờ 30").
MARKS: tuple[tuple[Urgency, re.Pattern[str]], ...] = (
    ("hỏa tốc", re.compile(r"^\W*h[o0]a\s*t[o0]c(?:\s+hen gio\b.*|\s+\d{1,2}\s?(?:gio|h|g|:).*)?\W*$")),
    ("thượng khẩn", re.compile(r"^\W*thu[o0]ng\s*khan\W*$")),
    ("khẩn", re.compile(r"^\W*khan\W*$")),
)
# A mark before or behind other print of a line, strokes of its frame between them.
FIRST = re.compile(r"^\W*(?P<mark>h[o0]a t[o0]c|(?:thuong )?khan)(?=[\s\])|])[\s|_.:;\])]*")
LAST = re.compile(r"[\s|_.:;\[(]+(?P<mark>h[o0]a t[o0]c|(?:thuong )?khan)\W*$")
# The kind itself may say it: "CÔNG ĐIỆN KHẨN", "CÔNG VĂN HỎA TỐC".
TITLED = re.compile(r"^\W*(?:cong dien|cong van|thong bao|giay moi)\s+(?:so \S+\s+)?(hoa toc|thuong khan|khan)\W*$")
OF_TITLE: dict[str, Urgency] = {"hoa toc": "hỏa tốc", "thuong khan": "thượng khẩn", "khan": "khẩn"}


def read_urgency(lines: Sequence[Stretch]) -> Found[Urgency] | None:
    """Find the mark among the lines of header, addressees and margin; capitals only."""
    for line in lines:
        mark = mark_of(line)
        if mark:
            return Found(mark, line.start, line.end, round(min(0.98, 0.5 + line.confidence / 2), 2), "dấu chỉ độ khẩn")
    return None


def part_mark(line: Stretch) -> tuple[Stretch | None, Stretch | None]:
    """Part a mark from the line a reader has fused it with ("HỎA TỐC | KẾ HOẠCH", "KHẨN - Các sở"): mark, rest.

    A title that says the urgency itself is both.
    """
    if mark_of(line):
        return line, line if TITLED.match(line.folded.text) else None
    first, last = FIRST.match(line.folded.text), LAST.search(line.folded.text)
    if first and _is_apart(line, first, line.text[line.folded.offsets[first.end()] :].split()[:1]):
        return line.cut_folded(*first.span("mark")), line.cut(line.folded.offsets[first.end()], len(line.text))
    if last and _is_apart(line, last, line.text[: line.folded.offsets[last.start()]].split()[-1:]):
        return line.cut_folded(*last.span("mark")), line.cut(0, line.folded.offsets[last.start()])
    return None, line


def _is_apart(line: Stretch, match: re.Match[str], neighbour: list[str]) -> bool:
    """Tell whether a mark stands apart from the word beside it: "KHẨN CẤP" and "ỨNG PHÓ KHẨN" are words of a title."""
    mark = line.cut_folded(*match.span("mark")).text
    if not _is_set_off(mark) or not neighbour:
        return False
    framed = re.search(r"[|\]\[]|\s{3}", line.text[slice(*line.folded.original(*match.span()))]) is not None
    words = neighbour[0].isupper() and neighbour[0].isalpha()
    return framed or mark.lower().startswith("h") or (mark.isupper() and not words)


def _is_set_off(text: str) -> bool:
    """Tell whether words stand in capitals, or each begins with one ("Hỏa Tốc" is what OCR makes of a framed mark)."""
    return is_capitals(text) or all(word[:1].isupper() for word in re.findall(r"[^\W\d_]+", text))


def mark_of(line: Stretch) -> Urgency | None:
    """Give the urgency a line marks."""
    folded = line.folded.text.strip()
    if not _is_set_off(re.sub(r"(?i)\s+(?:hẹn giờ|\d).*$", "", line.text.strip())):
        return None
    for urgency, mark in MARKS:
        if mark.match(folded):
            return urgency
    title = TITLED.match(folded)
    return OF_TITLE[title[1]] if title else None
