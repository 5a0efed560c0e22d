"""Numbers and symbols of documents ("69/KH-UBND"): the grammar, the tolerant reading, one key for every spelling.

Knowledge for every station. It tells what stands printed; what the number belongs to is the stations' business.
Readings are repaired only to known forms (`numbers.toml`, the codes of `kinds.toml`), and a repair is told.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.vietnam.fold import fold
from pipeline.vietnam.kinds import kind_of_code
from pipeline.vietnam.numbers_symbols import is_code, is_known, mend_symbol

_DASH = "[-\u2010-\u2015\u2212_]"
# A group of a symbol: capitals and digits, a small letter only right after a capital: "TTg", "GDTrH", "QH15", "P2".
_CAPITAL = "[A-ZĐÐƯƠÂÊÔĂ]"
_GROUP = rf"{_CAPITAL}(?:{_CAPITAL}[a-zđ]?|\d|&(?={_CAPITAL})|(?<=TTr)a)*"
# Taken whole or not at all: half a group would be a wrong number.
_GROUP = rf"(?>(?:{_CAPITAL}[a-zđ](?={_CAPITAL})|(?={_CAPITAL})){_GROUP})(?![^\W_])"
# Between two groups: a dash, tight or at a line's end; a loose dash only after the first group ("KH - UBND").
_TIGHT = rf"{_DASH}(?:[ \t]?\n[ \t]*)?|(?:[ \t]?\n[ \t]*){_DASH}"
_LOOSE = rf"[ \t]?{_DASH}[ \t]?"
_SYMBOL = rf"""
    {_GROUP}
    (?: (?:{_TIGHT}|{_LOOSE}) (?:{_GROUP}) )?
    (?: (?:{_TIGHT}) (?:{_GROUP}) )*
    (?![~^*'`]?{_DASH}\s*(?:[^\W_]|$))
"""
_SLASH = r"\s{0,2}[/\u2044\u2215]{1,2}\s{0,2}"
# 2716 | 12a | 66.7 | 1.234; not the tail of another number, a date or a standard ("QCVN 01:2024/BYT").
_SERIAL = (
    r"(?<![\d/.,])(?<!\d:)(?<!\d-)(?<!\d/\d[ ])(?<!\d/\d\d[ ])(?<![§#®©£$¥€~^*°?†‡¬])(?:(?<![^\W\d_])|(?<=ố)|(?<=so))"
    r"(?P<serial>\d{1,5}(?:\.\d{1,3}|[a-i])?)"
)

_STATE = re.compile(
    rf"""
    {_SERIAL}
    (?: {_SLASH} (?P<year>(?:19[4-9]|20[0-9])\d) )?     # 31/2024/QH15
    {_SLASH}
    (?P<symbol>{_SYMBOL})
    """,
    re.VERBOSE,
)
_PARTY = re.compile(
    rf"""
    {_SERIAL}
    [ ]? {_DASH} \s?
    (?P<code>{_GROUP}) (?:{_DASH}(?P<code2>{_GROUP}))?
    {_SLASH}
    (?P<org>{_SYMBOL})                                  # 05-NQ/ĐU, 3398-CV/BTGTU
    """,
    re.VERBOSE,
)
# A slash that was lost or read as a stroke letter: "2716 ISNNPTNT-NTM", "148 QĐ-TTg".
_BARE = re.compile(
    rf"""
    {_SERIAL}
    [ ]{{0,2}} (?:[|!\\\]Il1J][ ]?)?? (?P<symbol>{_SYMBOL})
    """,
    re.VERBOSE,
)


# With a year in the number these want a term or an agency behind them: alone they are half a symbol.
_BODIES = ("QH", "UBTVQH")
# Kinds whose numbers hold their year: "2024/TT-BXD" has lost its figure, it is no number.
_YEARED = ("TT", "TTLT", "NĐ", "PL", "NQLT")
_YEAR = re.compile(r"(?:19[4-9]|20\d)\d")


@dataclass(frozen=True)
class DocumentNumber:
    """A number as printed, blanks and line breaks taken out: "69/KH-UBND", "31/2024/QH15", "05-NQ/ĐU".

    `symbol` is what follows the serial (and the year); `kind_code` its first part when that names a kind.
    """

    text: str
    serial: str
    year: int | None
    symbol: str
    kind_code: str | None
    party: bool = False

    @property
    def groups(self) -> tuple[str, ...]:
        """The parts of the symbol without the code of the kind: ("UBND",) of "69/KH-UBND"."""
        groups = tuple(re.split("[-/]", self.symbol))
        return groups[1:] if self.kind_code else groups


@dataclass(frozen=True)
class NumberSpan:
    """A number in a text; `repaired` when a letter or sign had to be mended to a known form."""

    start: int
    end: int
    number: DocumentNumber
    repaired: bool = False


def find_numbers(text: str) -> list[NumberSpan]:
    r"""Find document numbers in running text, in order, none overlapping.

    Leaves fractions, dates, phone numbers and blank drafts ("Số:    /KH-UBND") alone.

    >>> [span.number.text for span in find_numbers("Kế hoạch 218/KH-\nUBND; 13/13 huyện; Nghị quyết số 05-NQ/ĐU")]
    ['218/KH-UBND', '05-NQ/ĐU']
    """
    found: list[NumberSpan] = []
    for span in sorted(_candidates(text), key=lambda s: (s.start, -s.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


def parse_number(text: str) -> DocumentNumber | None:
    """Read a text that is a number and nothing else; small letters are read as a known symbol's.

    >>> parse_number("69 / kh - ubnd").text
    '69/KH-UBND'
    >>> parse_number("13/13") is None
    True
    """
    bare = text.strip().strip(".,;:")
    for reading in (bare, bare.upper()):
        for span in find_numbers(reading):
            if (span.start, span.end) == (0, len(reading)):
                return span.number
    return None


def search_key(text: str) -> str:
    """Give one key for every spelling of a number: folded, without separators and leading zeros.

    >>> search_key("69/KH-UBND") == search_key("69 kh ubnd") == search_key("069 / KH – UBND") == "69 kh ubnd"
    True
    """
    number = parse_number(text)
    parts = re.findall(r"[a-z0-9.]+", fold((number.text if number else text).replace("&", "")))
    return " ".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def _candidates(text: str) -> Iterator[NumberSpan]:
    for match in _STATE.finditer(text):
        yield from _state(match)
    for match in _PARTY.finditer(text):
        yield from _party(match)
    for match in _BARE.finditer(text):
        yield from _bare(match)


def _state(match: re.Match[str]) -> Iterator[NumberSpan]:
    printed = _tidy(match["symbol"])
    year = int(match["year"]) if match["year"] else None
    # Of decisions "TT" only the Prime Minister's have a year in their number.
    symbol = "QĐ-TTg" if year and printed in ("QĐ-TT", "QD-TT") else mend_symbol(printed)
    groups = symbol.split("-")
    if not _plausible(groups) or (year and (len(groups) == 1 and (is_code(symbol) or symbol in _BODIES))):
        return
    code = groups[0] if len(groups) > 1 and kind_of_code(groups[0]) else None
    if code in _YEARED and not year and _YEAR.fullmatch(match["serial"]):
        return
    middle = f"/{match['year']}/" if year else "/"
    number = DocumentNumber(f"{match['serial']}{middle}{symbol}", match["serial"], year, symbol, code)
    yield NumberSpan(match.start(), match.end(), number, _differs(printed, symbol))


def _party(match: re.Match[str]) -> Iterator[NumberSpan]:
    printed = _tidy(match["code"])
    code = mend_symbol(printed)
    if not is_code(code):
        return
    org = _tidy(match["org"])
    symbol = f"{code}-{match['code2']}/{org}" if match["code2"] else f"{code}/{mend_symbol(org)}"
    number = DocumentNumber(f"{match['serial']}-{symbol}", match["serial"], None, symbol, code, party=True)
    yield NumberSpan(
        match.start(), match.end(), number, _differs(printed, code) or not fold(symbol).endswith(fold(org))
    )


def _bare(match: re.Match[str]) -> Iterator[NumberSpan]:
    """Read a number without a slash: only when every doubt is settled by a known form of two groups or more."""
    symbol = mend_symbol(_tidy(match["symbol"]))
    groups = symbol.split("-")
    coded = len(groups) > 1 and is_code(groups[0]) and is_known(groups[1])
    titled = len(groups) > 1 and len(groups[0]) > 3 and is_known(groups[0])
    if coded or titled:
        number = DocumentNumber(
            f"{match['serial']}/{symbol}", match["serial"], None, symbol, groups[0] if coded else None
        )
        yield NumberSpan(match.start(), match.end(), number, repaired=True)


def _plausible(groups: list[str]) -> bool:
    """Tell whether the groups can be a symbol: more than a stray capital behind a fraction."""
    if len(groups) > 1:
        return len(groups[0]) > 1 or is_code(groups[0])
    return is_known(groups[0]) or sum(c.isupper() for c in groups[0]) > 1


def _differs(printed: str, mended: str) -> bool:
    """Tell whether mending changed a letter; lost marks and case leave no second reading."""
    return fold(printed) != fold(mended)


def _tidy(symbol: str) -> str:
    """Take blanks and line breaks out and write dashes and the letter Đ one way."""
    return unicodedata.normalize("NFC", re.sub(_DASH, "-", re.sub(r"\s+", "", symbol)).replace("Ð", "Đ"))
