"""Read the unit tables: dated provinces, districts and communes; looks nothing up by name.

The former communes (10,035) lie in a table of their own, read only when somebody asks for communes before July 2025.
"""

import datetime as dt
import lzma
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pipeline.vietnam.units_names import split_kind

DATA = Path(__file__).with_name("data")

# Laws 72/2025/QH15, resolutions 202/2025/QH15 and 1654…1687/NQ-UBTVQH15: two levels of local government from here on.
REFORM = dt.date(2025, 7, 1)
LAST_OF_THREE_LEVELS = REFORM - dt.timedelta(days=1)
# District changes are recorded from here on; an earlier day is given the state of this day.
HISTORY_BEGINS = dt.date(2016, 1, 1)

Level = Literal["province", "district", "commune"]


@dataclass(frozen=True)
class Province:
    """A province or centrally-run city as it was from `valid_from` to `valid_to`, both included; None is open."""

    code: str
    name: str  # "tỉnh Quảng Ngãi", "thành phố Hà Nội"
    valid_from: dt.date | None
    valid_to: dt.date | None

    @property
    def kind(self) -> str:
        """The type word: "tỉnh" or "thành phố"."""
        return split_kind(self.name)[0] or "tỉnh"

    @property
    def bare(self) -> str:
        """The name without its type: "Quảng Ngãi"."""
        return split_kind(self.name)[1]

    def stands(self, day: dt.date) -> bool:
        """Tell whether it existed on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Unit:
    """A district or commune as it was from `valid_from` to `valid_to`, both included; None is open or unknown.

    `code` is the statistics office's; it may pass on to a successor of another name. `parent` is a commune's district
    before July 2025.
    """

    code: str
    name: str  # "huyện Trà Bồng", "xã Ba Tô"
    level: Level
    kind: str
    province_code: str
    province: str  # "tỉnh Quảng Ngãi"
    parent: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    heirs: tuple[str, ...] = ()  # codes of the districts a former district went into before July 2025

    @property
    def bare(self) -> str:
        """The name without its type: "Trà Bồng"."""
        return split_kind(self.name)[1]

    def stands(self, day: dt.date) -> bool:
        """Tell whether it existed on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def _rows(name: str) -> list[list[str]]:
    content = (DATA / name).read_bytes()
    text = (lzma.decompress(content) if name.endswith(".xz") else content).decode()
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


@lru_cache(maxsize=1)
def provinces() -> tuple[Province, ...]:
    """Give all provinces there have been in every state, the latest first: the 34, then the 63."""
    found = [Province(code, name, REFORM, None) for code, name in _rows("provinces.tsv")]
    found += [Province(code, name, None, LAST_OF_THREE_LEVELS) for code, name in _rows("provinces_former.tsv")]
    for code, before, after, changed, _source in _rows("provinces_history.tsv"):
        day = dt.date.fromisoformat(changed)
        place = next(i for i, p in enumerate(found) if p.code == code and p.stands(day) and p.name in (before, after))
        whole = found[place]
        found[place : place + 1] = [
            replace(whole, name=after, valid_from=day),
            replace(whole, name=before, valid_to=day - dt.timedelta(days=1)),
        ]
    return tuple(found)


@lru_cache(maxsize=2)
def _province_names(former: bool) -> dict[str, str]:
    return {row[0]: row[1] for row in _rows("provinces_former.tsv" if former else "provinces.tsv")}


def _unit(
    row: tuple[str, str, str],
    level: Level,
    valid: tuple[dt.date | None, dt.date | None],
    parent: str | None = None,
    heirs: tuple[str, ...] = (),
) -> Unit:
    code, province, name = row
    provinces_then = _province_names(valid[1] is not None and valid[1] < REFORM)
    kind = split_kind(name)[0] or ""
    return Unit(code, name, level, kind, province, provinces_then[province], parent, *valid, heirs)


@lru_cache(maxsize=1)
def districts() -> dict[str, tuple[Unit, ...]]:
    """Give the districts of each province code, all their dated states, in the order of their codes."""
    began: dict[str, dt.date] = {}
    units: list[Unit] = []
    for code, province, name, ended, heirs, _source in _rows("districts_history.tsv"):
        end = dt.date.fromisoformat(ended)
        if name != "-":
            valid = (began.get(code), end - dt.timedelta(days=1))
            units.append(_unit((code, province, name), "district", valid, heirs=tuple(heirs.split(","))))
        began[code] = end
    for code, province, name in _rows("districts.tsv"):
        units.append(_unit((code, province, name), "district", (began.get(code), LAST_OF_THREE_LEVELS)))
    grouped: dict[str, list[Unit]] = {}
    for unit in sorted(units, key=lambda unit: (unit.code, unit.valid_from or dt.date.min)):
        grouped.setdefault(unit.province_code, []).append(unit)
    return {code: tuple(members) for code, members in grouped.items()}


@lru_cache(maxsize=1)
def _present_rows() -> dict[str, list[list[str]]]:
    grouped: dict[str, list[list[str]]] = {}
    for row in _rows("communes.tsv"):
        grouped.setdefault(row[1], []).append(row)
    return grouped


@lru_cache(maxsize=1)
def _former_rows() -> dict[str, list[list[str]]]:
    grouped: dict[str, list[list[str]]] = {}
    for row in _rows("communes_former.tsv.xz"):
        grouped.setdefault(row[1], []).append(row)
    return grouped


@lru_cache(maxsize=1)
def _renamed() -> dict[str, tuple[str, dt.date]]:
    return {code: (name, dt.date.fromisoformat(day)) for code, name, day, _source in _rows("communes_history.tsv")}


@lru_cache(maxsize=64)
def present_communes(province_code: str) -> tuple[Unit, ...]:
    """Give the communes of a present province, all their dated states."""
    units: list[Unit] = []
    for code, province, name in _present_rows().get(province_code, []):
        unit = _unit((code, province, name), "commune", (REFORM, None))
        if code in _renamed():
            later, day = _renamed()[code]
            units.append(replace(unit, valid_to=day - dt.timedelta(days=1)))
            unit = replace(unit, name=later, kind=split_kind(later)[0] or "", valid_from=day)
        units.append(unit)
    return tuple(units)


@lru_cache(maxsize=1024)
def former_communes(district_code: str, province_code: str) -> tuple[Unit, ...]:
    """Give the communes a district had just before July 2025."""
    rows = _former_rows().get(district_code, [])
    return tuple(
        _unit((code, province_code, name), "commune", (None, LAST_OF_THREE_LEVELS), parent)
        for code, parent, name in rows
    )


@lru_cache(maxsize=1)
def district_heirs() -> dict[str, tuple[str, ...]]:
    """Give the present communes' codes that each last district went into."""
    return {code: tuple(heirs.split()) for code, heirs in _rows("district_successors.tsv")}


@lru_cache(maxsize=1)
def commune_heirs() -> dict[str, tuple[str, ...]]:
    """Give the present communes' codes that each former commune went into, the main one first."""
    return {code: tuple(heirs.split()) for code, heirs in _rows("commune_successors.tsv.xz")}


@lru_cache(maxsize=1)
def present_by_code() -> dict[str, Unit]:
    """Give every present commune by its code, as it was on 1 July 2025."""
    units = (unit for code in _present_rows() for unit in present_communes(code))
    return {unit.code: unit for unit in units if unit.valid_from == REFORM}
