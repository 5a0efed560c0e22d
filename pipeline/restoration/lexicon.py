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
    weight: list[float] = np.exp(model.arrays["unigram"]).tolist()
    groups: dict[str, list[int]] = defaultdict(list)
    # One call for all words is ten times as fast as one for each.
    bare_words = strip_marks("\n".join(model.words[len(SYMBOLS) :])).split("\n")
    for number, bare in enumerate(bare_words, len(SYMBOLS)):
        groups[bare].append(number)
    return {bare: _likely(numbers, weight) for bare, numbers in groups.items()}


def _likely(numbers: list[int], weight: list[float]) -> tuple[int, ...]:
    if len(numbers) == 1:
        return (numbers[0],)
    ranked = sorted(numbers, key=lambda number: -weight[number])
    least = _LEAST_SHARE * sum(weight[number] for number in numbers)
    return tuple(number for number in ranked if weight[number] >= least)[:_MOST]


def word_number(word: str) -> int:
    """Give a word's number in the language model, in any case and tone placement; UNKNOWN's if it has none."""
    return language_model.load().number.get(place_tones(word.lower()), SYMBOLS.index(UNKNOWN))
