"""What a gold file's `units` stand for: group words made into the names of the units of the day of issue."""

import datetime as dt
from typing import Any

from pipeline.scoring.compare import listed, plain_words
from pipeline.scoring.gold import GoldRecord
from pipeline.vietnam.units import communes_of, find_district, find_province, units_of

ALL = {
    "ALL_DISTRICTS": "district",
    "districts": "district",
    "ALL_COMMUNES": "commune",
    "communes": "commune",
}


def expected_units(value: Any, gold: GoldRecord) -> set[str]:
    """Give the comparable names of the units a gold value names, exceptions taken out."""
    if isinstance(value, dict):
        excepted = {plain_words(name) for name in listed(value.get("except"))}
        return expected_units(value["all"], gold) - excepted
    names: set[str] = set()
    for item in listed(value):
        names |= _group(ALL[item], gold) if item in ALL else {plain_words(item)}
    return names


def _group(level: str, gold: GoldRecord) -> set[str]:
    province = find_province(f"{gold.issuer or ''} {gold.place or ''}")
    if province is None or gold.issued_on is None:
        return set()
    day: dt.date = gold.issued_on
    district = find_district(gold.issuer or "", province.name, day) if level == "commune" else None
    units = communes_of(district, day) if district else units_of(province.name, level, day)
    return {plain_words(unit.name) for unit in units}
