"""Second step of training: counted trigrams to a pruned back-off model (modified Kneser-Ney, interpolated).

Chen & Goodman 1999 for the discounts, Stolcke 1998 for the idea of the pruning: an n-gram is kept for how much it
changes the probability of what was counted. Legal text counts `legal_weight` times; the discount of a weighted count
is the same share of it that its plain count would lose.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.restoration.language_model import FILES, pack_backoff, pack_probability
from pipeline.restoration.train_counts import Counts, Keys, Vocabulary, add_counts

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Arrays = dict[str, npt.NDArray[Any]]

_WORD = np.uint64(0xFFFF)
_PAIR = np.uint64(0xFFFFFFFF)
_IMPOSSIBLE = 1e-9


@dataclass(frozen=True)
class Sizes:
    """How many bigrams and trigrams the model keeps: they set its size on disk (6 and 3 bytes each)."""

    bigrams: int
    trigrams: int


def discounts(counts: Counts) -> Floats:
    """Give the modified Kneser-Ney discount of each count, from how many n-grams were seen 1, 2, 3 and 4 times."""
    n1, n2, n3, n4 = (max(int((counts == times).sum()), 1) for times in (1, 2, 3, 4))
    ratio = n1 / (n1 + 2 * n2)
    by_count = np.array([0.0, 1 - 2 * ratio * n2 / n1, 2 - 3 * ratio * n3 / n2, 3 - 4 * ratio * n4 / n3])
    clipped: Floats = np.clip(by_count, 0.1, [0.1, 0.95, 1.9, 2.8])[np.minimum(counts, 3)]
    return clipped


def build(general: tuple[Keys, Counts], legal: tuple[Keys, Counts], vocabulary: Vocabulary, sizes: Sizes, out: Path,
          legal_weight: float = 3.0) -> dict[str, int]:  # fmt: skip
    """Estimate the model, prune it and write its files into `out`; give how many n-grams it keeps."""
    words = vocabulary.words
    keys, counts = add_counts(general, legal)
    weights = counts + (legal_weight - 1) * spread(legal, keys)
    unigrams, pairs, given_one, pair_of = _lower_orders(keys, len(words))
    shares = weights * (1 - discounts(counts) / counts)
    context_of = _groups(keys >> np.uint64(16))
    total = np.bincount(context_of, weights)
    rest = 1 - np.bincount(context_of, shares) / total
    backed = rest[context_of] * given_one[pair_of]
    given_two = shares / total[context_of] + backed

    kept = np.sort(_strongest(weights * np.log(given_two / backed), sizes.trigrams))
    chosen = _choose_pairs(pairs, given_one, unigrams, np.unique(keys[kept] >> np.uint64(16)), sizes.bigrams)
    # START START is the context of every first word but never a counted bigram: it goes in front, next to impossible.
    pairs, given_one = np.r_[np.uint64(0), pairs[chosen]], np.r_[_IMPOSSIBLE, given_one[chosen]]
    arrays = _arrays(unigrams, pairs, given_one, keys[kept], given_two[kept])
    arrays["titled"] = np.rint(vocabulary.titled * 255).astype(np.uint8)
    for name in FILES:
        np.save(out / f"{name}.npy", arrays[name])
    (out / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    return {"words": len(words), "bigrams": len(pairs), "trigrams": len(kept)}


def _arrays(unigrams: Floats, pairs: Keys, given_one: Floats, keys: Keys, given_two: Floats) -> Arrays:
    """Lay the kept n-grams out as the model reads them; back-offs make each context sum to one after pruning."""
    first, second = (pairs >> np.uint64(16)).astype(np.int64), (pairs & _WORD).astype(np.int64)
    one_backoff = _left(given_one, unigrams[second], first, len(unigrams))
    context = np.searchsorted(pairs, keys >> np.uint64(16))
    lower = np.searchsorted(pairs, keys & _PAIR)
    stored = pairs[np.minimum(lower, len(pairs) - 1)] == keys & _PAIR
    middle, last = (keys >> np.uint64(16) & _WORD).astype(np.int64), (keys & _WORD).astype(np.int64)
    backed = np.where(stored, given_one[np.minimum(lower, len(pairs) - 1)], one_backoff[middle] * unigrams[last])
    two_backoff = _left(given_two, backed, context, len(pairs))
    return {
        "unigram": np.log(unigrams).astype(np.float32),
        "unigram_backoff": np.log(one_backoff).astype(np.float32),
        "bigram_count": np.bincount(first, minlength=len(unigrams)).astype(np.uint16),
        "bigram_word": second.astype(np.uint16),
        "bigram": pack_probability(np.log(given_one)),
        "bigram_backoff": pack_backoff(np.log(two_backoff)),
        "trigram_count": np.bincount(context, minlength=len(pairs)).astype(np.uint16),
        "trigram_word": last.astype(np.uint16),
        "trigram": pack_probability(np.log(given_two)),
    }


def _left(kept: Floats, lower: Floats, group: Places, size: int) -> Floats:
    """Give each context's back-off weight: what its kept n-grams leave over, here and one order lower."""
    own = 1 - np.bincount(group, kept, size)
    other = 1 - np.bincount(group, lower, size)
    weight: Floats = np.maximum(own, 1e-6) / np.maximum(other, 1e-6)
    return weight


def spread(counted: tuple[Keys, Counts], keys: Keys) -> Floats:
    """Spread counts over a larger sorted set of keys: 0 where a key wasn't counted."""
    values = np.zeros(len(keys))
    values[np.searchsorted(keys, counted[0])] = counted[1]
    return values


def _groups(contexts: Keys) -> npt.NDArray[np.int64]:
    """Number the runs of equal values in a sorted array."""
    numbers: npt.NDArray[np.int64] = np.cumsum(np.r_[False, contexts[1:] != contexts[:-1]])
    return numbers


def _lower_orders(keys: Keys, size: int) -> tuple[Floats, Keys, Floats, Places]:
    """Estimate the unigrams and bigrams from in how many contexts each was met.

    Gives P(c), the bigrams b << 16 | c, their P(c | b), and for each trigram the place of its bigram.
    """
    pairs, pair_of, contexts = np.unique(keys & _PAIR, return_inverse=True, return_counts=True)
    met = np.bincount((pairs & _WORD).astype(np.int64), minlength=size)
    lost = discounts(met)
    left = lost.sum() / met.sum()
    unigrams = (met - lost * (met > 0)) / met.sum() + left / size
    unigrams /= unigrams.sum()
    first = (pairs >> np.uint64(16)).astype(np.int64)
    total = np.bincount(first, contexts, size)
    shares = contexts - discounts(contexts)
    rest = 1 - np.bincount(first, shares, size)[first] / total[first]
    return unigrams, pairs, shares / total[first] + rest * unigrams[(pairs & _WORD).astype(np.int64)], pair_of


def _strongest(gains: Floats, how_many: int) -> Places:
    if len(gains) <= how_many:
        return np.arange(len(gains))
    strongest: Places = np.argpartition(-gains, how_many)[:how_many]
    return strongest


def _choose_pairs(pairs: Keys, given_one: Floats, unigrams: Floats, contexts: Keys, how_many: int) -> Places:
    """Keep every bigram that is the context of a kept trigram, and the strongest of the others."""
    needed = np.isin(pairs, contexts)
    first, second = (pairs >> np.uint64(16)).astype(np.int64), (pairs & _WORD).astype(np.int64)
    gains = unigrams[first] * given_one * np.log(given_one / unigrams[second])
    return np.sort(_strongest(np.where(needed, np.inf, gains), max(how_many, int(needed.sum()))))
