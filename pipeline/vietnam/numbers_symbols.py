"""Spellings of symbols: which tokens are known, and the one known form a doubtful reading stands for.

Beside `numbers`; the tokens are in `numbers.toml`, the codes of kinds in `kinds.toml`.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from pipeline.vietnam.fold import fold
from pipeline.vietnam.kinds import KINDS

_TABLE: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("numbers.toml").read_text(encoding="utf-8"))
_CONFUSED = frozenset(frozenset(pair) for pair in _TABLE.pop("confusions"))
MINISTRIES: tuple[str, ...] = tuple(_TABLE["ministries"])
_UNITS = frozenset(_TABLE["units"])
_CODES = frozenset(code for kind in KINDS for code in kind.codes)
_AGENCIES = frozenset(token for name, tokens in _TABLE.items() if name != "units" for token in tokens)
_KNOWN = _CODES | _AGENCIES | _UNITS
_TERM = re.compile(r"(?P<body>QH|UBTVQH)(?P<term>[IVX]+|\d{1,2})")
# A footnote's mark run into the term; there have been fewer than twenty terms.
_MARKED_TERM = re.compile(r"(?P<body>QH|UBTVQH)(?P<term>1\d)\d")
# The all-capital twins of codes: known when printed, but not what a repair writes.
_TWINS = {"TTR", "CTR", "QYĐ"}
# What the Prime Minister issues, and his token with its last letter misread ("TTp"); "TTr" is known and stays.
_OF_PREMIER = ("QĐ", "CT", "CĐ")
_TAILED = re.compile(r"TT[a-qs-z]")
# A misread token is compared letter by letter only when it is long enough to say something.
_LONG = 4


def is_code(token: str) -> bool:
    """Tell whether a token is the code of a kind."""
    return token in _CODES


def is_known(token: str) -> bool:
    """Tell whether a token is a known code, agency or unit, or a body with its term ("QH15")."""
    return token in _KNOWN or _TERM.fullmatch(token) is not None


def is_agency(token: str) -> bool:
    """Tell whether a token names a known agency."""
    return token in _AGENCIES or _TERM.fullmatch(token) is not None


def mend_symbol(symbol: str) -> str:
    """Write each group of a symbol as the one known token it can be; leave it alone when there is none or several.

    >>> mend_symbol("QD-TTG"), mend_symbol("OĐ-UBMD"), mend_symbol("KHUBND"), mend_symbol("XYZ-ABC")
    ('QĐ-TTg', 'QĐ-UBND', 'KH-UBND', 'XYZ-ABC')
    """
    groups = [_mend(group) for group in symbol.split("-")]
    if groups[0] in _OF_PREMIER and _TAILED.fullmatch(groups[1] if len(groups) == 2 else ""):
        groups[1] = "TTg"
    if len(groups) > 1 and not is_known(groups[0]) and all(is_known(g) for g in groups[1:]):
        groups[0] = _only(_confusable(groups[0], _CODES)) or groups[0]
    return "-".join(groups)


@lru_cache(maxsize=4096)
def _mend(group: str) -> str:
    if is_known(group):
        return group
    return _only(_same_letters(group)) or _only(_split(group)) or _only(_stripped(group)) or _misread(group)


def _same_letters(group: str) -> set[str]:
    """Known tokens that differ in marks and case only."""
    term = _TERM.fullmatch(group.upper()) or _MARKED_TERM.fullmatch(group)
    return {term["body"] + term["term"]} if term else {token for token in _KNOWN - _TWINS if _adds_marks(group, token)}


def _adds_marks(read: str, token: str) -> bool:
    """Tell whether a token is what was read, with marks a reader may lose; a mark that was read stays."""
    return len(read) == len(token) and all(
        r.upper() == t.upper() or (r.isascii() and fold(t) == r.lower()) for r, t in zip(read, token, strict=True)
    )


def _split(group: str) -> set[str]:
    """Code and agency whose dash was lost: "KHUBND"."""
    codes = {c for c in _CODES if len(c) > 1 and fold(group).startswith(fold(c))} - _TWINS
    return {f"{code}-{agency}" for code in codes for agency in _AGENCIES if fold(code) + fold(agency) == fold(group)}


def _stripped(group: str) -> set[str]:
    """A known agency with a footnote mark run into it ("UBND1") or a slash read as a letter ("ISNNPTNT")."""
    tokens = {group.rstrip("0123456789")} if not _TERM.match(group) else set()
    if len(group) > _LONG and group[0] in "IlJ1":
        tokens.add(group[1:])
    return {known for token in tokens if len(token) >= _LONG for known in _KNOWN if fold(known) == fold(token)}


def _misread(group: str) -> str:
    known = {token for token in _AGENCIES if len(token) >= _LONG or token == "TTg"}
    return _only(_confusable(group, frozenset(known))) or group


def _confusable(group: str, among: frozenset[str]) -> set[str]:
    """Known tokens of the same length that differ only in letters taken for one another, in two places at most."""
    read = fold(group)
    found = set()
    for token in among:
        other = fold(token)
        differing = [frozenset(pair) for pair in zip(read, other, strict=False) if pair[0] != pair[1]]
        if (
            len(read) == len(other)
            and len(differing) <= (1 if len(token) <= _LONG else 2)
            and all(pair in _CONFUSED for pair in differing)
        ):
            found.add(token)
    return found - _TWINS


def _only(tokens: set[str]) -> str | None:
    return next(iter(tokens)) if len(tokens) == 1 else None
