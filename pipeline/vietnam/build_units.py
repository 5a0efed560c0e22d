"""Make the unit tables of this folder from the MIT package `vietnamadminunits` 1.0.4; run by hand, not by the program.

    python -m pipeline.vietnam.build_units FOLDER      (the package's unpacked `vietnamadminunits/data`)

Reads `dataset.db` (units with their GSO codes, before and after 1 July 2025) and `converter_2025.json` (old commune →
new communes). Leaves `districts_history.tsv` alone: that one is kept by hand.
"""

import json
import lzma
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.vietnam.units_names import spell_name

DATA = Path(__file__).with_name("data")

Rows = list[tuple[str, ...]]


def build(folder: Path) -> None:
    """Write all tables."""
    with sqlite3.connect(folder / "dataset.db") as base:
        old = base.execute(
            "SELECT provinceCode, province, provinceKey, districtCode, district, districtKey, wardCode, ward, wardKey"
            " FROM admin_units_legacy ORDER BY provinceCode, districtCode, wardCode"
        ).fetchall()
        new = base.execute(
            "SELECT provinceCode, province, provinceKey, wardCode, ward, wardKey"
            " FROM admin_units ORDER BY provinceCode, wardCode"
        ).fetchall()
    heirs = _heirs(json.loads((folder / "converter_2025.json").read_text("utf-8")), old, new)
    _write("provinces_former.tsv", {(row[0], spell_name(row[1])) for row in old})
    _write("provinces.tsv", {(row[0], spell_name(row[1])) for row in new})
    _write("districts.tsv", {(row[3], row[0], spell_name(row[4])) for row in old})
    _write("communes.tsv", {(row[3], row[0], spell_name(row[4])) for row in new})
    _write("communes_former.tsv.xz", {(row[6], row[3], spell_name(row[7])) for row in old if row[6]})
    _write("commune_successors.tsv.xz", {(row[6], " ".join(heirs[_key(row)])) for row in old if row[6]})
    by_district: dict[str, set[str]] = {}
    for row in old:
        by_district.setdefault(row[3], set()).update(heirs[_key(row)])
    _write("district_successors.tsv", {(code, " ".join(sorted(codes))) for code, codes in by_district.items()})


def _key(row: tuple[str, ...]) -> str:
    return "_".join(part or "" for part in (row[2], row[5], row[8])).rstrip("_")


def _heirs(converter: dict[str, Any], old: Rows, new: Rows) -> dict[str, list[str]]:
    """Map each old key to the codes of its new communes; the one that took most of a divided commune comes first."""
    codes = {(row[2], row[5]): row[3] for row in new}
    heirs: dict[str, list[str]] = {}
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, sources in wards.items():
            for source in sources:
                heirs.setdefault(source.rstrip("_"), []).append(codes[province, ward])
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, parts in divided.items():
            ordered = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
            names = [part["newWardKey"] for part in ordered]
            heirs.setdefault(source.rstrip("_"), []).extend(codes[province, name] for name in names)
    missing = sorted({_key(row) for row in old} - heirs.keys())
    if missing:
        msg = f"no successor for {missing[:5]} and {len(missing)} in all"
        raise ValueError(msg)
    return {key: list(dict.fromkeys(value)) for key, value in heirs.items()}


def _write(name: str, rows: Iterable[tuple[str, ...]]) -> None:
    text = "".join("\t".join(row) + "\n" for row in sorted(rows))
    content = text.encode()
    (DATA / name).write_bytes(lzma.compress(content, preset=9) if name.endswith(".xz") else content)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
