"""Find the places in one piece of an actor's name: a unit by its name, a type word, a level, "địa phương"."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.routing.scope import Scope
from pipeline.routing.segments import flat, leading_name
from pipeline.vietnam.units import REFORM, Level, Unit, find_province, units_of
from pipeline.vietnam.units_names import COMMUNE_KINDS, DISTRICT_KINDS, name_key

_TYPES = {
    "thanh pho": "thành phố",
    "dac khu": "đặc khu",
    "thi tran": "thị trấn",
    "thi xa": "thị xã",
    "huyen": "huyện",
    "phuong": "phường",
    "quan": "quận",
    "tinh": "tỉnh",
    "xa": "xã",
    "thi": "thị xã",
    "tp": "thành phố",
    "tx": "thị xã",
}
# Words that look like a type without their accents; a piece without any accents is taken at its word.
_LOOKALIKES = frozenset(
    {"phương", "phướng", "quan", "quân", "quản", "quán", "xa", "xá", "thì", "thi", "tính", "tình", "tĩnh"}
)
_TYPE = re.compile(
    r"\b(thanh pho|dac khu|thi tran|thi xa|huyen|phuong|quan|tinh|xa|thi|tp|tx)\b\.?(?! (?:hoi|vien|truong|doan|doi)\b)"
)
_LEVEL = re.compile(r"\bcap (huyen|quan|xa|phuong|tinh|thanh pho|co so)(?:[,/]? ?(?:huyen|quan|xa|phuong))?\b")
_WEAK = re.compile(r"\b(?:chinh quyen )?dia phuong\b")


@dataclass(frozen=True)
class Place:
    """A place in a piece, from `start` to `end`: one unit, or a word for many.

    `kinds` holds the types a group word names, all types of the level for "cấp huyện"; `units` are those of one name
    (several only where communes share it), `unknown` a name that no unit has; a province has neither.
    """

    start: int
    end: int
    level: Level
    kinds: frozenset[str] = frozenset()
    units: tuple[Unit, ...] = ()
    unknown: str | None = None
    whole_level: bool = False
    weak: bool = False


def first_place(text: str, scope: Scope) -> Place | None:
    """Find the first place in a piece, or None."""
    folded = flat(text)
    places = [place for place in (_weak(folded, scope), _level(folded), _typed(text, folded, scope)) if place]
    return min(places, key=lambda place: place.start, default=None)


def _weak(folded: str, scope: Scope) -> Place | None:
    found = _WEAK.search(folded)
    if not found:
        return None
    level: Level = "commune" if scope.level_below == "commune" else "district"
    kinds = COMMUNE_KINDS if level == "commune" else DISTRICT_KINDS
    return Place(found.start(), found.end(), level, kinds, whole_level=True, weak=True)


def _level(folded: str) -> Place | None:
    found = _LEVEL.search(folded)
    if not found:
        return None
    if found[1] in ("tinh", "thanh pho"):
        return Place(found.start(), found.end(), "province")
    low = found[1] in ("xa", "phuong", "co so")
    kinds = COMMUNE_KINDS if low else DISTRICT_KINDS
    return Place(found.start(), found.end(), "commune" if low else "district", kinds, whole_level=True)


def _typed(text: str, folded: str, scope: Scope) -> Place | None:
    plain = text.isascii()
    for found in _TYPE.finditer(folded):
        printed = text[found.start() : found.end()].lower().rstrip(".")
        if printed in _LOOKALIKES and not plain:
            continue
        return _place_at(text, folded, found, scope)
    return None


def _place_at(text: str, folded: str, found: re.Match[str], scope: Scope) -> Place:
    kind = _TYPES[found[1]]
    after = found.end()
    rest = text[after:].lstrip()
    start_of_rest = len(text) - len(rest)
    if kind == "tỉnh" or (kind == "thành phố" and _is_city(rest, scope)):
        return Place(found.start(), start_of_rest + len(leading_name(rest)), "province")
    level: Level = "district" if kind in ("huyện", "quận", "thị xã", "thành phố") else "commune"
    if kind == "thành phố" and re.match(r"truc thuoc trung uong", folded[start_of_rest:]):
        return Place(found.start(), len(text), "province")
    matched = match_name(rest, kind, scope)
    if matched:
        units, length = matched
        return Place(found.start(), start_of_rest + length, level, frozenset({kind}), units)
    if rest[:1].isupper() or rest[:1].isdigit():
        shown = leading_name(rest)
        return Place(found.start(), start_of_rest + len(shown), level, frozenset({kind}), unknown=f"{kind} {shown}")
    return Place(found.start(), after, level, frozenset({kind}))


def _is_city(rest: str, scope: Scope) -> bool:
    name = " ".join(rest.split()[:3])
    return any(find_province(f"thành phố {' '.join(name.split()[:n])}", scope.day) for n in (3, 2, 1) if name)


def match_name(text: str, kind: str | None, scope: Scope) -> tuple[tuple[Unit, ...], int] | None:
    """Match the longest name of a unit of that type (any, if None) at the beginning of a text, accents deciding.

    A name without any accents counts when only one name of the scope is written so. A district's issuer means its own
    communes; elsewhere communes that share a name all come back.
    """
    tokens = [found.end() for found in re.finditer(r"[^\s,;]+", text)][:6]
    table = _names(scope.province.name, scope.day, kind)
    plain = _plain_names(scope.province.name, scope.day, kind)
    for end in reversed(tokens):
        piece = text[:end]
        units = table.get(name_key(piece), ())
        if not units and piece.isascii() and len(same := plain.get(name_key(piece), ())) == 1:
            units = same
        if units:
            own = tuple(unit for unit in units if scope.home and unit.parent == scope.home.code)
            return own or units, end
    return None


def _pool(province: str, day: dt.date, kind: str | None) -> tuple[Unit, ...]:
    level: Level = "district" if day < REFORM and (kind is None or kind in DISTRICT_KINDS) else "commune"
    return tuple(unit for unit in units_of(province, level, day) if kind in (None, unit.kind))


@lru_cache(maxsize=256)
def _names(province: str, day: dt.date, kind: str | None) -> dict[str, tuple[Unit, ...]]:
    table: dict[str, tuple[Unit, ...]] = {}
    for unit in _pool(province, day, kind):
        key = name_key(unit.bare)
        table[key] = (*table.get(key, ()), unit)
    return table


@lru_cache(maxsize=256)
def _plain_names(province: str, day: dt.date, kind: str | None) -> dict[str, tuple[Unit, ...]]:
    table: dict[str, tuple[Unit, ...]] = {}
    for key, units in _names(province, day, kind).items():
        table[flat(key)] = (*table.get(flat(key), ()), *units)
    return table
