"""First step of training: corpora to the vocabulary and to counted trigrams, in numpy, chunk by chunk."""

import hashlib
import lzma
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.restoration.tokens import START, SYMBOLS, TOKEN, UNKNOWN, symbol

Ids = npt.NDArray[np.uint32]
Keys = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]

# Sorting this many 8-byte keys at a time keeps the trainer under about 2 GB.
_CHUNK = 16_000_000
_STOPS = (".", "!", "?", ":", ";", '"', "”", "…")


@dataclass(frozen=True)
class Corpus:
    """One corpus: xz-compressed text, a paragraph a line.

    `legal` text counts more than the rest. The last `held_out` share of its lines is left for measuring; where the
    lines are `articles`, from the headline that follows, so that no article is torn.
    """

    path: Path
    legal: bool
    held_out: float = 0.0
    articles: bool = False

    @property
    def name(self) -> str:
        """The corpus's name: the file's, without its endings."""
        return self.path.name.split(".")[0]

    def sha256(self) -> str:
        """Hash the file as it lies on disk."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def lines(self) -> list[str]:
        """Read all lines."""
        return lzma.decompress(self.path.read_bytes()).decode("utf-8").splitlines()

    def split(self) -> tuple[list[str], list[str]]:
        """Give the lines to train on and those held out, which stand at the end and occur nowhere before it."""
        lines = self.lines()
        cut = round(len(lines) * (1 - self.held_out))
        while self.articles and 0 < cut < len(lines) and not _is_headline(lines[cut - 1], lines[cut]):
            cut += 1
        seen = set(lines[:cut])
        return lines[:cut], [line for line in lines[cut:] if line not in seen]


def _is_headline(before: str, line: str) -> bool:
    """Tell whether an article begins: a line without a full stop, behind one with it."""
    return before.rstrip().endswith(_STOPS) and not line.rstrip().endswith(_STOPS)


class Numbering:
    """Numbers for raw tokens in the order they are first met; START is number 0."""

    def __init__(self) -> None:
        self.tokens: dict[str, int] = {START: 0}

    def stream(self, lines: Iterable[str]) -> Ids:
        """Turn paragraphs into one stream of numbers, two START before each and two at the end."""
        find, known = TOKEN.findall, self.tokens
        pieces: list[Ids] = []
        ids: list[int] = []
        for line in lines:
            ids += (0, 0)
            ids += [known.setdefault(token, len(known)) for token in find(line)]
            if len(ids) > _CHUNK:
                pieces.append(np.array(ids, dtype=np.uint32))
                ids = []
        pieces.append(np.array([*ids, 0, 0], dtype=np.uint32))
        return np.concatenate(pieces)


@dataclass(frozen=True)
class Vocabulary:
    """The symbols the model knows, in order; `place_of[raw]` is a raw token's place among them.

    `titled` is the share of a word's uses that are written with a capital first letter.
    """

    words: tuple[str, ...]
    place_of: npt.NDArray[np.uint64]
    titled: npt.NDArray[np.float64]


def choose_vocabulary(numbering: Numbering, streams: Iterable[Ids], at_least: int, at_most: int) -> Vocabulary:
    """Choose the symbols the model knows: the fixed ones, then the most frequent words seen `at_least` times."""
    raw_counts = np.zeros(len(numbering.tokens), dtype=np.int64)
    for stream in streams:
        raw_counts += np.bincount(stream, minlength=len(raw_counts))
    counts: Counter[str] = Counter()
    titles: Counter[str] = Counter()
    names = [START, *map(symbol, list(numbering.tokens)[1:])]
    for token, name, count in zip(numbering.tokens, names, raw_counts.tolist(), strict=True):
        counts[name] += count
        titles[name] += count * token.istitle()
    frequent = sorted((name for name in counts if name not in SYMBOLS), key=lambda name: (-counts[name], name))
    words = (*SYMBOLS, *(name for name in frequent if counts[name] >= at_least))[:at_most]
    place = {word: number for number, word in enumerate(words)}
    unknown = SYMBOLS.index(UNKNOWN)
    place_of = np.array([place.get(name, unknown) for name in names], dtype=np.uint64)
    return Vocabulary(words, place_of, np.array([titles[word] / max(counts[word], 1) for word in words]))


def count_trigrams(stream: npt.NDArray[np.uint64]) -> tuple[Keys, Counts]:
    """Count the trigrams of a stream: sorted keys a << 32 | b << 16 | c, and how often each was seen.

    Trigrams that end in START are left out: a boundary is given in decoding, not predicted.
    """
    found: tuple[Keys, Counts] = (np.empty(0, np.uint64), np.empty(0, np.int64))
    for low in range(0, max(len(stream) - 2, 0), _CHUNK):
        part = stream[low : low + _CHUNK + 2]
        keys = part[:-2] << np.uint64(32) | part[1:-1] << np.uint64(16) | part[2:]
        found = add_counts(found, np.unique(keys[part[2:] != 0], return_counts=True))
    return found


def add_counts(left: tuple[Keys, Counts], right: tuple[Keys, Counts]) -> tuple[Keys, Counts]:
    """Add up two sets of counted keys."""
    keys = np.concatenate((left[0], right[0]))
    counts = np.concatenate((left[1], right[1]))
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.empty(0, np.intp)
    return keys[first], np.add.reduceat(counts, first) if len(first) else counts
