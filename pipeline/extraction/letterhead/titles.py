"""The kind of document and its subject: the title in capitals with its trích yếu, or the V/v of a công văn.

Reads lines that `header` has sorted. The kind printed as a title decides; the symbol's code serves where no title was
read, and is compared with it by `component`.
"""

import re
from collections.abc import Sequence

from models.page import Region
from pipeline.extraction.landmarks import is_capitals
from pipeline.extraction.letterhead.issuer import head_of
from pipeline.extraction.letterhead.likeness import edit_distance, find_phrase
from pipeline.extraction.letterhead.printed import STROKES, Found, Stretch
from pipeline.vietnam.fold import fold
from pipeline.vietnam.kinds import Kind, kind_names

# Kinds that stand above a dispatch; papers that are only cited by number and copies are none.
TITLED = {name: kind for name, kind in kind_names().items() if kind.family in ("administrative", "legal", "party")}
# Names too short or too common to be known from a misreading or from the beginning of a longer line.
BRIEF = ("luat", "lenh", "cv", "van ban", "thoa thuan", "van thu")
# "V/v", "Vê việc", "Về việc" and what OCR makes of it.
ABOUT = re.compile(
    r"^\W{0,4}(?:[vw]\s?[/.,íi1l|\\]?\s?[vwy](?![a-z])[.:]?|v/(?=\s+[a-z])|ve\s?vi\wc\b[:.]?|ve(?=\s[a-z]))\s*"
)
RULE = re.compile(r"^[\W\d_oO]{0,40}$")
# Who decides, under the title of a quyết định or nghị quyết: not part of its subject.
AUTHORITY = re.compile(
    r"^\W{0,3}(?:(?:pho |quyen )?chu tich|bo truong|thu truong|thu tuong|giam doc|tong giam doc|(?:tong )?cuc truong"
    r"|chi cuc truong|hieu truong|vien truong|truong (?:ban|phong)|chanh|tong (?:bi thu|kiem toan|cuc)"
    r"|uy ban (?:nhan dan|thuong vu)|ubnd|hdnd|hoi dong|ban (?:thuong vu|chap hanh)|chinh phu|quoc hoi|so|bo)\b"
)
BODY = re.compile(
    r"^[\W_]{0,3}(?:can cu|kinh gui|dieu \d|phan (?:thu )?[i1]\b|i\s?[.-]\s|1\s?[.-]\s|xet |theo de nghi)"
)
# A second line of a subject in small letters may begin so as well; with a capital it is the body.
BODY_WITH_CAPITAL = re.compile(
    r"^[\W_]{0,3}(?:ngay \d|nham |de |trong (?:thoi gian|tinh hinh|nhung nam)"
    r"|thuc hien (?:ke hoach|cong van|cong dien|quyet dinh|nghi quyet|chi thi|thong bao|luat|y kien|su chi dao))"
)
# The Government's portal stamps every document it publishes, across the trích yếu as a rule.
PORTAL_STAMP = "cong thong tin dien tu chinh phu"
# A word read with less confidence that isn't of letters alone is no word.
BLOTCH = 0.35
# Letters that blotches before a subject may amount to.
LONGEST_BLOTCH = 14
# "… trong năm học / 2024-2025", "… giai đoạn / 2021-2025": the second line is no rule.
YEARS = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
WANTS_YEAR = re.compile(r"\b(?:nam hoc|nam|giai doan|nhiem ky|nien khoa|tu|den|thang \d{1,2}/?)$")
# The addressees, in a line that a stamp has begun.
OPENS_LIST = re.compile(r"\bkinh g[uio]{1,2}i\s*:")
# A line of the portal's stamp under its name: "Giờ: …", "Ngày: …", by pen; the day may stand before a printed line.
STAMPED_HOUR = re.compile(r"^\W{0,3}gi[ou]\w?\s?[:;,.].{0,14}$")
STAMPED_DAY = re.compile(r"^(?:\S{1,4}\s+)?ng[a-z]{1,2}\s?[:;.][\s.:]*\S{0,12}\s+(?=[a-z])")
NOTE = re.compile(r"^\s*\((?:kem theo|ban hanh|du thao|tham dinh|lan \d|trinh)[^)]*\)?\s*$")


