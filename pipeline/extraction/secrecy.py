"""Secrecy marks: MẬT, TỐI MẬT, TUYỆT MẬT as a stamp on a page. Runs before anything of a file is kept or shown.

Tuned so that no mark is missed: letters set apart or misread by OCR, a mark fused with a header line, a mark on any
page. A dispatch that only speaks of state secrets passes. It says yes or no, never the words: nothing of a marked file
may reach a log.
"""

import re
from collections.abc import Sequence

from models.page import Region, TextPage
from pipeline.extraction import landmarks
from pipeline.extraction.letterhead.header import part_columns
from pipeline.extraction.letterhead.likeness import edit_distance
from pipeline.extraction.letterhead.printed import Stretch
from pipeline.extraction.parts import page_lines
from pipeline.vietnam.fold import fold

# Printed lines at the top of a page among which a mark stands; the header's two columns and stamps included.
HEAD_LINES = 24
# What OCR makes of the letters of a mark, and how far a reading of the longer marks may be off.
CONFUSED = str.maketrans({"0": "o", "1": "i", "|": "i", "!": "i", "@": "a", "4": "a", "†": "t", "7": "t"})
MARKS = {"mat": 0, "toimat": 1, "tuyetmat": 2}
# Other papers that must be given back or are named secret as a whole.
WHOLE = re.compile(
    r"^(?:tai lieu|van ban|ho so|cong van|bao cao)?\s*(?:toi mat|tuyet mat|mat)$|^tai lieu thu hoi$|^tai lieu mat\b.*"
)
# "MẤT", "MẶT", "MẮT" alone in capitals are words of their own in a table, misread marks in a header.
EXACT = re.compile(r"M[ẬÂ]T")
DEGREE = re.compile(r"^\W{0,4}(?:d[o0] mat|muc do mat|do bao mat)\s*[:：]\s*(?P<degree>.*)$")
BRACKETED = re.compile(r"[(\[{]\s*(?:do\s*:?\s*)?(?:tuyet |toi )?mat\s*[)\]}]")
# "bí mật", "bảo mật", "cơ mật", "mật mã", "mật khẩu", "mật độ", "mật ong": words, not marks.
BEFORE = ("bi", "bao", "co", "than", "tham", "duong", "chu", "luat", "danh", "muc", "do")
AFTER = ("ma", "khau", "do", "ong", "bao", "vu", "tham", "thiet", "danh", "nha")
TOKEN = re.compile(r"(?<!\w)(?P<mark>(?:TUYỆT|TUYÊT|TUYẸT|TỐI|TÔI|TÓI|TOI)\s+M[ẬÂẠA]T|M[ẬÂ]T)(?!\w)")


def bears_secrecy_mark(pages: Sequence[TextPage]) -> bool:
    """Tell whether any page bears a secrecy mark; in doubt yes.

    A mark is a line, or a column's share of a line, that holds nothing else; a degree after "Độ mật:"; a bracket
    "(Mật)" in the header; in a header line the word in capitals beside other print. Leaves "bí mật nhà nước",
    "bảo mật", "mật mã" and the like alone, also in capitals.
    """
    return any(_is_marked(page) for page in pages)


def _is_marked(page: TextPage) -> bool:
    head = 0
    in_head = True
    for start, end, region in page_lines(page):
        text = page.text[start:end]
        if not text.strip():
            continue
        head += 1
        in_head = in_head and head <= HEAD_LINES and not landmarks.opens_addressees(text)
        if _line_marks(text, region, in_head=in_head or region is Region.STAMP):
            return True
    return False


def _line_marks(text: str, region: Region, *, in_head: bool) -> bool:
    folded = fold(text).strip()
    degree = DEGREE.match(folded)
    if degree:
        return "mat" in degree["degree"].split()[:2]
    if in_head and BRACKETED.search(folded):
        return True
    one, other = part_columns(Stretch(text, 0))
    shares = [text, *(part.text for part in (one, other) if part)]
    shares += [piece for share in shares for piece in re.split(r"\s{2,}|\t|\|", share)]
    if any(_stands_alone(share, in_head=in_head) for share in shares):
        return True
    return in_head and region is not Region.TABLE and any(map(_holds_token, shares))


def _stands_alone(text: str, *, in_head: bool) -> bool:
    """Know a mark that is all there is: capitals, its letters perhaps set apart or misread."""
    if text != text.upper():
        return False
    words = " ".join(re.sub(r"[^\w\s]", " ", fold(text)).split())
    if WHOLE.match(words):
        return in_head or words != "mat" or EXACT.search(text.upper()) is not None
    letters = re.sub(r"[^a-z]", "", fold(text).translate(CONFUSED))
    if letters == "mat":
        return in_head or EXACT.search(re.sub(r"\W", "", text)) is not None
    return any(
        letters.endswith(("mat", "at")) and edit_distance(letters, mark) <= slack
        for mark, slack in MARKS.items()
        if slack and abs(len(letters) - len(mark)) <= slack
    )


def _holds_token(text: str) -> bool:
    """Know a mark beside other print of a header line: "Số: 15/BC-UBND MẬT"."""
    for match in TOKEN.finditer(text):
        before = fold(text[: match.start()]).split()[-1:]
        after = fold(text[match.end() :]).split()[:1]
        if not (before and before[0].strip(".,:") in BEFORE) and not (after and after[0].strip(".,:") in AFTER):
            return True
    return False
