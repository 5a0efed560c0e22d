"""Figures that a reader tore apart or took for letters, put right without moving the text around them.

"số 482 7/BXD-QLN" is one number, "ngày I1 tháng 01" and "tháng 6 năm 201 5" are dates: only what leaves no second
reading is put right. The text keeps its length (a torn figure is pushed together), so offsets stay; what was put
right is told, and lowers the confidence of what is found there.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_SYMBOL_AHEAD = r"(?=\s?/\s?(?:(?:19|20)\d\d\s?/\s?)?[A-ZĐ]{2}|\s?-\s?(?:NQ|QĐ|KL|CV|KH|TB|BC|HD|CT|CTr|TTr)\s?/)"
_MARK = r"(?<![^\W\d_])[sS](?:[ốôòóoỗổ6ó]|[ốô]́)\s{0,2}[:.]?\s{0,2}"
_DIGITS = str.maketrans({"l": "1", "I": "1", "|": "1", "O": "0", "o": "0"})

Mend = Callable[[re.Match[str]], str]


def _close_up(match: re.Match[str]) -> str:
    """Push a torn figure together; the blank goes in front or behind, as the length must stay."""
    figure = "".join(match["figure"].split())
    figure = figure.translate(_DIGITS) if match.re is _TORN_NUMBER else figure
    blanks = " " * (len(match["figure"]) - len(figure))
    return (figure + blanks) if match.re in _PUSHED_LEFT else (blanks + figure)


def _as_dash(_: re.Match[str]) -> str:
    return "-"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match["figure"])


def _as_digits(match: re.Match[str]) -> str:
    return match["figure"].translate(_DIGITS)


_TORN_NUMBER = re.compile(rf"{_MARK}(?P<figure>[\dlI|]{{1,3}} \d{{1,4}}){_SYMBOL_AHEAD}")
_TORN_YEAR = re.compile(
    r"\bth[áaâ]ng\s+\S{1,4}\s+n[ăaâắ]m\s+(?P<figure>(?:19|20)\d \d|(?:19|20) \d\d|2 0\d\d)(?![\d/])"
)
_TORN_TERM = re.compile(r"(?<=/)(?P<figure>QH 1\d)(?!\d)")
_TORN_TAIL = re.compile(r"(?<=[-/])(?P<figure>TT [gG])(?![^\W_])")
_LETTERED_NUMBER = re.compile(rf"{_MARK}(?P<figure>(?=[lIOo|]{{0,3}}\d)[\dlIOo|]{{2,5}}){_SYMBOL_AHEAD}")
_LETTERED_DAY = re.compile(
    r"\bng[àa]y\s+(?P<figure>[lI|]\d|\d[lI|Oo]|[lI|][Oo])(?=\s+th[áa]ng\s|\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d)"
)
_LETTERED_MONTH = re.compile(r"\bth[áa]ng\s+(?P<figure>[lI|][0-2lIOo|]|[0Oo][lI|\d]|1[lIOo|])(?=\s+n[ăaâ]m\s)")
# "số 12/SNV CC ngày 5/6/2024": between two groups and a date nothing stands but a dash.
_LOST_DASH = re.compile(
    rf"{_MARK}\d{{1,5}}\s?/\s?[A-ZĐ]{{2,8}}(?P<figure> )[A-ZĐ]{{1,6}}"
    r"(?=,?\s+ng[àa]y\s+\d{1,2}(?:\s?[/.-]|\s+th[áa]ng))"
)
# Specks of the page or of a pen between the words of a date: "ngày 12 › tháng 11 năm ~ 2015".
_SPECK_BEFORE_MONTH = re.compile(r"\bng[àa]y\s+\d{1,2}(?P<figure>\s?[,;:.›‹~*'`^|•]\s?)(?=th[áa]ng\s+\d)")
_SPECK_BEFORE_YEAR = re.compile(r"\bth[áa]ng\s+\d{1,2}\s+n[ăa]m(?P<figure>\s?[,;:.›‹~*'`^|•-]\s?)(?=(?:19|20)\d\d\b)")
_PUSHED_LEFT = (_TORN_YEAR, _TORN_TERM, _TORN_TAIL)
_RULES: tuple[tuple[re.Pattern[str], Mend], ...] = (
    (_TORN_NUMBER, _close_up),
    (_TORN_YEAR, _close_up),
    (_TORN_TERM, _close_up),
    (_TORN_TAIL, _close_up),
    (_LETTERED_NUMBER, _as_digits),
    (_LETTERED_DAY, _as_digits),
    (_LETTERED_MONTH, _as_digits),
    (_LOST_DASH, _as_dash),
    (_SPECK_BEFORE_MONTH, _blank),
    (_SPECK_BEFORE_YEAR, _blank),
)
# Blotting out a speck reads nothing anew.
_HARMLESS = (_SPECK_BEFORE_MONTH, _SPECK_BEFORE_YEAR)


@dataclass(frozen=True)
class Mended:
    """A text of the same length, and the spans that were put right."""

    text: str
    places: tuple[tuple[int, int], ...]

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a span holds something that was put right."""
        return any(first < end and start < after for first, after in self.places)


def mend_figures(text: str) -> Mended:
    """Put torn and lettered figures right.

    >>> mend_figures("Công văn số 482 7/BXD-QLN, ngày I1 tháng 01 năm 201 5").text
    'Công văn số  4827/BXD-QLN, ngày 11 tháng 01 năm 2015 '
    """
    places: list[tuple[int, int]] = []
    for pattern, mend in _RULES:
        pieces: list[str] = []
        place = 0
        for match in pattern.finditer(text):
            start, end = match.span("figure")
            right = mend(match)
            if right == text[start:end]:
                continue
            pieces += [text[place:start], right]
            places += [] if pattern in _HARMLESS else [(start, end)]
            place = end
        text = "".join(pieces) + text[place:]
    return Mended(text, tuple(sorted(places)))
