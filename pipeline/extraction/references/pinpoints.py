"""Where in a document a citation points: "khoản 2 Điều 5", "mục 3", "Phụ lục II", printed in front of it."""

import re

_LETTERS = r"[a-z](?![a-z])(?:\s*(?:,|va|den)\s*[a-z](?![a-z]))*"
_FIGURES = r"\d{1,3}[a-z]?(?![a-z0-9/])(?:\s*(?:,|va|den|-)\s*\d{1,3}[a-z]?(?![a-z0-9/]))*"
_ROMANS = r"(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-d])(?![a-z0-9/])(?:\s*(?:,|va)\s*[ivx]{1,5}(?![a-z0-9]))*"
_UNIT = rf"""
    (?:cac\s+)?
    (?: diem\s+{_LETTERS}
      | tiet\s+(?:{_LETTERS}|{_FIGURES})
      | khoan\s+{_FIGURES}
      | dieu\s+{_FIGURES}
      | (?:tieu\s+)?muc\s+{_ROMANS}
      | phan\s+(?:thu\s+\w+|{_ROMANS})
      | chuong\s+{_ROMANS}
      | phu\s+luc(?:\s+(?:so\s+)?{_ROMANS})?
    )
"""
_JOINT = r"(?:\s*[,;]\s*(?:va\s+)?|\s+(?:va|den|hoac)\s+(?:tu\s+)?|\s+(?:cua|tai|thuoc)\s+|\s+)"
_CHAIN = re.compile(
    rf"(?<![a-z])(?P<chain>{_UNIT}(?:{_JOINT}{_UNIT})*)\s*,?\s*(?:cua|tai|trong|thuoc|ban\s+hanh)?\s*(?:kem\s+theo\s*)?(?:cac\s+)?$",
    re.VERBOSE,
)
_NEXT = re.compile(
    r"\s*[,;]\s*(?:va\s+)?(?=(?:cac\s+)?(?:diem|khoan|dieu|muc|phan|chuong|phu)\s)|\s+(?:va|hoac)\s+(?=(?:cac\s+)?(?:diem|khoan|dieu|muc|phan|chuong|phu)\s)"
)
_REACH = 140


def pinpoints_before(text: str, flat: str, place: int) -> tuple[tuple[str, ...], int]:
    """Give the parts of a document named right in front of a place, each chain as printed, and where they begin.

    >>> from pipeline.extraction.references.flat import flatten
    >>> line = "theo điểm a khoản 2 Điều 5 và Điều 7 Nghị định số 30/2020/NĐ-CP"
    >>> pinpoints_before(line, flatten(line), line.index("Nghị"))[0]
    ('điểm a khoản 2 Điều 5', 'Điều 7')
    """
    low = max(0, place - _REACH)
    chain = _CHAIN.search(flat[low:place])
    if chain is None:
        return (), place
    start = low + chain.start("chain")
    parts: list[str] = []
    end = low + chain.end("chain")
    at = start
    for gap in _NEXT.finditer(flat, start, end):
        parts.append(text[at : gap.start()])
        at = gap.end()
    parts.append(text[at:end])
    return tuple(" ".join(part.split()) for part in parts), start
