"""Who issued a cited document: the printed name in its natural form, or what the symbol says for certain.

The locality is added where the dispatch's own is meant ("UBND tỉnh" in a letter of Quảng Ngãi's department). A
symbol decides only where one body in the country writes it, or where it is the dispatch's own office.
"""

import re
from dataclasses import dataclass

from models.record import Letterhead
from pipeline.extraction.references.flat import flatten
from pipeline.vietnam.agencies import agency_of_symbol, expand_agency
from pipeline.vietnam.fold import fold
from pipeline.vietnam.numbers import DocumentNumber, parse_number
from pipeline.vietnam.units import find_province, province_of_unit

# Posts that speak for their office: "Giám đốc Sở Công Thương", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ".
_POST = re.compile(
    r"^(?:(?:bo truong|thu truong|pho giam doc|giam doc|pho chu tich|chu tich|chanh van phong|cuc truong"
    r"|tong cuc truong|vien truong|chanh thanh tra|truong ban|chu nhiem|tong thanh tra|tap the|lanh dao|ban lanh dao"
    r"|ban thuong vu(?= (?:cong doan|lien doan|hoi|doan))|hieu truong|hoi nghi(?: lan thu [a-z0-9]+)?,?)[,\s]+)+"
    r"(?=(?:bo|van phong|so|ubnd|uy ban|cuc|tong cuc|vien|thanh tra|ban|hdnd|hoi dong|truong|ban chap hanh"
    r"|cong doan|lien doan|hoi|doan)\b)"
)
# Words whose marks a reader loses, as the record writes them.
_SPELLINGS = {"uy ban nhan dan": "UBND", "hoi dong nhan dan": "HĐND", "tinh": "tỉnh", "thanh pho": "thành phố"}
_SPELLING = re.compile("|".join(rf"\b{words}\b(?! uy\b)" for words in _SPELLINGS))
# A single small letter behind a name is dirt: "Thành ủy ỏ".
_SPECK = re.compile(r"(?:\s+(?!\d)[^\W\d_A-ZĐ]|\s+[^\w\s]+)+$")
# Words that stand for an office the text has named before.
_NAMELESS = re.compile(r"^(?:co quan|don vi|doanh nghiep|to chuc)\b(?!.*\b(?:dieu tra|thue|bhxh|bao hiem))")
_CONGRESS = re.compile(r",?\s+(?:khoa|nhiem ky)\s+[ivx\d]+.*$")
_BODY = re.compile(r"(QH|UBTVQH)(?:[IVX]+|\d{1,2})")
_BODIES = {"QH": "Quốc hội", "UBTVQH": "Ủy ban Thường vụ Quốc hội"}
_CENTRAL = {
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "CTN": "Chủ tịch nước",
    "VPCP": "Văn phòng Chính phủ",
    "VPQH": "Văn phòng Quốc hội",
    "TTCP": "Thanh tra Chính phủ",
    "NHNN": "Ngân hàng Nhà nước Việt Nam",
    "KTNN": "Kiểm toán nhà nước",
    "VPTW": "Văn phòng Trung ương Đảng",
    "TANDTC": "Tòa án nhân dân tối cao",
    "VKSNDTC": "Viện kiểm sát nhân dân tối cao",
}
# Kinds that several offices issue together.
_JOINT = ("TTLT", "NQLT", "CTPH", "KHLT", "KHPH")
_MINISTRY = re.compile(r"B[A-ZĐ]{2,6}")


@dataclass(frozen=True)
class Office:
    """The office that wrote the dispatch: its name, locality, and the tokens its symbol is made of."""

    issuer: str | None
    province: str | None
    parent: str | None
    tokens: tuple[str, ...]


def office_behind(letterhead: Letterhead) -> Office:
    """Gather what the letterhead says about who speaks."""
    province = next(
        (
            found.name
            for text in (letterhead.issuer, letterhead.parent, letterhead.place)
            if text and (found := find_province(text, letterhead.issued_on))
        ),
        None,
    )
    if province is None:
        province = _of_unit(letterhead)
    # The kind's code says nothing of the office: "QĐ-SYT" and "SYT-NVY" are of one.
    forms = [letterhead.number, *(f"1{mark}{letterhead.symbol}" for mark in "/-" if letterhead.symbol)]
    number = next((number for form in forms if form and (number := parse_number(form))), None)
    return Office(letterhead.issuer, province, letterhead.parent, number.groups if number else ())