def kind_title(line: Stretch) -> Kind | None:
    """Give the kind a line names when it is a title: capitals, the name alone or first on the line.

    A single misread letter in five is allowed for ("QUYÉT ĐlNH"), letters set apart too ("K Ế  H O Ạ C H").
    """
    bare = _unstamped(line.bare)
    if len(bare) < 4 or not is_capitals(line.core):
        return None
    if bare in TITLED:
        return TITLED[bare]
    joined = bare.replace(" ", "")
    close = next((kind for name, kind in TITLED.items() if name not in BRIEF and name.replace(" ", "") == joined), None)
    if close:
        return close
    names = [name for name in TITLED if bare.startswith(name + " ") and name not in BRIEF]
    if names:
        return TITLED[max(names, key=len)]
    ranked = sorted((edit_distance(bare, name), name) for name in TITLED if abs(len(bare) - len(name)) <= 2)
    if not ranked or ranked[0][0] > len(ranked[0][1]) // 5 or ranked[0][1] in BRIEF:
        return None
    kinds = {TITLED[name].name for distance, name in ranked if distance == ranked[0][0]}
    return TITLED[ranked[0][1]] if len(kinds) == 1 else None


def _unstamped(bare: str) -> str:
    """Take a portal's stamp off a folded line."""
    stamp = find_phrase(bare, PORTAL_STAMP, 0.35) if len(bare) > len(PORTAL_STAMP) // 2 else None
    return re.sub(r"^\W+|\W+$", "", bare[: stamp[0]] + bare[stamp[1] :]) if stamp else bare


