"""From the agencies as printed to their full natural names, with the province they belong to."""

import re

from pipeline.extraction.letterhead.issuer import Agencies, head_of, rank_of
from pipeline.extraction.letterhead.printed import Found
from pipeline.vietnam.agencies import expand_agency
from pipeline.vietnam.agencies_spelling import province_phrase
from pipeline.vietnam.fold import fold
from pipeline.vietnam.units import find_province

# Agencies of the State as a whole and what stands under a ministry: the place of issue says nothing of them.
CENTRAL_RANK = 2
# Agencies that bear no name but their superior's: "SỞ Y TẾ / THANH TRA", "UBND TỈNH … / VĂN PHÒNG".
UNNAMED = {
    "thanh tra": re.compile(r"so |cuc |tong cuc |bo "),
    "van phong": re.compile(r""),
}
PROVINCIAL = re.compile(r"\b(?:tinh|thanh pho|tp\.?)\s+(?!(?:uy|doan|hoi)\b)\S.*$")


def province_of(texts: tuple[str, ...], place: str | None) -> str | None:
    """Find the province an agency belongs to: in its name, in its superior's, in the place of issue.

    >>> province_of(("UBND TỈNH QUẢNG NGÃI", "SỞ Y TẾ"), None)
    'Quảng Ngãi'
    >>> province_of(("BỘ TƯ PHÁP",), "Hà Nội") is None
    True
    """
    for text in reversed(texts):
        province = _named_province(text)
        if province:
            return province
    if place is None or any(is_central(text) for text in texts):
        return None
    found = find_province(place)
    return found.bare if found else None


def is_central(text: str) -> bool:
    """Tell whether an agency is one of the whole country ("BỘ Y TẾ", "CHÍNH PHỦ")."""
    head = head_of(fold(text))
    return head is not None and rank_of(head) <= CENTRAL_RANK


def _named_province(text: str) -> str | None:
    folded = fold(text)
    named = PROVINCIAL.search(folded)
    words = text.split()
    tails = [" ".join(words[-count:]) for count in (4, 3, 2) if count < len(words)]
    if named and len(folded) == len(text):
        tails.insert(0, text[named.start() :])
    for tail in tails:
        found = find_province(tail) or find_province(fold(tail))
        if found:
            return found.bare
    return None


def name_issuer(agencies: Agencies, place: str | None) -> tuple[Found[str] | None, Found[str] | None]:
    """Write out issuer and superior; agencies that issue together are joined by a dash."""
    if not agencies.texts:
        return None, None
    province = province_of(agencies.texts, place)
    above = agencies.texts[: -agencies.joint]
    parent = _expand(above[-1], province, above[-2] if len(above) > 1 else None) if above else None
    own = [_expand(text, province, parent) for text in agencies.texts[-agencies.joint :]]
    name = _join_names(own)
    start, end = agencies.spans[-agencies.joint][0], agencies.spans[-1][1]
    issuer = Found(name, start, end, agencies.confidence, "cơ quan ban hành trên số, ký hiệu")
    if parent is None:
        return issuer, None
    span = agencies.spans[len(above) - 1]
    return issuer, Found(parent, *span, agencies.confidence, "cơ quan chủ quản trên cơ quan ban hành")


def _join_names(names: list[str]) -> str:
    """Join agencies that issue together; the province they share is named once, behind the last."""
    places = [named[0] if (named := PROVINCIAL.search(fold(name))) else "" for name in names]
    shared = max(places, key=len)
    if len(names) == 1 or not shared or any(place not in ("", shared) for place in places):
        return " - ".join(names)
    tail = next(name[-len(shared) :] for name, place in zip(names, places, strict=True) if place)
    bare = [name[: -len(shared)].rstrip() if place else name for name, place in zip(names, places, strict=True)]
    return f"{' - '.join(bare)} {tail}"


def _expand(text: str, province: str | None, parent: str | None) -> str:
    name = _complete(expand_agency(_settle_province(text, province), province, parent))
    superior = UNNAMED.get(fold(text).strip())
    if parent and superior and superior.match(fold(parent)):
        return f"{expand_agency(text)} {parent}"
    return name


def _settle_province(text: str, province: str | None) -> str:
    """Write the province at the end of a name with its right marks ("THÀNH PHÓ HẢI PHÒNG", "… CÀN THƠ")."""
    if len(fold(text)) != len(text):
        return text
    if province and fold(text).endswith(" " + fold(province)):
        text = f"{text[: -len(province)]}{province.upper()}"
    named = PROVINCIAL.search(fold(text))
    if named is None:
        return text
    tail = text[named.start() :]
    found = find_province(tail) or find_province(fold(tail))
    return text[: named.start()] + found.name.upper() if found else text


def _complete(name: str) -> str:
    """Give a department's province its type: "Sở Y tế An Giang" is "Sở Y tế tỉnh An Giang"."""
    words = name.split()
    for count in (4, 3, 2):
        if count >= len(words) or fold(words[0]) != "so" or fold(words[-count - 1]) in ("tinh", "pho"):
            continue
        found = find_province(" ".join(words[-count:]))
        if found and found.bare == " ".join(words[-count:]):
            return " ".join([*words[:-count], province_phrase(found.bare) or found.name])
    return name