def _of_unit(letterhead: Letterhead) -> str | None:
    """Give the province of the district or commune that wrote, when its name is the only one in the country."""
    days = (letterhead.issued_on,) if letterhead.issued_on else letterhead.issued_between or ()
    found = {province_of_unit(text, day) for text in (letterhead.issuer, letterhead.parent) if text for day in days}
    found.discard(None)
    return next(province.name for province in found if province) if len(found) == 1 else None


def name_issuer(printed: str | None, front: str | None, number: DocumentNumber | None, office: Office) -> str | None:
    """Name the issuer of a cited document; None where neither its printed name nor its symbol says for certain.

    A symbol that is certain wins; `printed` stands behind the number, `front` before the mention.
    """
    certain = _of_symbol(number) if number else None
    # "KH-BXD … của Sở Xây dựng": a department's words weigh more than one letter of a symbol.
    if certain and not (printed and fold(printed).startswith("so ")):
        return certain
    if printed and not _NAMELESS.match(fold(printed)):
        return _natural(printed, office)
    if front and not _NAMELESS.match(fold(front)):
        return _natural(front, office)
    if number and _is_own(number, office):
        return office.issuer
    return _of_department(number, office.province) if number else None


def _of_department(number: DocumentNumber, province: str | None) -> str | None:
    """Name the province's department a symbol stands for; one of another province would be named."""
    if province is None or number.party or not re.match(r"S[A-ZĐ]{1,8}$", number.groups[0] if number.groups else ""):
        return None
    named = agency_of_symbol("-".join(number.groups), province)
    return named if named and named.startswith("Sở ") else None


def _is_own(number: DocumentNumber, office: Office) -> bool:
    """Tell whether a symbol is the office's own; below the province "UBND" may as well be the one above."""
    if office.issuer is None or not number.groups or number.groups[:1] != office.tokens[:1]:
        return False
    if number.kind_code in _JOINT:
        return False
    return number.groups[0] not in ("UBND", "HĐND") or find_province(office.issuer.partition(" ")[2]) is not None


def natural_name(printed: str) -> str:
    """Give a printed issuer as an office: posts and congresses left out, lost marks put right.

    >>> natural_name("Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"), natural_name("Chủ tịch Ủy ban nhân dân tinh")
    ('Văn phòng Chính phủ', 'UBND tỉnh')
    """
    return _respell(_without_post(printed))


def _natural(printed: str, office: Office) -> str:
    name = natural_name(printed)
    if re.search(r"\b(?:bo|chinh phu|trung uong|viet nam|quoc gia)\b", fold(name)):
        return expand_agency(name)
    return _with_place(expand_agency(name, office.province, office.parent))


def _with_place(name: str) -> str:
    """Put the type in front of a province printed without it: "Sở Y tế Nam Định"."""
    words = name.split()
    for count in (4, 3, 2, 1):
        tail = " ".join(words[-count:])
        if count < len(words) - 1 and (found := find_province(tail)) and fold(found.bare) == fold(tail):
            typed = fold(words[-count - 1]).strip(".") in ("tinh", "pho", "uy", "thanh", "tp", "t.p")
            return name if typed else " ".join([*words[:-count], found.kind, tail])
    return name


def _respell(name: str) -> str:
    pieces: list[str] = []
    place = 0
    for match in _SPELLING.finditer(flatten(name)):
        printed, right = name[match.start() : match.end()], _SPELLINGS[match[0]]
        pieces += [name[place : match.start()], printed if printed.lower() == right else right]
        place = match.end()
    return "".join(pieces) + name[place:]


def _without_post(printed: str) -> str:
    printed = _SPECK.sub("", printed)
    folded = flatten(printed)
    post = _POST.match(folded)
    start = post.end() if post else 0
    term = _CONGRESS.search(folded, start)
    return printed[start : term.start() if term else len(printed)]


def _of_symbol(number: DocumentNumber) -> str | None:
    if number.kind_code in _JOINT or not number.groups:
        return None
    token = number.groups[0]
    body = _BODY.fullmatch(token)
    if body:
        return _BODIES[body[1]]
    if token in _CENTRAL:
        return _CENTRAL[token]
    # A ministry's token is its own in the whole country; what the table doesn't know is left open.
    if _MINISTRY.fullmatch(token):
        name = expand_agency(token, None, None)
        return name if name.startswith("Bộ ") else None
    return None
