"""Administrative units by place and day: what a province had then, which unit a name means, what became of it.

The day decides: districts until 30 June 2025, communes of 34 provinces from 1 July 2025. Nothing is guessed: a name
that fits none or several units comes back as Ambiguous, with what it might be.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.vietnam import units_data
from pipeline.vietnam.fold import fold
from pipeline.vietnam.units_data import HISTORY_BEGINS, REFORM, Level, Province, Unit
from pipeline.vietnam.units_names import COMMUNE_KINDS, DISTRICT_KINDS, name_key, split_kind

__all__ = [
    "HISTORY_BEGINS",
    "REFORM",
    "Ambiguous",
    "Level",
    "Province",
    "Unit",
    "communes_of",
    "find_district",
    "find_province",
    "find_unit",
    "province_of_code",
    "province_of_unit",
    "successors",
    "units_of",
]

_PROVINCE_NICKNAMES = {
    "tphcm": "thành phố hồ chí minh",
    "tp hcm": "thành phố hồ chí minh",
    "tp.hcm": "thành phố hồ chí minh",
    "tp. hcm": "thành phố hồ chí minh",
    "thành phố hcm": "thành phố hồ chí minh",
    "thủ đô hà nội": "thành phố hà nội",
    "brvt": "tỉnh bà rịa vũng tàu",
    "br vt": "tỉnh bà rịa vũng tàu",
    "tỉnh br vt": "tỉnh bà rịa vũng tàu",
    "tt huế": "tỉnh thừa thiên huế",
    "tỉnh tt huế": "tỉnh thừa thiên huế",
}


_SHORT_CITY = re.compile(r"\bt\.? ?(p|x)\b\.? ?")
# A bare name after one of these types is a town or commune of that name, not the province.
_NO_KIND = "".join(rf"(?<!\b{kind} )" for kind in ("thành phố", "thị xã", "thị trấn", "huyện", "quận", "phường", "xã"))


@dataclass(frozen=True)
class Ambiguous:
    """No unit, or more than one, fits; `reason` says so in Vietnamese, `candidates` are offered to a person."""

    reason: str
    candidates: tuple[Unit, ...] = ()


@lru_cache(maxsize=4096)
def find_province(text: str, day: dt.date | None = None) -> Province | None:
    """Find the province a text names: "QUẢNG NGÃI", "TP. Hồ Chí Minh", "Sở Y tế tỉnh Kiên Giang".

    Without a day the latest state counts. "thành phố Quảng Ngãi" is no province, and "thành phố Huế" none before 2025.
    Text without any accents is understood when it is the name alone; accents that disagree are not. Inside a longer
    text a name with its type beats a bare one, and two bare ones of different provinces give none.
    """
    key = name_key(text)
    key = _PROVINCE_NICKNAMES.get(key, key)
    kind, bare = split_kind(key)
    standing = [p for p in units_data.provinces() if day is None or p.stands(day)]
    fits = [p for p in standing if kind in (None, p.kind) and name_key(p.bare) == bare]
    if not fits and bare == fold(bare):
        fits = [p for p in standing if kind in (None, p.kind) and fold(name_key(p.bare)) == bare]
    return fits[0] if fits else _province_within(key, standing)


def _province_within(key: str, standing: list[Province]) -> Province | None:
    typed = [p for p in standing if re.search(rf"\b{p.kind} {re.escape(name_key(p.bare))}\b", _long_kinds(key))]
    if typed:
        return max(typed, key=lambda p: _long_kinds(key).rfind(name_key(p.name)))
    bare = [p for p in standing if re.search(rf"{_NO_KIND}\b{re.escape(name_key(p.bare))}\b", _long_kinds(key))]
    return bare[0] if len({p.bare for p in bare}) == 1 else None


def find_district(text: str, province: str, day: dt.date) -> Unit | None:
    """Find the one district that a text names with its type: "Phòng Y tế huyện Ba Tơ", "UBND TX. ĐỨC PHỔ"."""
    key = _long_kinds(name_key(text))
    pool = units_of(province, "district", day)
    fits = [unit for unit in pool if re.search(rf"\b{re.escape(name_key(unit.name))}\b", key)]
    longest = max((len(unit.name) for unit in fits), default=0)
    fits = [unit for unit in fits if len(unit.name) == longest]
    return fits[0] if len(fits) == 1 else None


@lru_cache(maxsize=512)
def province_of_unit(text: str, day: dt.date) -> Province | None:
    """Find the one province with the district that a text names with its type; the commune from July 2025 on.

    "UBND HUYỆN BA TƠ" is of Quảng Ngãi; a "huyện Châu Thành" stands in ten provinces and says nothing.
    """
    key = _long_kinds(name_key(text))
    level: Level = "commune" if day >= REFORM else "district"
    holding = [
        (len(unit.name), province)
        for province in units_data.provinces()
        if province.stands(day)
        for unit in units_of(province.name, level, day)
        if name_key(unit.name) in key and re.search(rf"\b{re.escape(name_key(unit.name))}\b", key)
    ]
    longest = max((length for length, _ in holding), default=0)
    fits = [province for length, province in holding if length == longest]
    return fits[0] if len(fits) == 1 else None


def _long_kinds(key: str) -> str:
    return _SHORT_CITY.sub(lambda match: "thành phố " if match[1] == "p" else "thị xã ", key)


@lru_cache(maxsize=512)
def province_of_code(code: str, day: dt.date) -> Province | None:
    """Give the province of a code on a day."""
    return next((p for p in units_data.provinces() if p.code == code and p.stands(day)), None)


@lru_cache(maxsize=512)
def units_of(province: str, level: Level, day: dt.date) -> tuple[Unit, ...]:
    """Give the units of a level that a province had on a day, in the order of their codes.

    No districts from July 2025 on. Communes before then are those of June 2025, districts before 2016 those of
    January 2016.
    """
    found = find_province(province, day)
    if found is None or level == "province":
        return ()
    if level == "district":
        seen = max(day, HISTORY_BEGINS)
        return tuple(unit for unit in units_data.districts().get(found.code, ()) if unit.stands(seen))
    if day >= REFORM:
        return tuple(unit for unit in units_data.present_communes(found.code) if unit.stands(day))
    last = [u for u in units_data.districts().get(found.code, ()) if u.stands(units_data.LAST_OF_THREE_LEVELS)]
    return tuple(c for district in last for c in units_data.former_communes(district.code, found.code))


def communes_of(district: Unit, day: dt.date) -> tuple[Unit, ...]:
    """Give a district's communes (those of June 2025); none from July 2025 on."""
    if day >= REFORM:
        return ()
    last = units_data.districts()[district.province_code]
    if any(unit.code == district.code and unit.name == district.name and _is_last(unit) for unit in last):
        return units_data.former_communes(district.code, district.province_code)
    return ()


