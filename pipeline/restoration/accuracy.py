"""How well restoration does, counted the way the field counts it; used by the trainer and the benchmark."""

import re
from collections.abc import Sequence

from pipeline.vietnam.syllables import place_tones

_WORD = re.compile(r"[^\W\d_]+")


def words_of(text: str) -> list[str]:
    """Give the alphabetic words of a text, tone marks in the old place."""
    return _WORD.findall(place_tones(text))


def syllable_accuracy(right: str, restored: str) -> tuple[int, int]:
    """Count the alphabetic words and how many of them are right, line by line; both texts have the same lines.

    A line whose words no longer stand one against one counts as wrong altogether.
    """
    total = good = 0
    for line, other in zip(right.split("\n"), restored.split("\n"), strict=True):
        words, found = words_of(line), words_of(other)
        total += len(words)
        if len(words) == len(found):
            good += sum(map(str.__eq__, words, found))
    return total, good


def word_errors(right: Sequence[str], read: Sequence[str]) -> int:
    """Count the least words to change, take out or put in (Levenshtein).

    >>> word_errors("đề nghị các huyện".split(), "đề nghi huyện".split())
    2
    """
    row = list(range(len(read) + 1))
    for count, word in enumerate(right, 1):
        before, row[0] = row[0], count
        for place, other in enumerate(read, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (word != other))
    return row[-1]
