"""The table of agencies: names, codes, abbreviations and capitals, read from `agencies.toml`; decides nothing."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pipeline.vietnam.fold import fold

Reach = Literal["central", "province", "district", "any"]


@dataclass(frozen=True)
class Agency:
    """One agency or kind of agency: its natural name, its codes and where it belongs."""

    name: str
    codes: tuple[str, ...]
    level: Reach
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgencyTable:
    """Everything `agencies.toml` says; keys are codes without punctuation or folded phrases."""

    by_code: dict[str, Agency]
    by_name: dict[str, Agency]
    words: dict[str, str]
    short: dict[str, str]
    places: dict[str, str]
    phrases: dict[str, str]
    longest_phrase: int
    named: frozenset[str]
    capitals: frozenset[str]
    of_province: dict[str, dict[str, str]]


def code_key(code: str) -> str:
    """Give the letters of a code, upper case, without signs: "NN&PTNT", "NN-PTNT" → "NNPTNT"."""
    return re.sub(r"[^0-9A-ZĐ]", "", code.upper())


@lru_cache(maxsize=1)
def agency_table() -> AgencyTable:
    """Read the table."""
    raw = tomllib.loads(Path(__file__).with_name("agencies.toml").read_text(encoding="utf-8"))
    agencies = [Agency(r["name"], tuple(r["codes"]), r["level"], tuple(r.get("aliases", ()))) for r in raw["agency"]]
    spelling = raw["spelling"]
    written = [a.name for a in agencies] + spelling["heads"] + spelling["sectors"] + list(raw["words"].values())
    phrases = {fold(name): name for name in reversed(written)}
    return AgencyTable(
        by_code={code_key(code): a for a in agencies for code in a.codes},
        by_name={fold(name): a for a in agencies for name in (a.name, *a.aliases)},
        words={code_key(code): name for code, name in raw["words"].items()},
        short=raw["short"],
        places=raw["places"],
        phrases=phrases,
        longest_phrase=max(len(phrase.split()) for phrase in phrases),
        named=frozenset(fold(name) for name in spelling["named"]),
        capitals=frozenset(spelling["capitals"]),
        of_province={name: table.get("codes", {}) for name, table in raw.get("province", {}).items()},
    )
