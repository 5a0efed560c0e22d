"""What follows the name of a document: its date, its issuer, what it is about.

Part of the first step of finding references. An issuer is taken only after "của" and only when it begins like an
office; a subject only right behind. Nothing is taken from beyond the next citation unless that one stands within
the subject ("về triển khai Công văn số …").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extraction.references.citation import Citation, Head, Span
from pipeline.extraction.references.flat import Phrase, flatten, starting_at
from pipeline.extraction.references.wording import WORDS, alternatives
from pipeline.vietnam.dates import PrintedDate

_TO_DATE = re.compile(r"[\s,(\[]*(?:(?:ky|ban hanh|de|cung|ra|ngay)\s+)*(?:ngay\s*)?")
# A date in words of which a part can't be read; what stands behind it is read all the same.
_UNREAD_DATE = re.compile(r"[\s,]*(?:ngay\s+){1,2}\S{1,4}\s+thang\s+\S{1,4}\s+nam\s+\S{2,5}")
_BY = re.compile(r"[\s,)]*(?:duoc\s+)?(?:cua|c[a-z]{1,2}a|do)\s+(?:cac\s+)?")
_MARKS = re.compile(r"(?:\s?\(\d{1,2}\)|\s?\[\d{1,2}\])?")  # a footnote's mark: "69/KH-UBND(1)"
_JOINT = alternatives("continued")
_VERBS = alternatives("verbs")
_WHOLE = alternatives("after_and")
_CLAUSES = alternatives("clauses")
_OFFICE_END = re.compile(
    rf"""
      [;()“”"\[\]] | :(?=\s) | (?<!tp)\.(?=\s|$) | \n\s*\n | \n\s*[-+*]\s | /\.
    | ,(?!\s+(?:{_JOINT})\b)
    | \s(?P<verb>{_VERBS})\b | \s\d{{1,2}}/ | \snam\s+\d | \d
    | \sva\s+(?:cac\s+)?(?:{_WHOLE})\b
    """,
    re.VERBOSE,
)
_SUBJECT_END = re.compile(
    rf"""
      ; | (?<!tp)(?<!v)\.(?=\s|$|["”)]) | \./ | \n\s*\n | \n\s*(?:[-+*]\s|\d{{1,2}}[.)]\s|[a-z]\)\s)
    | ["“”](?=\s*[,;.)]|\s*$)
    | \(\s*(?:gui|kem|du\s+thao\s+\w+|sau\s+day|sau\s+goi|co|viet\s+tat|goi\s+tat|dinh\s+kem|sao)\b
    | ,\s*(?:{_CLAUSES})\b
    | :\s | \n\W{{0,3}}can\s+cu\b
    """,
    re.VERBOSE,
)
# What isn't of the subject at its ends: "về việc việc góp ý …", "… vùng cao như sau".
_FRINGE = re.compile(r"^việc\s+|\s+(?:như sau|sau đây)$")
# What a table's cell or the page's end cut off: it says nothing yet.
_STUB = re.compile(
    r"(?:(?:quy dinh|ban hanh|huong dan|cong bo|phe duyet|sua doi|bo sung|ve|viec|cac|mot so|chi tiet)\s*,?\s*)+"
)
_SEPARATES = re.compile(r"(?:[,;:(]|\b(?:va|hoac|cung|va cac|cac|theo|can cu)\b|\n\s*[-+])\s*(?:cac\s*)?$")
_FIRM = frozenset(map(flatten, WORDS["firm_verbs"]))
_LONGEST_OFFICE = 140
_LONGEST_SUBJECT = 420


@dataclass(frozen=True)
class Surroundings:
    """What the readers of tails look at."""

    text: str
    flat: str
    dates: Sequence[PrintedDate]
    offices: list[Phrase]
    about: list[Phrase]
    acts: list[Phrase]
    stretches: Sequence[Span] = ()

    def bound(self, place: int) -> int:
        """Tell where the zone ends that a place lies in: nothing is read beyond it."""
        return next((end for start, end in self.stretches if start <= place < end), len(self.text))


def read_tails(heads: Sequence[Head], around: Surroundings) -> list[Citation]:
    """Read what follows each head; the last first, so that a subject knows the citations it holds."""
    read: list[Citation] = []
    for index in range(len(heads) - 1, -1, -1):
        limit = heads[index + 1].start if index + 1 < len(heads) else len(around.text)
        citation = _facts(heads[index], around, min(limit, around.bound(heads[index].start)))
        read.insert(0, _with_subject(citation, around, read))
    return _mark_nested(read)


def _facts(head: Head, around: Surroundings, limit: int) -> Citation:
    place = _MARKS.match(around.flat, head.end)
    end = place.end() if place else head.end
    date = _date(around, end, limit)
    end = date.end if date else end
    unread = None if date else _UNREAD_DATE.match(around.flat, end, limit)
    end = unread.end() if unread else end
    issuer = _issuer(around, end, limit)
    tail = issuer[1] if issuer else end
    if issuer and date is None:
        date = _date(around, tail, limit)
        end = tail = date.end if date else tail
        end = end if date else head.end
    printed = issuer or head.issuer
    return Citation(
        head,
        end=end if date else head.end,
        tail=max(tail, end),
        date=date.date if date else None,
        partial=unread is not None or (date is not None and date.date is None),
        unread=unread is not None,
        issuer=" ".join(around.text[printed[0] : printed[1]].split()) if printed else None,
    )


def _date(around: Surroundings, place: int, limit: int) -> PrintedDate | None:
    """Give the date that follows a place with nothing but "ngày" between."""
    for date in around.dates:
        if date.start >= place and date.start < limit:
            return date if _TO_DATE.fullmatch(around.flat, place, date.start) else None
    return None


def _issuer(around: Surroundings, place: int, limit: int) -> Span | None:
    by = _BY.match(around.flat, place, limit)
    if by is None or starting_at(around.offices, around.flat, by.end()) is None:
        return None
    end = office_end(around, by.end(), limit)
    return (by.end(), end) if end > by.end() else None


def office_end(around: Surroundings, start: int, limit: int) -> int:
    """Tell where the name of an office ends that begins at `start`."""
    limit = min(limit, start + _LONGEST_OFFICE, len(around.flat))
    end = limit
    for stop in _OFFICE_END.finditer(around.flat, start, limit):
        verb = stop.start("verb")
        # "Ban Chỉ đạo", "Sở Giao thông": part of a name where written with a capital.
        if verb >= 0 and _names(around.text[verb : stop.end()], around.text[start:limit]):
            continue
        # "Ban chỉ đạo", "Tổ giúp việc": a verb right behind the first word of the name.
        if verb >= 0 and around.flat[start:verb].strip() in ("ban", "to", "hoi", "doan", "bo", "tieu ban"):
            continue
        # A full stop before a small letter is dirt.
        if stop.group() == "." and around.text[stop.end() :].lstrip()[:1].islower():
            continue
        end = stop.start()
        break
    name = around.flat[start:end]
    trimmed = re.sub(r"(?:\s+(?:va|-|cac|hoac|cung|so))+\s*$", "", name.rstrip(" ,\n-"))
    return start + len(trimmed.rstrip(" ,\n-"))


def _names(printed: str, stretch: str) -> bool:
    """Tell by its marks or capital that a word like "tải" (not "tại") or "Giao" belongs to an office's name."""
    words = " ".join(printed.lower().split())
    if words in WORDS["not_verbs"]:
        return True
    # "thiên tai" isn't "tại" where marks are printed.
    if words.isascii() and not stretch.isascii() and words not in WORDS["verbs"]:
        return True
    return not printed[0].islower() and flatten(words) not in _FIRM


def _with_subject(citation: Citation, around: Surroundings, later: Sequence[Citation]) -> Citation:
    place = re.compile(r"[\s,)]*").match(around.flat, citation.tail)
    start = place.end() if place else citation.tail
    if citation.head.title or "\n\n" in around.text[citation.tail : start]:
        return citation
    about = starting_at(around.about, around.flat, start)
    act = starting_at(around.acts, around.flat, start)
    if about:
        start = about.end
    elif act is None or "," in around.text[citation.tail : start] or not _is_subject(citation, act):
        return citation
    end = _subject_end(around, start, later)
    subject = _FRINGE.sub("", " ".join(around.text[start:end].split()).strip(" ,“”\"'"))
    if len(subject) < 4 or _STUB.fullmatch(flatten(subject)):
        return citation
    return replace(citation, subject=subject, tail=end)


def _is_subject(citation: Citation, act: Phrase) -> bool:
    """Tell whether a verb behind a citation says what that document does: only where its date or issuer is given."""
    return citation.date is not None or citation.issuer is not None or act.key.startswith(("quy dinh", "phe duyet"))


def _subject_end(around: Surroundings, start: int, later: Sequence[Citation]) -> int:
    limit = min(around.bound(start - 1), start + _LONGEST_SUBJECT)
    place = start
    within = False
    for inner in [c for c in later if start <= c.start < limit]:
        stop = _stop(around, place, inner.start)
        if stop is not None:
            return stop
        before = around.flat[place : inner.start]
        if before.count("(") > before.count(")"):
            return place + len(before[: before.rindex("(")].rstrip())
        cut = _SEPARATES.search(before)
        # "hướng dẫn Luật X và Nghị định số Y": what stands right behind an inner citation is inner too.
        if within and re.fullmatch(r"\s+va\s+(?:cac\s+)?", before):
            cut = None
        if cut and not re.search(r"\b(?:theo|can cu)\s*$", before):
            return place + len(before[: cut.start()].rstrip(" ,;\n"))
        place, within = inner.tail, True
        limit = max(limit, place)
    stop = _stop(around, place, limit)
    return stop if stop is not None else place + len(around.flat[place:limit].rstrip())


def _stop(around: Surroundings, start: int, end: int) -> int | None:
    depth = 0
    for stop in re.finditer(rf"{_SUBJECT_END.pattern}|[()]|,\s+(?=[a-z])", around.flat[start:end], re.VERBOSE):
        mark, at = stop.group(), start + stop.start()
        if mark == "(":
            depth += 1
        elif mark == ")" and depth > 0:
            depth -= 1
        elif mark.strip() == ",":
            office = starting_at(around.offices, around.flat, start + stop.end())
            if office and depth == 0 and around.text[office.start].isupper():
                return at
        elif depth == 0:
            return at
    return None


def _mark_nested(citations: list[Citation]) -> list[Citation]:
    marked: list[Citation] = []
    reach = 0
    for citation in citations:
        marked.append(replace(citation, nested=citation.start < reach))
        reach = max(reach, citation.tail)
    return marked