def _unstamp(lines: Sequence[Stretch]) -> list[Stretch]:
    """Leave out hour and day of a portal's stamp from lines that bear its name among them."""
    if not any(find_phrase(line.bare, PORTAL_STAMP, 0.35) for line in lines if len(line.bare) > len(PORTAL_STAMP) // 2):
        return list(lines)
    kept: list[Stretch] = []
    for line in lines:
        day = STAMPED_DAY.match(line.folded.text)
        if day:
            kept.append(line.cut_folded(day.end(), len(line.folded.text)))
        elif not STAMPED_HOUR.match(line.folded.text):
            kept.append(line)
    return kept


def find_title(centre: Sequence[Stretch]) -> tuple[int, Kind] | None:
    """Find the line that names the kind, among the centred lines."""
    return next(((place, kind) for place, line in enumerate(centre) if (kind := kind_title(line))), None)


def read_about(left: Sequence[Stretch], centre: Sequence[Stretch]) -> Found[str] | None:
    """Read the subject of a công văn: from its V/v down the left column."""
    lines = [*left, *centre]
    first = next((place for place, line in enumerate(lines) if ABOUT.match(line.folded.text)), None)
    if first is None:
        return None
    opener = ABOUT.match(lines[first].folded.text)
    assert opener is not None
    start = lines[first].folded.offsets[opener.end()]
    return _join(
        _subject_lines(lines[first + 1 :], lines[first].cut(start, len(lines[first].text))), "trích yếu sau “V/v”", 0.95
    )


def read_unmarked(left: Sequence[Stretch], number: Stretch | None) -> Found[str] | None:
    """Read the subject of a công văn that bears no V/v: what stands under the number in small letters."""
    if number is None:
        return None
    under = [line for line in left if line.start > number.start and not RULE.match(line.text)]
    if not under or is_capitals(under[0].text) or BODY.match(under[0].folded.text):
        return None
    return _join(_subject_lines(under[1:], under[0]), "trích yếu dưới số", 0.75)


def read_titled(centre: Sequence[Stretch], place: int, kind: Kind) -> Found[str] | None:
    """Read the trích yếu under the title; what follows the kind on its own line begins it."""
    title = centre[place]
    begun = _after_name(title, kind)
    lines = _titled_lines(_unstamp(centre[place:])[1:], begun)
    if not lines:
        return None
    opener = ABOUT.match(lines[0].folded.text)
    if opener:
        lines[0] = lines[0].cut(lines[0].folded.offsets[opener.end()], len(lines[0].text))
    return _join(lines, "trích yếu dưới tên loại", 0.93)


def _after_name(title: Stretch, kind: Kind) -> Stretch | None:
    if title.bare in TITLED:
        return None
    names = [
        name for name, other in TITLED.items() if other == kind and title.folded.text.lstrip().startswith(name + " ")
    ]
    if not names:
        return None
    start = title.folded.text.index(max(names, key=len)) + len(max(names, key=len))
    rest = title.cut(title.folded.offsets[start], len(title.text))
    return None if RULE.match(rest.text) or re.match(r"^(?:khan|hoa toc|thuong khan)\W*$", rest.folded.text) else rest


def _titled_lines(lines: Sequence[Stretch], begun: Stretch | None) -> list[Stretch]:
    taken = [begun] if begun else []
    for line in lines:
        if taken and _completes(taken[-1], line):
            taken.append(_without_strokes(line))
            continue
        if RULE.match(line.text) or NOTE.match(line.folded.text):
            if taken and line.text.strip().startswith(("__", "--", "—")):
                break
            continue
        capital_start = not taken or is_capitals(taken[0].text)
        if BODY.match(line.folded.text) or (is_capitals(line.text) and not capital_start):
            break
        if taken and line.core[:1].isupper() and BODY_WITH_CAPITAL.match(line.folded.text):
            break
        if is_capitals(line.text) and AUTHORITY.match(line.folded.text) and taken:
            break
        if len(taken) > 1 and capital_start and not is_capitals(line.text) and line.gap:
            break
        if taken and line.gap and line.core[:1].isupper() and not _open_ended(taken[-1].text):
            break
        taken.append(line)
    return _from_about(taken)


def _completes(before: Stretch, line: Stretch) -> bool:
    """Tell whether a line of figures alone gives the year, period or term the line before asks for."""
    figures = YEARS.search(line.text)
    return figures is not None and not re.search(r"[^\W\d_]", line.text) and bool(WANTS_YEAR.search(before.bare))


def _without_strokes(line: Stretch) -> Stretch:
    """Cut the strokes at a line's ends, the rule under a subject among them."""
    start = len(line.text) - len(line.text.lstrip(STROKES))
    return line.cut(start, len(line.text.rstrip(STROKES)))


def _open_ended(text: str) -> bool:
    """Tell whether a line of a subject can't be its last."""
    return bool(re.search(r"(?:,|;|-|\b(?:va|cua|cac|tai|ve|cho|theo|thuoc|nam|trong|tinh|huyen))\s*$", fold(text)))


def _from_about(lines: list[Stretch]) -> list[Stretch]:
    """Begin at "Về việc" where the pen or a stamp left blotches in front of it."""
    for place, line in enumerate(lines[:2]):
        about = re.search(r"\bve viec\b", line.folded.text)
        before = [other.text for other in lines[:place]] + [line.text[: about.start()] if about else ""]
        if about and 0 < len(re.sub(r"\W", "", "".join(before))) <= LONGEST_BLOTCH:
            return [line.cut_folded(about.start(), len(line.folded.text)), *lines[place + 1 :]]
    return lines


def _subject_lines(lines: Sequence[Stretch], first: Stretch) -> list[Stretch]:
    """Take the lines that go on with a V/v: up to a rule, a stamp or a line in capitals."""
    taken = [first] if first.text else []
    for line in lines:
        if taken and _completes(taken[-1], line):
            taken.append(_without_strokes(line))
            continue
        if RULE.match(line.text) or BODY.match(line.folded.text) or OPENS_LIST.search(line.folded.text):
            break
        # An agency in the body's column opens the addressees, their "Kính gửi" lost.
        if first.region is Region.HEADER_LEFT and line.region is Region.BODY and head_of(line.bare):
            break
        capitals = is_capitals(line.core) and not is_capitals(first.core)
        if (capitals and (len(line.text.split()) <= 3 or AUTHORITY.match(line.folded.text))) or kind_title(line):
            break
        taken.append(line)
    return taken


def _legible(line: Stretch) -> str:
    """Give a line's text without a portal's stamp across it and the blotches OCR read as words."""
    text = line.text
    for word in reversed(line.words):
        start, end = word.start - line.origin, word.end - line.origin
        if word.confidence < BLOTCH and not text[start:end].strip(".,;:()“”").isalpha():
            text = text[:start] + text[end:]
    stamp = find_phrase(fold(text), PORTAL_STAMP, 0.35) if len(fold(text)) == len(text) else None
    if stamp and is_capitals(text[slice(*stamp)]):
        text = text[: stamp[0]] + text[stamp[1] :]
    return " ".join(text.split())


def _join(lines: Sequence[Stretch], rule: str, confidence: float) -> Found[str] | None:
    """Join printed lines to one subject; a hyphen at a line's end goes on without a blank."""
    lines = [line for line in lines if line.text.strip()]
    if not lines:
        return None
    text = " ".join(_legible(line) for line in lines)
    text = (
        re.sub(r"(?<=\w)- (?=[A-ZĐ])", "-", text)
        if re.search(r"\w-$", "\n".join(x.text.rstrip() for x in lines), re.M)
        else text
    )
    text = text.strip(" .,;:_-–—|*")
    read = [word.confidence for line in lines for word in line.words]
    mean = sum(read) / len(read) if read else 1.0
    return (
        Found(text, lines[0].start, lines[-1].end, round(confidence * min(1.0, mean + 0.05), 2), rule) if text else None
    )