def _is_last(unit: Unit) -> bool:
    return unit.stands(units_data.LAST_OF_THREE_LEVELS)


def find_unit(
    name: str,
    province: str,
    day: dt.date,
    near: Unit | None = None,
    level: Level | None = None,
) -> Unit | Ambiguous:
    """Find the one unit of a province that a name means on a day.

    Accents decide; a name without any accents must fit only one unit. A bare name must be clear inside its level
    (districts come before communes); with a type word the type must fit too. `near` limits communes to one district.
    """
    kind, bare = split_kind(name)
    key = name_key(bare)
    for wanted in _levels(kind, day, level):
        pool = communes_of(near, day) if near and wanted == "commune" else units_of(province, wanted, day)
        same = [unit for unit in pool if _matches(unit, key)]
        fits = [unit for unit in same if kind in (None, unit.kind)]
        if len(fits) == 1:
            return fits[0]
        if fits:
            return Ambiguous(f"“{name}” có thể là {_list(fits)}", tuple(fits))
        if same:
            return Ambiguous(f"không có {name} trong {province} ngày {_day(day)}; có {_list(same)}", tuple(same))
    return _explain(name, kind, key, province, day)


def _levels(kind: str | None, day: dt.date, level: Level | None) -> list[Level]:
    if level:
        return [level]
    levels: list[Level] = []
    if day < REFORM and (kind is None or kind in DISTRICT_KINDS):
        levels.append("district")
    if kind is None or kind in COMMUNE_KINDS:
        levels.append("commune")
    return levels


def _matches(unit: Unit, key: str) -> bool:
    own = name_key(unit.bare)
    return own == key or (key == fold(key) and fold(own) == key)


def _explain(name: str, kind: str | None, key: str, province: str, day: dt.date) -> Ambiguous:
    """Say what a name was or became, when no unit of that name stands on the day."""
    found = find_province(province, day) or find_province(province)
    others = [u for u in units_data.districts().get(found.code, ()) if _matches(u, key)] if found else []
    others = [u for u in others if kind in (None, u.kind)]
    if not others:
        return Ambiguous(f"không có {name} trong {province} ngày {_day(day)}")
    heirs = tuple(dict.fromkeys(heir for unit in others for heir in (successors(unit, day) or (unit,))))
    now = f"; xem {_list(heirs)}" if heirs and heirs != tuple(others) else ""
    return Ambiguous(f"{_list(others)} không còn hoặc chưa có vào ngày {_day(day)}{now}", heirs)


def successors(unit: Unit, day: dt.date = REFORM) -> tuple[Unit, ...]:
    """Give the units that took a unit's place by a day: districts before July 2025, communes from then on.

    A unit that still stands has none. The first successor of a divided commune took the most of it.
    """
    if unit.stands(day) or (unit.valid_from is not None and day < unit.valid_from):
        return ()
    if unit.level == "commune" and unit.valid_from is not None:
        return tuple(
            u for u in units_data.present_communes(unit.province_code) if u.code == unit.code and u.stands(day)
        )
    if unit.level == "commune":
        codes = units_data.commune_heirs().get(unit.code, ())
        return tuple(units_data.present_by_code()[code] for code in codes)
    if not _is_last(unit):
        members = units_data.districts()[unit.province_code]
        followers = [m for m in members if m.code in unit.heirs and _follows(unit, m)]
        return tuple(dict.fromkeys(heir for m in followers for heir in ((m,) if m.stands(day) else successors(m, day))))
    codes = units_data.district_heirs().get(unit.code, ())
    return tuple(units_data.present_by_code()[code] for code in codes)


def _follows(unit: Unit, other: Unit) -> bool:
    """Tell whether the other stood on the day after the unit ended."""
    return unit.valid_to is not None and other.stands(unit.valid_to + dt.timedelta(days=1))


def _list(units: Iterable[Unit]) -> str:
    return ", ".join(unit.name for unit in units)


def _day(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
