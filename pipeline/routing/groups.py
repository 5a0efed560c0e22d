"""Spell out a group word: "các huyện, thị xã, thành phố" → the units of that place on that day, or why it can't be."""

import re
from dataclasses import dataclass, replace

from pipeline.routing.scope import Scope
from pipeline.routing.segments import flat
from pipeline.routing.words import words
from pipeline.vietnam.units import (
    REFORM,
    Level,
    Unit,
    communes_of,
    find_district,
    find_province,
    find_unit,
    units_of,
)
from pipeline.vietnam.units_names import name_key

_OF_PLACE = re.compile(r"^(?:thuoc|cua|tai|o|tren dia ban|trong)(?: cac)?\s+(?=\S)")
_LEVEL_NAMES = {"district": "đơn vị cấp huyện", "commune": "đơn vị cấp xã", "province": "tỉnh, thành phố"}


@dataclass(frozen=True)
class Group:
    """A group word as read: its level and types, the number printed before it, what follows it."""

    text: str
    level: Level
    kinds: frozenset[str]
    plural: bool
    count: int | None = None
    tail: str = ""
    listed: bool = False
    whole_level: bool = False
    weak: bool = False

    def join(self, other: "Group", sign: str) -> "Group":
        """Add the next type of the same run ("các huyện" + "thị xã")."""
        text = f"{self.text}{sign if sign in ',/' else ' ' + sign} {other.text}"
        return replace(
            self,
            text=text,
            kinds=self.kinds | other.kinds,
            plural=True,
            tail=other.tail,
            listed=self.listed or other.listed,
        )


@dataclass(frozen=True)
class Expansion:
    """The units of a group, in words what they are, and what a person should look at."""

    units: tuple[Unit, ...] = ()
    meaning: str = ""
    doubt: str | None = None
    remark: str | None = None


def expand(group: Group, scope: Scope) -> Expansion:
    """Give the units a group word means; none, with the doubt, where that isn't sure."""
    if group.listed:
        return Expansion(doubt=f"“{group.text}” theo danh sách riêng")
    if group.level == "district" and scope.day >= REFORM:
        return Expansion(doubt=f"“{group.text}”: từ ngày 01/7/2025 không còn cấp huyện")
    if not group.plural:
        return _single(group, scope)
    base, whole, where = _base(group, scope)
    if base is None:
        return Expansion(doubt=f"không rõ “{group.text} {group.tail}” gồm những đơn vị nào")
    units = base
    if not whole and not group.whole_level and not (scope.central and group.level == "district"):
        units = tuple(unit for unit in base if unit.kind in group.kinds)
    if group.count is not None and group.count != len(units):
        found = f"danh mục có {len(units)} {_LEVEL_NAMES[group.level]} {where}"
        return Expansion(doubt=f"văn bản ghi {group.count}, {found}")
    left_out = sorted({unit.kind for unit in base} - {unit.kind for unit in units})
    remark = f"“{group.text}” không nhắc {', '.join(left_out)}" if left_out else None
    if not units:
        return Expansion(doubt=f"không có “{group.text}” {where} ngày {show(scope)}")
    meaning = f"{len(units)} {_LEVEL_NAMES[group.level]} {where} ngày {show(scope)}"
    if group.level == "commune" and scope.day < REFORM:
        meaning += " (theo danh mục ngay trước 01/7/2025)"
    return Expansion(units, meaning, remark=remark)


def show(scope: Scope) -> str:
    """Write the day as dispatches do."""
    return f"{scope.day.day}/{scope.day.month}/{scope.day.year}"


def _single(group: Group, scope: Scope) -> Expansion:
    """Read a type without a name: the one unit of that type ("UBND thành phố"), the issuer's own, or unclear."""
    (kind,) = group.kinds
    own = scope.home is not None and scope.home.kind == kind
    if own or (kind == "thành phố" and scope.province.kind == "thành phố"):
        return Expansion()
    units = [unit for unit in units_of(scope.province.name, group.level, scope.day) if unit.kind == kind]
    if len(units) == 1 and group.level == "district" and not group.tail:
        return Expansion((units[0],), f"{units[0].name}, {kind} duy nhất của {scope.province.name} ngày {show(scope)}")
    return Expansion(doubt=f"“{group.text}” không nêu tên đơn vị")


def _base(group: Group, scope: Scope) -> tuple[tuple[Unit, ...] | None, bool, str]:
    """Give the units to choose from, whether they are meant as they are, and in words whose they are."""
    tail = flat(group.tail).strip(" .,;:")
    place = scope.province.name
    everything = _all(group.level, scope)
    home = scope.home.name if scope.home and group.level == "commune" else place
    if not tail or words().neutral_tail.match(tail) or words().verb.match(tail):
        return everything, False, f"của {home}"
    if named := _named_place(group, scope):
        return named
    for listed in scope.groups:
        province = find_province(listed.province, scope.day)
        fits = province and province.name == place and listed.holds(scope.day)
        if fits and any(name_key(word) == name_key(group.tail) for word in listed.words):
            found = [find_unit(name, place, scope.day) for name in listed.units]
            units = tuple(unit for unit in found if isinstance(unit, Unit) and unit.level == group.level)
            if len(units) == len(listed.units):
                return units, True, f"{group.tail} của {place} (theo hồ sơ cơ quan)"
    return None, False, ""


def _named_place(group: Group, scope: Scope) -> tuple[tuple[Unit, ...], bool, str] | None:
    """Read "thuộc huyện Ba Tơ", "của tỉnh Quảng Ngãi" after a group word."""
    lead = _OF_PLACE.match(flat(group.tail))
    rest = group.tail[lead.end() :] if lead else group.tail
    if not re.match(r"(?i)(tỉnh|thành phố|tp\.?|huyện|thị xã|quận)\s", rest + " "):
        return None
    if group.level == "commune" and (district := find_district(rest, scope.province.name, scope.day)):
        complete = name_key(district.name) == name_key(rest)
        return (communes_of(district, scope.day), False, f"của {district.name}") if complete else None
    province = find_province(rest, scope.day)
    if province and name_key(province.name) == name_key(rest) and province.name == scope.province.name:
        return _all(group.level, replace(scope, home=None)), False, f"của {province.name}"
    return None


def _all(level: Level, scope: Scope) -> tuple[Unit, ...]:
    if level == "commune" and scope.home is not None:
        return communes_of(scope.home, scope.day) if scope.home.level == "district" else ()
    return units_of(scope.province.name, level, scope.day)
