"""The trained trigram model of Vietnamese, memory-mapped from the package, asked for many n-grams at once.

A back-off model over symbols (see `tokens`): P(c | a, b) is the stored trigram's, or the weight of the context (a, b)
times P(c | b). Stored probabilities are one byte each: natural logarithms in steps of 1/16 down to -16.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

DATA = Path(__file__).with_name("data")

FILES = (
    "unigram",  # float32 per word: log P(c)
    "unigram_backoff",  # float32 per word: log weight of backing off from it
    "titled",  # uint8 per word: the share of its uses that begin with a capital, in 1/255
    "bigram_count",  # uint16 per word: how many bigrams begin with it
    "bigram_word",  # uint16 per bigram: its second word; sorted within the first
    "bigram",  # uint8 per bigram: log P(c | b)
    "bigram_backoff",  # uint8 per bigram: log weight of backing off from it as a context
    "trigram_count",  # uint16 per bigram: how many trigrams begin with it
    "trigram_word",  # uint16 per trigram: its third word; sorted within the bigram
    "trigram",  # uint8 per trigram: log P(c | a, b)
)

_PROBABILITY_STEP = 1 / 16
_BACKOFF_STEP = 1 / 25
# Back-off weights above one happen after pruning; e^1.2 covers them.
_BACKOFF_TOP = 1.2

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Logs = npt.NDArray[np.float32]


def pack_probability(logs: npt.NDArray[np.float64]) -> Bytes:
    """Store log probabilities in a byte each."""
    return np.clip(np.rint(-logs / _PROBABILITY_STEP), 0, 255).astype(np.uint8)


def pack_backoff(logs: npt.NDArray[np.float64]) -> Bytes:
    """Store log back-off weights in a byte each."""
    return np.clip(np.rint((_BACKOFF_TOP - logs) / _BACKOFF_STEP), 0, 255).astype(np.uint8)


_PROBABILITIES: Logs = (-np.arange(256) * _PROBABILITY_STEP).astype(np.float32)
_BACKOFFS: Logs = (_BACKOFF_TOP - np.arange(256) * _BACKOFF_STEP).astype(np.float32)


@dataclass(frozen=True)
class LanguageModel:
    """The model's arrays by name, and its words in order."""

    words: tuple[str, ...]
    arrays: dict[str, npt.NDArray[Any]]

    @cached_property
    def number(self) -> dict[str, int]:
        """Give each word's number."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def _pairs(self) -> npt.NDArray[np.uint32]:
        """First word << 16 | second word of each bigram, sorted."""
        first = np.repeat(np.arange(len(self.words), dtype=np.uint32), self.arrays["bigram_count"])
        keys: npt.NDArray[np.uint32] = first << np.uint32(16) | self.arrays["bigram_word"]
        return keys

    @cached_property
    def _triples(self) -> npt.NDArray[np.uint64]:
        """Place of the context's bigram << 16 | third word of each trigram, sorted."""
        places = np.arange(len(self._pairs), dtype=np.uint64)
        context: npt.NDArray[np.uint64] = np.repeat(places, self.arrays["trigram_count"])
        # In place: these are the largest arrays there are.
        context <<= np.uint64(16)
        context |= self.arrays["trigram_word"]
        return context

    def _find_pairs(self, first: Numbers, second: Numbers) -> tuple[Numbers, npt.NDArray[np.bool_]]:
        """Give the place of each bigram, and whether it is stored there."""
        keys = (first << 16 | second).astype(np.uint32)
        places = np.searchsorted(self._pairs, keys)
        places[places == len(self._pairs)] = 0
        return places, self._pairs[places] == keys

    def bigrams_and_places(self, first: Numbers, second: Numbers) -> tuple[Logs, Numbers]:
        """Give log P(second | first) for arrays of words, and where each bigram is stored; -1: nowhere."""
        places, stored = self._find_pairs(first, second)
        backed = self.arrays["unigram_backoff"][first] + self.arrays["unigram"][second]
        found: Logs = np.where(stored, _PROBABILITIES[self.arrays["bigram"][places]], backed)
        return found, np.where(stored, places, -1)

    def pair_backoffs(self, contexts: Numbers) -> Logs:
        """Give the log weight of backing off from bigrams by their places; 0 for -1."""
        found: Logs = np.where(contexts >= 0, _BACKOFFS[self.arrays["bigram_backoff"][contexts]], np.float32(0))
        return found

    def begins_trigrams(self, contexts: Numbers) -> npt.NDArray[np.bool_]:
        """Tell of bigrams by their places whether any trigram begins with them."""
        begins: npt.NDArray[np.bool_] = (contexts >= 0) & (self.arrays["trigram_count"][contexts] > 0)
        return begins

    def stored_trigrams(self, contexts: Numbers, third: Numbers) -> Logs:
        """Give log P(third | bigram) by the bigrams' places where that trigram is stored, else nan."""
        # Texts repeat themselves, and looking up in order is faster.
        keys, asked = np.unique((contexts << 16 | third).astype(np.uint64), return_inverse=True)
        places = np.searchsorted(self._triples, keys)
        places[places == len(self._triples)] = 0
        stored = self._triples[places] == keys
        found: Logs = np.where(stored, _PROBABILITIES[self.arrays["trigram"][places]], np.float32(np.nan))
        return found[asked]

    def trigrams(self, first: Numbers, second: Numbers, third: Numbers) -> Logs:
        """Give log P(third | first, second) for arrays of words."""
        contexts = self.bigrams_and_places(first, second)[1]
        stored = np.where(contexts >= 0, self.stored_trigrams(np.maximum(contexts, 0), third), np.float32(np.nan))
        backed = self.pair_backoffs(contexts) + self.bigrams_and_places(second, third)[0]
        found: Logs = np.where(np.isnan(stored), backed, stored)
        return found


@cache
def load(folder: Path = DATA) -> LanguageModel:
    """Open the trained model; its large arrays stay on disk until they are read."""
    words = tuple((folder / "words.txt").read_text(encoding="utf-8").splitlines())
    return LanguageModel(words, {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in FILES})
