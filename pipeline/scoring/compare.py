"""Does what was found mean the same as what the clerk recorded?

Words are compared without case, punctuation and the placement of tone marks ("hòa" is "hoà"); accents count.
Numbers are compared by their search key, so that spacing and case don't matter.
"""

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from models.record import Deadline, Directive, Reference
from pipeline.scoring.gold import GoldDeadline, GoldDirective, GoldReference
from pipeline.vietnam.numbers import search_key

# A text read by OCR still counts as the same from this likeness on (share of matching characters).
ALIKE = 0.85
# Beginnings of directives are compared over so many characters at most: enough to tell items apart.
BEGINNING = 60
# One body, short and in full; a dispatch prints either.
_SHORT = {"ủy ban nhân dân": "ubnd", "hội đồng nhân dân": "hđnd"}
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def plain_words(text: str) -> str:
    """Give what is compared of a text: its syllables in lower case, each with its tone mark at the end.

    >>> plain_words("Hoà Bình, UỶ ban") == plain_words("hòa bình ủy BAN")
    True
    """
    return " ".join(_tone_last(word) for word in re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower()))


def same_names(found: Iterable[str], wanted: Iterable[str]) -> bool:
    """Tell whether every name found is among the wanted ones; "UBND" is "Ủy ban nhân dân".

    >>> same_names(["Ủy ban nhân dân huyện Ba Tơ"], ["UBND huyện Ba Tơ", "UBND xã Sơn Nham"])
    True
    """
    return {_shortened(name) for name in found} <= {_shortened(name) for name in wanted}


def _shortened(name: str) -> str:
    words = plain_words(name)
    for full, short in _SHORT.items():
        words = words.replace(plain_words(full), plain_words(short))
    return words


def _tone_last(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in decomposed if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES)) + tones


def alike(found: str, wanted: str) -> bool:
    """Tell whether two texts are the same but for a few characters, as OCR leaves them."""
    a, b = plain_words(found), plain_words(wanted)
    return a == b or difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


def same_words(found: str | None, wanted: Iterable[str | None]) -> bool:
    """Tell whether a text is one of the wanted ones."""
    return found is not None and plain_words(found) in {plain_words(text) for text in wanted if text}


def listed(value: Any) -> list[Any]:
    """Give a list of what a gold file writes as one value, a list or null."""
    return [] if value is None else value if isinstance(value, list) else [value]


def same_reference(found: Reference, wanted: GoldReference) -> bool:
    """Match a cited document by its number, a law by its title, anything else by kind and date."""
    if wanted.number is not None:
        return found.number is not None and search_key(found.number) == search_key(wanted.number)
    if wanted.title is not None:
        return found.title is not None and _same_title(found, wanted)
    return found.number is None and found.kind == wanted.kind and found.issued_on == wanted.issued_on


def _same_title(found: Reference, wanted: GoldReference) -> bool:
    if found.issued_on and wanted.issued_on and found.issued_on != wanted.issued_on:
        return False
    return alike(_undated(found.title or ""), _undated(wanted.title or ""))


def _undated(title: str) -> str:
    return re.sub(r"\s*(?:,?\s*năm\s+\d{4}|ngày\s.*)$", "", title)


def same_deadline(found: Deadline, wanted: GoldDeadline) -> bool:
    """Match deadlines by what they mean, not by their words.

    A time counted from an anchor is the same whether or not its day was computed too.
    """
    if wanted.recurrence or found.recurrence:
        return found.recurrence == wanted.recurrence
    if found.relative is not None and found.relative == wanted.relative:
        return True
    if found.due is None or found.due not in (wanted.due, *listed(wanted.due_alt)):
        return False
    return found.time == wanted.time or wanted.time is None


def same_directive(found: Directive, wanted: GoldDirective) -> bool:
    """Match a directive by how its text begins."""
    text = plain_words(found.text)
    return any(_begins(text, plain_words(start)) for start in [wanted.starts, *listed(wanted.also)])


def _begins(text: str, start: str) -> bool:
    start = start[:BEGINNING]
    head = text[: len(start)]
    return head == start or difflib.SequenceMatcher(None, head, start, autojunk=False).ratio() >= ALIKE


def same_date(found: dt.date | None, wanted: dt.date | None) -> bool:
    """Tell whether two days are the same; null equals null."""
    return found == wanted
