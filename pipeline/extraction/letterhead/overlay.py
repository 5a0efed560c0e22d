"""A number that was typed onto a signed page away from its line.

In born-digital files the number is often put on after signing. When the line says "Số:      /SYT-NVY" and the page
holds that very symbol with figures once, alone at a line's end and cited by nothing, it is the number.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.letterhead.number import EMPTY, NumberReading
from pipeline.extraction.letterhead.printed import Found, Stretch
from pipeline.vietnam.fold import fold

# What stands before the number of a document that is cited.
CITED = re.compile(r"(?:\b(?:so|van|ban|thu|dinh|hoach|bao|cao|quyet|trinh|dan|thi|va|moi|dien)|[,;(/])\s*:?\s*$")


def place_overlay(reading: NumberReading, page: Sequence[Stretch]) -> NumberReading:
    """Fill in a blank number from the lines of its page; two candidates give none."""
    if reading.number or reading.symbol is None or reading.line is None or not _is_blank(reading):
        return reading
    typed = re.compile(rf"(?<![\w/])(\d{{1,6}})\s?[/-]\s?{re.escape(reading.symbol.value)}(?=\s*$)")
    found = [(line, match) for line in page if line.start != reading.line.start for match in typed.finditer(line.text)]
    own = [(line, match) for line, match in found if not _cites(line.text[: match.start()])]
    if len(own) != 1 or len({match[1] for _, match in found}) != 1:
        return reading
    line, match = own[0]
    part = line.cut(*match.span())
    number = Found(re.sub(r"\s", "", part.text), part.start, part.end, 0.85, "số đóng thêm ngoài dòng “Số:”")
    return replace(reading, number=number, doubts=())


def _cites(before: str) -> bool:
    """Tell whether the words before a number cite it; "quý Sở:" isn't "số:"."""
    return bool(CITED.search(fold(before))) and not re.search(r"\bsở\s*:?\s*$", before.lower())


def _is_blank(reading: NumberReading) -> bool:
    """Tell whether the number's line was printed with a blank, not written on."""
    assert reading.line is not None
    assert reading.symbol is not None
    before = reading.line.text[: reading.symbol.start - reading.line.start].rstrip(" /-")
    return EMPTY.match(re.sub(r"^\W*\w+\s*:?", "", before)) is not None and not reading.line.handwritten
