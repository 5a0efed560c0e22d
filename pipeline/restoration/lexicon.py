"""The words restoration may write, found by what is left of them without marks.

Built from the language model's own words when it is first needed; syllables and frequent foreign words alike.
"""

from collections import defaultdict
from functools import cache

import numpy as np

from pipeline.restoration import language_model
from pipeline.restoration.tokens import SYMBOLS, UNKNOWN
from pipeline.vietnam.syllables import place_tones, strip_marks

# A candidate must make up this share of what is written with the same bare letters; below it stand typing errors.
_LEAST_SHARE = 1e-4
# The most candidates one bare form has after that is 18 ("thuong" has 14).
_MOST = 24


@cache
def bare_candidates() -> dict[str, tuple[int, ...]]:
    """Give for each bare form ("truong") the numbers of the words that are written so with marks, likeliest first."""
    model = language_model.load()
    weight = np.exp(model.arrays["unigram"])
    groups: dict[str, list[int]] = defaultdict(list)
    for number in range(len(SYMBOLS), len(model.words)):
        groups[strip_marks(model.words[number])].append(number)
    return {bare: _likely(numbers, weight) for bare, numbers in groups.items()}


def _likely(numbers: list[int], weight: np.ndarray[tuple[int], np.dtype[np.float32]]) -> tuple[int, ...]:
    ranked = sorted(numbers, key=lambda number: -float(weight[number]))
    least = _LEAST_SHARE * float(weight[numbers].sum())
    return tuple(number for number in ranked if weight[number] >= least)[:_MOST]


def word_number(word: str) -> int:
    """Give a word's number in the language model, in any case and tone placement; UNKNOWN's if it has none."""
    return language_model.load().number.get(place_tones(word.lower()), SYMBOLS.index(UNKNOWN))
