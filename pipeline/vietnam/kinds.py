"""Kinds of document: their names and the codes that stand for them in a symbol.

Knowledge for every station, read from `kinds.toml`; it decides nothing itself.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pipeline.vietnam.fold import fold

Family = Literal["administrative", "copy", "legal", "party", "other"]


@dataclass(frozen=True)
class Kind:
    """One kind: its name in the record, its codes in symbols, its other printed names."""

    name: str
    codes: tuple[str, ...]
    family: Family
    also: tuple[str, ...] = ()


def _load() -> tuple[Kind, ...]:
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["kind"]
    return tuple(Kind(r["name"], tuple(r["codes"]), r["family"], tuple(r.get("also", ()))) for r in rows)


KINDS: tuple[Kind, ...] = _load()
# The first kind that lists a code has it: "SL" is a copy (sao lục) before it is a decree of 1946.
_BY_CODE = {code: kind for kind in reversed(KINDS) for code in kind.codes}
_BY_NAME = {fold(name): kind for kind in reversed(KINDS) for name in (kind.name, *kind.also)}


def kind_of_code(code: str, *, party: bool = False) -> Kind | None:
    """Give the kind a code stands for; codes are exact, a Party "TT" is a thông tri.

    >>> kind_of_code("KH").name
    'kế hoạch'
    >>> kind_of_code("UBND") is None
    True
    """
    if party and code == "TT":
        return _BY_NAME["thong tri"]
    return _BY_CODE.get(code)


def kind_of_name(folded: str) -> Kind | None:
    """Give the kind with this folded name, its blanks single.

    >>> kind_of_name("cong van hoa toc").name
    'công văn'
    """
    return _BY_NAME.get(folded)


@lru_cache(maxsize=1)
def kind_names() -> dict[str, Kind]:
    """Give every folded printed name with its kind."""
    return dict(_BY_NAME)
