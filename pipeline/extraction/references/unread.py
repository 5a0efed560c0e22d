"""Numbers that can't be read, such as "Quy định số §45-QĐ/TU": they go to a person, never into a record."""

import re
from collections.abc import Sequence

from pipeline.extraction.references.citation import Span
from pipeline.extraction.references.flat import Phrase, ending_at

# Something that isn't a blank to be filled in, then a slash or dash and a symbol in capitals.
_MARK = r"[sS](?:ố|ô|o)\s{0,2}[:.]?\s{0,2}"
_UNREAD = re.compile(
    rf"""
      {_MARK} (?![\s._…\-/]+[/-]) [^\n/]{{1,10}}? \s?[/-]\s? (?:20\d\d/)? [A-ZĐ]{{2,}} [-/]\s? [A-ZĐ]\S*
    | {_MARK} \d\w{{1,12}}-[A-ZĐ]\S* (?=\s+ngày\s)          # the slash read as a letter: "45LSTC-QLNS ngày 5/6"
    | {_MARK} \d{{1,5}}/[A-ZĐ]\w{{1,5}}-\s*\n                # the rest of the symbol lost at a line's end
    | {_MARK} 20\d\d/[A-ZĐ]{{2,4}}-[A-ZĐ]\S*               # the figure lost before its year
    """,
    re.VERBOSE,
)


def find_unread(text: str, flat: str, kinds: list[Phrase], taken: Sequence[Span]) -> list[Span]:
    """Find where a kind and "số" announce a number that was not read."""
    found: list[Span] = []
    for match in _UNREAD.finditer(text):
        kind = ending_at(kinds, flat, match.start())
        if kind and not any(start < match.end() and match.start() < end for start, end in taken):
            found.append((kind.start, match.end()))
    return found
