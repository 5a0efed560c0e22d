"""The part of a page that shows why it was found, and whether a page says more than its directives already do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.vietnam.fold import fold_with_map

# About two printed lines.
_LENGTH = 220
_LEAD = 60


@dataclass(frozen=True)
class Occurrence:
    """A searched word in a text, marks ignored."""

    start: int
    end: int
    word: str


def occurrences(words: Sequence[str], text: str) -> list[Occurrence]:
    """Find folded words in a text.

    >>> [text_word.start for text_word in occurrences(["duong"], "Sửa đường, DƯỠNG đường")]
    [4, 11, 17]
    """
    if not words:
        return []
    any_word = "|".join(map(re.escape, dict.fromkeys(words)))
    folded = fold_with_map(text)
    return [
        Occurrence(*folded.original(match.start(), match.end()), match.group())
        for match in re.finditer(rf"(?<![^\W_])(?:{any_word})(?![^\W_])", folded.text)
    ]


def excerpt(words: Sequence[str], text: str) -> str:
    """Cut out the stretch that holds most of the searched words, on one line, whole words only."""
    found = occurrences(words, text)
    start = max(
        (o.start for o in found),
        key=lambda place: (len({o.word for o in found if place <= o.start < place + _LENGTH}), -place),
        default=0,
    )
    start = _word_start(text, max(0, start - _LEAD))
    end = _word_start(text, min(len(text), start + _LENGTH))
    cut = " ".join(text[start:end].split())
    return f"{'… ' if text[:start].strip() else ''}{cut}{' …' if text[end:].strip() else ''}"


def says_more(words: Sequence[str], text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether all searched words also stand outside the given spans of a text that holds them all."""
    found = occurrences(words, text)
    if {o.word for o in found} < set(words):  # found by other means, such as a number that was misread in the text
        return True
    outside = {o.word for o in found if not any(start <= o.start < end for start, end in spans)}
    return outside == set(words)


def _word_start(text: str, place: int) -> int:
    while 0 < place < len(text) and not text[place - 1].isspace():
        place -= 1
    return place
