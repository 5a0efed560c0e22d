"""The words of `words.toml` as patterns over folded text; decides nothing."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Words:
    """Each pattern finds whole words in folded text."""

    locality: re.Pattern[str]
    elsewhere: re.Pattern[str]
    complete: re.Pattern[str]
    room: re.Pattern[str]
    room_alone: re.Pattern[str]
    fillers: re.Pattern[str]
    leading_fillers: re.Pattern[str]
    neutral_tail: re.Pattern[str]
    verb: re.Pattern[str]
    listed: re.Pattern[str]
    addressees: re.Pattern[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """Read the words."""
    raw = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    either = {
        name: "(?:" + "|".join(sorted(alternatives, key=len, reverse=True)) + ")" for name, alternatives in raw.items()
    }
    rooms = rf"phong {either['rooms']}"
    return Words(
        locality=re.compile(rf"\b{either['locality']}\b"),
        elsewhere=re.compile(rf"\b{either['elsewhere']}\b"),
        complete=re.compile(rf"\b{either['complete']}\b"),
        # "Phòng", but not "Văn phòng", "Quốc phòng", "phòng, chống".
        room=re.compile(r"(?<!van )(?<!quoc )(?<!bien )(?<!du )\bphong (?!chong|chay)(?=\w)"),
        room_alone=re.compile(rf"^(?:cac |truong |truong cac )?{rooms}$"),
        fillers=re.compile(rf"^(?:{either['fillers']}(?:\s+|$))*$"),
        leading_fillers=re.compile(rf"^(?:{either['fillers']}\s+)+"),
        neutral_tail=re.compile(rf"^{either['neutral_tails']}$"),
        verb=re.compile(rf"^{either['verbs']}\b"),
        listed=re.compile(either["listed"]),
        addressees=re.compile(rf"^{either['addressees']}$"),
    )
