"""How digital signatures show on a page: the lines that signing programs print ("Ký bởi: …", "Thời gian ký: …").

Decree 30/2020 wants the agency's name and the time of signing beside the seal; each program adds what it likes. None
of it is text of the dispatch, and the time of signing is not its date.
"""

import re

from pipeline.vietnam.fold import fold

# The line such a notice begins with.
_FIRST = re.compile(
    r"""
      (nguoi|don\ vi|co\ quan|duoc)\ ky\s*:        # Người ký: …
    | ky\ boi\s*:?                                 # Ký bởi: …
    | signature\ (not\ verified|valid|yet\ unknown)
    | digitally\ signed\ by
    | signed\ by\s*:
    """,
    re.VERBOSE,
)
# A line that stands in such a notice and nowhere else.
_WITHIN = re.compile(
    r"""
      (thoi\ gian|ngay|gio)\ ky\s*:
    | \d\d?:\d\d:\d\d\s*\+\s*0?7[:.]?0?0           # 16:12:47 +07:00
    | (signing\ time|date|reason|location)\s*:\s*\d{4}[.-]\d\d[.-]\d\d
    | ^\+?0?7:00$
    """,
    re.VERBOSE,
)
# Lines that belong to a notice when they stand in one.
_FIELD = re.compile(r"^(e-?mail|co quan|to chuc|chuc vu|ly do|dia diem|reason|location|date|time)\s*:")


def opens_notice(text: str) -> bool:
    """Tell whether a line begins the notice of a digital signature.

    >>> opens_notice("Người ký: Văn phòng UBND tỉnh"), opens_notice("Người ký công văn chịu trách nhiệm")
    (True, False)
    """
    return _FIRST.match(fold(text)) is not None


def within_notice(text: str) -> bool:
    """Tell whether a line can only stand in such a notice.

    >>> within_notice("Thời gian ký: 22.05.2023 16:12:47 +07:00"), within_notice("ngày 22 tháng 5 năm 2023")
    (True, False)
    """
    return _WITHIN.search(fold(text)) is not None


def field_of_notice(text: str) -> bool:
    """Tell whether a line may be one of a notice's fields ("Email: …", "Cơ quan: …")."""
    return within_notice(text) or opens_notice(text) or _FIELD.match(fold(text)) is not None


def is_notice(text: str) -> bool:
    """Tell whether a stretch of text, such as one annotation's, is the notice of a digital signature.

    >>> is_notice("SAO Y; VĂN PHÒNG; 20/02/2025; 10:47:25 +07:00"), is_notice("184")
    (True, False)
    """
    return opens_notice(text) or within_notice(text)
