"""Later, shorter mentions: "Quyết định 866", "Nghị định 30", "Kế hoạch nêu trên".

They never make a document by themselves, but for a number with "số" and a whole date ("Công văn số 1234 ngày
5/6/2024"): that one is printed, only without its symbol.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.references.citation import Head, Span
from pipeline.extraction.references.flat import Phrase
from pipeline.vietnam.kinds import Kind, kind_of_name

_SERIAL = re.compile(
    r"""
    \s+ (?P<mark>s[o06b]\s*[:.]?\s*)?
    (?P<serial>\d{1,5}[a-i]?) (?:/(?P<year>(?:19|20)\d\d))?
    (?![\d%/]) (?![.,:-]\d) (?!\s*[/-]\s*[a-z\d]) (?![a-z])
    """,
    re.VERBOSE,
)
# A figure behind the kind's word that counts something: "Kế hoạch 5 năm", "Chương trình 30 ngày".
_COUNTS = re.compile(
    r"\s+(?:nam|thang|tuan|ngay lam|gio|phut|nguoi|xa|huyen|tinh|lop|ty|trieu|dong|ha|km|don vi|noi dung|nhiem vu"
    r"|van ban|cuoc|ho|lan|diem|muc|phan|buoc|to|de)\b"
)
_ABOVE = re.compile(
    r"\s+\(?(?:nay\s+)?(?:da\s+)?(?:duoc\s+)?(?:neu|noi|de\s+cap|vien\s+dan|dan)?\s*(?:o\s+)?tren(?=\W|$)"
    r"(?!\s+(?:dia|co|cac|toan|linh|he|mang|pham|ca|moi|tong|website|trang|cong|bao))"
)


@dataclass(frozen=True)
class ShortMention:
    """A mention without the whole number: its span, kind, serial (None: "nêu trên") and year."""

    span: Span
    kind: Kind
    serial: str | None
    year: int | None = None


def find_short(flat: str, kinds: Sequence[Phrase], taken: Sequence[Span]) -> tuple[list[ShortMention], list[Head]]:
    """Find short mentions outside the spans already taken, and heads that "số" makes worth a document."""
    mentions: list[ShortMention] = []
    heads: list[Head] = []
    for phrase in kinds:
        kind = kind_of_name(phrase.key)
        if kind is None or any(start < phrase.end and phrase.start < end for start, end in taken):
            continue
        serial = _SERIAL.match(flat, phrase.end)
        above = _ABOVE.match(flat, phrase.end)
        if serial and not _COUNTS.match(flat, serial.end()):
            year = int(serial["year"]) if serial["year"] else None
            mentions.append(ShortMention((phrase.start, serial.end()), kind, serial["serial"], year))
            if serial["mark"] or year:
                printed = f"{serial['serial']}/{year}" if year else serial["serial"]
                heads.append(Head(phrase.start, serial.end(), kind, named=True, marked=True, serial=printed))
        elif above:
            mentions.append(ShortMention((phrase.start, above.end()), kind, None))
    return mentions, heads
