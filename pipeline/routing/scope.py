"""Where and when a dispatch speaks: the issuer's province, its own district or commune, and the day of issue.

The office profile's province serves only where the issuer has none or it can't be read; `note` then says so.
"""

import datetime as dt
import re
from dataclasses import dataclass

from models.office import LocalityGroup, Office
from models.record import Letterhead
from pipeline.vietnam.fold import fold
from pipeline.vietnam.units import REFORM, Province, Unit, find_district, find_province, find_unit, province_of_unit
from pipeline.vietnam.units_names import settle_tones

# Agencies of the whole country, unless their name holds a province.
_CENTRAL = re.compile(
    r"^(bo(?! chi huy| tu lenh)|tong cuc|cuc|vu|chinh phu|thu tuong"
    r"|van phong (chinh phu|quoc hoi|trung uong|chu tich nuoc)"
    r"|quoc hoi|uy ban thuong vu quoc hoi|uy ban dan toc|thanh tra chinh phu|ngan hang nha nuoc viet nam|chu tich nuoc"
    r"|kiem toan nha nuoc|ban (bi thu|chap hanh trung uong)|toa an nhan dan toi cao|vien kiem sat nhan dan toi cao)\b"
    r"|\b(trung uong|viet nam|quoc gia)$"
)
_PARTY = re.compile(r"\b(huyện|quận|thị|thành|tỉnh) ủy\b", re.IGNORECASE)
_PARTY_PLACE = {"huyện": "huyện", "quận": "quận", "thị": "thị xã", "thành": "thành phố", "tỉnh": "tỉnh"}
_COMMUNE = re.compile(r"\b(?:(?<!thị )xã|phường|thị trấn|đặc khu) (?!hội\b)\S.*", re.IGNORECASE)


@dataclass(frozen=True)
class Scope:
    """The place and day that group words are read in.

    `home` is the issuer's own district or commune, None for a province's or central agency.
    """

    province: Province
    day: dt.date
    home: Unit | None
    central: bool
    issuer: str
    groups: tuple[LocalityGroup, ...]
    note: str = ""

    @property
    def level_below(self) -> str:
        """The level that "các địa phương" means: districts of a province before July 2025, communes otherwise."""
        return "commune" if self.home or self.day >= REFORM else "district"


def party_as_place(text: str) -> str:
    """Write "Huyện ủy Ba Tơ" as "Đảng ủy huyện Ba Tơ", so that one reading serves both."""
    return _PARTY.sub(lambda match: f"đảng ủy {_PARTY_PLACE[match[1].lower()]}", settle_tones(text))


def read_scope(letterhead: Letterhead, office: Office, day: dt.date) -> Scope:
    """Find the province and the issuer's own unit on a day."""
    issuer = party_as_place(letterhead.issuer or "")
    above = [party_as_place(text) for text in (letterhead.parent, letterhead.place) if text]
    province = find_province(issuer, day)
    central = province is None and bool(_CENTRAL.search(fold(issuer)))
    if province is None and not central:
        province = next((found for text in above if (found := find_province(text, day))), None)
        # A district's letterhead names no province; the country knows most districts by their name alone.
        province = province or next((p for text in (issuer, *above) if (p := province_of_unit(text, day))), None)
    note = ""
    if province is None:
        province = find_province(office.province, day) or find_province(office.province)
        note = _why_office(issuer, central)
    if province is None:
        msg = f"office profile without a province: {office.province}"
        raise ValueError(msg)
    home = None if central else _home(issuer, above, province, day)
    return Scope(province, day, home, central, issuer, office.group, note)


def _why_office(issuer: str, central: bool) -> str:
    if central:
        return f"tỉnh lấy theo hồ sơ cơ quan vì {issuer} không thuộc tỉnh nào"
    return "tỉnh lấy theo hồ sơ cơ quan vì không đọc được tỉnh của cơ quan ban hành"


def _home(issuer: str, above: list[str], province: Province, day: dt.date) -> Unit | None:
    """Find the issuer's own commune or district; a name without its type, or a province's, is none."""
    district = find_district(issuer, province.name, day)
    if commune := _COMMUNE.search(issuer):
        name = re.split(r"[,-]| huyện | thị xã | thành phố | quận ", commune[0])[0]
        near = district or next((d for text in above if (d := find_district(text, province.name, day))), None)
        found = find_unit(name, province.name, day, near)
        if isinstance(found, Unit):
            return found
    if district:
        return district
    bare = re.search(r"(?i)\b(phòng|huyện|thị xã|chi cục thuế)\b", issuer)
    return next((d for text in above if bare and (d := find_district(text, province.name, day))), None)
