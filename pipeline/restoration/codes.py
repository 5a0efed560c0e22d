"""Document numbers in a badly read text: mended to known forms by their own grammar, and kept from the decoder."""

import re
from collections.abc import Iterator

from pipeline.restoration.rewriting import Edit
from pipeline.vietnam.numbers import NumberSpan, find_numbers

# A mending to a known form is nearly certain, but the form was not printed so.
_MENDED = 0.95


def find_codes(text: str) -> list[NumberSpan]:
    """Find the document numbers of a text, in order."""
    return find_numbers(text)


def mendings(text: str, codes: list[NumberSpan]) -> Iterator[Edit]:
    """Give the edits that put right the numbers read wrongly.

    >>> text = "Quyết định số 148/QD-TTg"
    >>> [edit.after for edit in mendings(text, find_codes(text))]
    ['148/QĐ-TTg']
    """
    for code in codes:
        read = text[code.start : code.end]
        right = _with_blanks_of(read, code.number.text)
        if right is not None and _letters(right) != _letters(read):
            yield Edit(code.start, code.end, right, "document number", _MENDED)


def _with_blanks_of(read: str, right: str) -> str | None:
    """Lay the right number over the read one so that its line break stays; None where the letters don't match up."""
    if "\n" not in read:
        return right
    if len(_letters(read)) != len(right):
        return None
    fresh = iter(right)
    return "".join(c if c.isspace() else next(fresh) for c in read)


def _letters(number: str) -> str:
    """Take the blanks out and write dashes one way: what differs only there is as it was printed."""
    return re.sub(r"[\u2010-\u2015\u2212]", "-", re.sub(r"\s", "", number))
