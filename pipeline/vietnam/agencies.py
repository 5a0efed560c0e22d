"""Agencies: from the printed name or code to the full natural one, and whether two names mean the same agency.

What the table doesn't know stays as printed. The office may edit `agencies.toml`.
"""

import re
from functools import lru_cache

from pipeline.vietnam.agencies_spelling import is_heading, natural_case, province_phrase
from pipeline.vietnam.agencies_table import Agency, agency_table, code_key
from pipeline.vietnam.fold import fold
from pipeline.vietnam.kinds import kind_of_code
from pipeline.vietnam.units import find_province
from pipeline.vietnam.units_names import name_key, settle_tones, split_kind

# Bodies that belong to a province unless their name says otherwise.
_PROVINCIAL = re.compile(r"^(so|thanh tra( so)?|ban dan toc|chi cuc|van phong (ubnd|hdnd|tinh uy|doan)|tinh uy)\b")
# Bodies that take the place of their superior, when it has one.
_FOLLOWING = re.compile(r"^(phong|trung tam|ban|tram|doi|hat|van phong|thanh tra|quy|cong doan|hoi|lien doan)\b")
# Bodies whose name says nothing without their superior's.
_ALONE = re.compile(r"^(thanh tra|van phong|dang uy)$")
_CENTRAL = re.compile(
    r"^(bo(?! chi huy)|tong cuc|chinh phu|thu tuong|quoc hoi|van phong (chinh phu|quoc hoi|trung uong))\b"
)
# "Bộ Ytế": a lone letter loses its blank in a reading.
_RUN_TOGETHER = re.compile(r"\b([Yy])(t[êếé]|T[ÊẾÉ])\b")
# Shorter codes (TU, QH, CP, TTT) mean too many things inside a name.
_SHORTEST_CODE_IN_A_NAME = 3
_SHORT_CITY = re.compile(r"\bT\.?(P|p|X|x)(?:\.\s*|\s+)(?=[^\W\d_])")
_PLACE = re.compile(
    r"\b(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?= (?!ủy\b|uỷ\b|hội\b)\S)", re.IGNORECASE
)
_BARE_LEVEL = re.compile(r"\b(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)$", re.IGNORECASE)


@lru_cache(maxsize=2048)
def expand_agency(printed: str, province: str | None = None, parent: str | None = None) -> str:
    """Give the full natural name of an agency: capitals, abbreviations written out, its place added when it is known.

    `province` is the issuer's, `parent` the agency above it; the place comes from the name itself, else from the
    parent, else, for bodies that belong to a province, from `province`. UBND and HĐND stay short.

    >>> expand_agency("SỞ NÔNG NGHIỆP VÀ PTNT", parent="UBND TỈNH QUẢNG NGÃI")
    'Sở Nông nghiệp và Phát triển nông thôn tỉnh Quảng Ngãi'
    >>> expand_agency("ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG"), expand_agency("SYT", "Kiên Giang")
    ('UBND tỉnh Kiên Giang', 'Sở Y tế tỉnh Kiên Giang')
    """
    text = _RUN_TOGETHER.sub(r"\1 \2", " ".join(printed.split())).strip(" .,;:*_-–")
    if not text:
        return text
    known = _agency_of_code(text, province)
    heading = is_heading(text)
    text = known.name if known else _write_out(text)
    if heading and not known:
        text = natural_case(text.upper())
    text = _shorten(text)
    place = _place_of(text, province, parent)
    return _add_place(text, place) if place else text


def _agency_of_code(code: str, province: str | None) -> Agency | None:
    table = agency_table()
    found = find_province(province) if province else None
    own = table.of_province.get(found.bare, {}) if found else {}
    for key, name in own.items():
        if code_key(key) == code_key(code):
            return table.by_name.get(fold(name)) or Agency(name, (key,), "province")
    looks_like_code = " " not in code and sum(letter.isupper() for letter in code) > 1
    return table.by_code.get(code_key(code)) if looks_like_code else None


def _write_out(text: str) -> str:
    """Replace the abbreviations of the table inside a name; "NN và PTNT", "LĐ-TB&XH", "NN & PTNT" count as one."""
    words = _SHORT_CITY.sub(lambda match: "thành phố " if match[1].upper() == "P" else "thị xã ", text).split()
    words = ["Hồ Chí Minh" if word.strip(".,") == "HCM" else word for word in words]
    written: list[str] = []
    place = 0
    while place < len(words):
        count = next((n for n in (5, 4, 3, 2, 1) if _abbreviation(words[place : place + n])), 0)
        written.append(_abbreviation(words[place : place + count]) or words[place])
        place += count or 1
    return re.sub(r"\s*&\s*(?=[^\s\d])", " và ", " ".join(written))


