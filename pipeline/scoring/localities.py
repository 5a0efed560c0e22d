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


def expected_units(value: Any, gold: GoldRecord) -> dict[str, str]:
    """Give the units a gold value names, exceptions taken out: comparable name → name as written."""
    if isinstance(value, dict):
        excepted = {plain_words(name) for name in listed(value.get("except"))}
        return {key: name for key, name in expected_units(value["all"], gold).items() if key not in excepted}
    names: dict[str, str] = {}
    for item in listed(value):
        names |= _group(ALL[item], gold) if item in ALL else {plain_words(item): item}
    return names


def _group(level: str, gold: GoldRecord) -> dict[str, str]:
    province = find_province(f"{gold.issuer or ''} {gold.place or ''}")
    if province is None or gold.issued_on is None:
        return {}
    day: dt.date = gold.issued_on
    district = find_district(gold.issuer or "", province.name, day) if level == "commune" else None
    units = communes_of(district, day) if district else units_of(province.name, level, day)
    return {plain_words(unit.name): unit.name for unit in units}
