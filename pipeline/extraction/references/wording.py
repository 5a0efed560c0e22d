"""The words that references are found by: kinds, laws, offices, cues, read from the data files beside this module."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from models.record import Relation
from pipeline.extraction.references.flat import Phrases, flatten
from pipeline.vietnam.kinds import Kind, kind_names

_HERE = Path(__file__).parent
# Words for kinds that say nothing without a number behind them.
LAW_FORMS = ("luat", "bo luat", "phap lenh")


@dataclass(frozen=True)
class Cue:
    """What a cue phrase says: the relation, and on which side of the mention it stands.

    `first`: it must open a clause. `through`: it only says where a thing stands; the cue that counts is further left.
    `near`: only right before the mention. `kinds`: what it says of these kinds, `otherwise` of others.
    """

    relation: Relation
    where: Literal["before", "after"]
    first: bool
    through: bool
    near: bool
    kinds: tuple[str, ...]
    otherwise: Relation

    def relation_to(self, kind: Kind | None) -> Relation:
        """Give the relation to a document of a kind."""
        return self.relation if not self.kinds or (kind and kind.name in self.kinds) else self.otherwise


def _load(name: str) -> dict[str, list[str]]:
    table: dict[str, list[str]] = tomllib.loads((_HERE / name).read_text(encoding="utf-8"))
    return table


WORDS = _load("words.toml")


def alternatives(*groups: str) -> str:
    """Give the words of some groups as the alternatives of a regex over flat text, the longest first."""
    words = {flatten(word) for group in groups for word in WORDS[group]}
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


@lru_cache(maxsize=1)
def cues() -> dict[str, Cue]:
    """Give every cue by its key, "before|theo quy dinh tai"."""
    rows = tomllib.loads((_HERE / "cues.toml").read_text(encoding="utf-8"))["cue"]
    return {
        f"{row['where']}|{flatten(phrase)}": Cue(
            relation=row["relation"],
            where=row["where"],
            first=row.get("first", False),
            through=row.get("through", False),
            near=row.get("near", False),
            kinds=tuple(row.get("kinds", ())),
            otherwise=row.get("otherwise", "dẫn chiếu"),
        )
        for row in rows
        for phrase in row["phrases"]
    }


@lru_cache(maxsize=1)
def law_names() -> dict[str, str]:
    """Give the name of each known law by its form and folded name, with its commas and without."""
    return {
        f"{form} {key}": name
        for form, names in _load("laws.toml").items()
        for name in names
        for key in (flatten(name), flatten(name).replace(",", ""))
    }


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """Build the matcher of all groups once: kind, law, office, about, act, before, after."""
    sides: dict[str, list[str]] = {"before": [], "after": []}
    for key in cues():
        side, phrase = key.split("|", 1)
        sides[side].append(phrase)
    return Phrases(
        {
            "kind": kind_names(),
            "law": law_names(),
            "office": map(flatten, WORDS["offices"]),
            "about": map(flatten, WORDS["about"]),
            "act": map(flatten, WORDS["acts"]),
            **sides,
        }
    )