def _abbreviation(words: list[str]) -> str | None:
    """Write out a run of words if it is one abbreviation: all of them short forms, but for "và" and signs."""
    joined = [word for word in words if word.lower() not in ("và", "-", "–", "&")]
    if not joined or words[0] != joined[0] or words[-1] != joined[-1] or not all(map(_is_short, joined)):
        return None
    trail = "," if words[-1].endswith(",") else ""
    full = _full(code_key("".join(joined)))
    if full is None and len(words) == 1 and "&" in words[0]:
        parts = [_full(code_key(part)) for part in words[0].split("&")]
        full = " và ".join(part for part in parts if part) if all(parts) else None
    return full + trail if full else None


def _full(key: str) -> str | None:
    table = agency_table()
    if key in table.words:
        return table.words[key]
    agency = table.by_code.get(key)
    return agency.name if agency and len(key) > _SHORTEST_CODE_IN_A_NAME else None


def _is_short(word: str) -> bool:
    """Tell whether a printed word can be a short form: capitals without marks but for Đ."""
    return word == word.upper() and word.upper().replace("Đ", "D").isascii()


def _shorten(text: str) -> str:
    """Write UBND and HĐND short."""
    for long, short in agency_table().short.items():
        text = re.sub(long, short, settle_tones(text), flags=re.IGNORECASE)
    return text


def _place_of(text: str, province: str | None, parent: str | None) -> str | None:
    """Give the place an agency's name lacks: the parent's or, for a body of a province, the province's."""
    folded = fold(text)
    if _PLACE.search(text) or _CENTRAL.match(folded) or _names_province(text):
        return None
    above = expand_agency(parent, province) if parent else None
    if above and _ALONE.match(folded):
        return above
    if above and not _CENTRAL.match(fold(above)) and (found := _PLACE.search(above)):
        fits = _PROVINCIAL.match(folded) or _FOLLOWING.match(folded) or _BARE_LEVEL.search(text)
        return above[found.start() :] if fits else None
    if province and (_PROVINCIAL.match(folded) or re.search(r"\b(tỉnh|thành phố|Tỉnh ủy|Thành ủy)$", text)):
        return province_phrase(province)
    return None


def _names_province(text: str) -> bool:
    return find_province(text) is not None


def _add_place(text: str, place: str) -> str:
    level = _BARE_LEVEL.search(text)
    if level:
        kind = level[1].lower()
        return text[: level.start()] + place if place.lower().startswith(kind) else text
    if text.endswith(("Tỉnh ủy", "Thành ủy")):
        return f"{text} {split_kind(place)[1]}"
    return f"{text} {place}"


def agency_of_symbol(symbol: str, province: str | None = None) -> str | None:
    """Give the issuer a symbol names, or None: "SNNPTNT-NTM", "KH-SYT", "TT-BYT".

    UBND and HĐND alone name no place, so they give none.

    >>> agency_of_symbol("TB-SYT", "Kiên Giang"), agency_of_symbol("QĐ-TTg"), agency_of_symbol("QĐ-UBND")
    ('Sở Y tế tỉnh Kiên Giang', 'Thủ tướng Chính phủ', None)
    """
    tokens = [token for token in re.split(r"[-/]", symbol) if token]
    if len(tokens) > 1 and (kind_of_code(tokens[0]) or tokens[0].isdigit()):
        tokens = tokens[1:]
    agency = _agency_of_code(tokens[0], province) if tokens else None
    if agency is None or agency.level in ("any", "district"):
        return None
    if agency.level == "central":
        return agency.name
    return expand_agency(agency.name, province)


def same_agency(one: str, other: str, province: str | None = None) -> bool:
    """Tell whether two printed names mean the same agency; a missing place fits any, except for UBND and HĐND.

    >>> same_agency("Sở NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn tỉnh Quảng Ngãi")
    True
    >>> same_agency("UBND tỉnh", "UBND tỉnh Quảng Ngãi"), same_agency("UBND", "UBND tỉnh Quảng Ngãi")
    (True, False)
    >>> same_agency("UBND huyện Ba Tơ", "UBND huyện Minh Long")
    False
    """
    core_one, place_one = _parts(expand_agency(one, province))
    core_other, place_other = _parts(expand_agency(other, province))
    if core_one != core_other:
        return False
    if place_one == place_other:
        return True
    if core_one in ("ubnd", "hdnd") and not (place_one and place_other):
        return False
    if not place_one or not place_other:
        return True
    return _fits(place_one, place_other) or _fits(place_other, place_one)


def _parts(name: str) -> tuple[str, str]:
    """Part a name into its folded core and the key of its place ("" when it has none)."""
    place = _PLACE.search(name) or _BARE_LEVEL.search(name)
    core, where = (name[: place.start()], name[place.start() :]) if place else (name, "")
    if not where and (found := find_province(name)) and fold(name).endswith(fold(found.bare)):
        core, where = name[: -len(found.bare)], found.name
    where = re.sub(r"^thành phố trực thuộc trung ương$", "", name_key(where))
    return re.sub(r"[^a-z0-9]+", " ", fold(core).replace("&", " va ")).strip(), where


def _fits(level: str, place: str) -> bool:
    """Tell whether "tỉnh" or "tỉnh quang ngai" stands for "tỉnh quảng ngãi"."""
    return place.startswith(level + " ") or (level.isascii() and fold(place) == level)
