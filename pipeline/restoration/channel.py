"""The noisy channel: how likely a printed syllable is read as a given string, learned from pages that were read.

A syllable is split into onset and rhyme; each is explained by letter units (1-2 printed letters → 0-3 read ones), so
that a read word is compared with all syllables at once: first with the few hundred rhymes and onsets, then their sums.
What training saw often is looked up instead ("x4" → xã). A channel per reader: another language's pack, Vietnamese.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.restoration import language_model
from pipeline.restoration.tokens import SYMBOLS
from pipeline.vietnam.syllables import is_syllable

Logs = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

ONSET = re.compile(r"ngh|ng|nh|gh|kh|ph|th|tr|ch|[bcdđghklmnpqrstvx]|", re.IGNORECASE)
CASES = (str.lower, str.capitalize, str.upper)
"""How a syllable may be printed."""

# Log probability of a letter unit training never saw, by how many letters were read for one printed letter.
_NEVER = {0: -9.0, 1: -8.0, 2: -10.5, 3: -13.0}
_IMPOSSIBLE = np.float32(-60)
# Candidates of a read word: how many, and how much worse than the best they may be.
_MOST = 32
_WITHIN = 11.0
_PRIOR = 0.7
_STEP = 1 / 10


def parts(word: str) -> tuple[str, str]:
    """Split a syllable into onset and rhyme by its letters.

    >>> parts("nghiệp"), parts("Ủy"), parts("quý")
    (('ngh', 'iệp'), ('', 'Ủy'), ('q', 'uý'))
    """
    match = ONSET.match(word)
    end = match.end() if match and match.end() < len(word) else 0
    return word[:end], word[end:]


class Reading(NamedTuple):
    """A syllable that may have been printed: its number, its case (index into CASES), log P(read | printed)."""

    word: int
    case: int
    score: float


@dataclass(frozen=True)
class Inventory:
    """All syllables the model knows in all cases, as pairs of an onset and a rhyme."""

    words: Numbers
    cases: Numbers
    onset_of: Numbers
    rhyme_of: Numbers
    onsets: tuple[str, ...]
    rhymes: tuple[str, ...]
    frequency: Logs


@cache
def inventory() -> Inventory:
    """Lay out the syllables once."""
    rows: list[tuple[int, int, int, int]] = []
    onsets: dict[str, int] = {}
    rhymes: dict[str, int] = {}
    for number, word in enumerate(language_model.load().words[len(SYMBOLS) :], len(SYMBOLS)):
        if not is_syllable(word):
            continue
        for case, write in enumerate(CASES):
            onset, rhyme = parts(write(word))
            rows.append((number, case, onsets.setdefault(onset, len(onsets)), rhymes.setdefault(rhyme, len(rhymes))))
    words, cases, onset_of, rhyme_of = np.array(rows, dtype=np.int64).T
    frequency = language_model.load().arrays["unigram"][words]
    return Inventory(words, cases, onset_of, rhyme_of, tuple(onsets), tuple(rhymes), frequency)


class _Trie:
    """Strings by their endings: every ending is a node, one letter longer than its parent."""

    def __init__(self, strings: tuple[str, ...], units: dict[str, int]) -> None:
        endings = sorted({string[at:] for string in strings for at in range(len(string) + 1)}, key=len)
        place = {ending: number for number, ending in enumerate(endings)}
        self.node_of = np.array([place[string] for string in strings])
        self.levels: list[tuple[Numbers, Numbers, Numbers, Numbers, Numbers]] = []
        longest = max(map(len, strings))
        absent = len(units)
        for length in range(1, longest + 1):
            nodes = [ending for ending in endings if len(ending) == length]
            own = np.array([place[node] for node in nodes])
            parent = np.array([place[node[1:]] for node in nodes])
            single = np.array([units.get(node[:1], absent) for node in nodes])
            pairs = [node for node in nodes if node[:2] in units and length > 1]
            grand = np.array([place[node[2:]] if node in set(pairs) else 0 for node in nodes])
            double = np.array([units[node[:2]] if node in set(pairs) else absent for node in nodes])
            self.levels.append((own, parent, single, grand, double))
        self.size = len(endings)

    def scores(self, by_length: list[Logs], length: int) -> Logs:
        """Give log P(read[k:] | string) for each string and k; `by_length[b][unit, j]` explains read[j:j+b]."""
        best = np.full((self.size, length + 1), _IMPOSSIBLE, np.float32)
        best[0, length] = 0
        for own, parent, single, grand, double in self.levels:
            found = best[parent] + by_length[0][single]
            for size in range(1, min(3, length) + 1):
                kept = length + 1 - size
                one = by_length[size][single, :kept] + best[parent, size:]
                two = by_length[size][double, :kept] + best[grand, size:]
                np.maximum(found[:, :kept], np.maximum(one, two), out=found[:, :kept])
            best[own] = found
        result: Logs = best[self.node_of]
        return result


@dataclass(frozen=True)
class Channel:
    """One reader's channel, as trained."""

    arrays: dict[str, npt.NDArray[Any]]

    @cached_property
    def _units(self) -> dict[str, int]:
        return {unit: number for number, unit in enumerate(_strings(self.arrays["units"]))}

    @cached_property
    def _emitted(self) -> dict[str, Logs]:
        """Give for each read string the log P(string | unit) of all units; the last unit is one never seen."""
        strings = _strings(self.arrays["strings"])
        single = np.array([len(unit) == 1 for unit in self._units] + [True])
        found: dict[str, Logs] = {}
        bounds = self.arrays["string_start"]
        for number, string in enumerate(strings):
            column = _default(single, len(string))
            span = slice(bounds[number], bounds[number + 1])
            column[self.arrays["emitting_unit"][span]] = self.arrays["emission"][span] * -_STEP
            found[string] = column
        for size in range(4):
            found.setdefault("\0" * size, _default(single, size))
        return found

    @cached_property
    def _unseen_weight(self) -> Logs:
        return (self.arrays["unseen_weight"] * -_STEP).astype(np.float32)

    @cached_property
    def _onsets(self) -> _Trie:
        return _Trie(tuple(onset[::-1] for onset in inventory().onsets), self._reversed_units)

    @cached_property
    def _rhymes(self) -> _Trie:
        return _Trie(inventory().rhymes, self._units)

    @cached_property
    def _reversed_units(self) -> dict[str, int]:
        return {unit[::-1]: number for unit, number in self._units.items()}

    @cached_property
    def _seen(self) -> dict[str, int]:
        return {read: number for number, read in enumerate(_strings(self.arrays["seen"]))}

    def readings(self, read: str) -> list[Reading]:
        """Give the syllables that may have been printed where `read` was read, likeliest first."""
        number = self._seen.get(read)
        if number is None:
            return list(_best(self.explain(read) + self._unseen_weight))
        span = slice(self.arrays["seen_start"][number], self.arrays["seen_start"][number + 1])
        rows = zip(
            self.arrays["seen_word"][span].tolist(),
            self.arrays["seen_case"][span].tolist(),
            self.arrays["seen_score"][span].tolist(),
            strict=True,
        )
        return [Reading(word, case, score * -_STEP) for word, case, score in rows]

    def explain(self, read: str) -> Logs:
        """Give log P(read | syllable) by letter units alone, for the whole inventory."""
        known = inventory()
        emitted = self._emitted
        rhymes = self._rhymes.scores(_by_length(emitted, read), len(read))
        onsets = self._onsets.scores(_by_length(emitted, read, backward=True), len(read))
        most = min(4, len(read))
        total = np.full(len(known.words), _IMPOSSIBLE, np.float32)
        for cut in range(most + 1):
            left = onsets[:, len(read) - cut][known.onset_of]
            np.maximum(total, left + rhymes[:, cut][known.rhyme_of], out=total)
        return total


def _by_length(emitted: dict[str, Logs], read: str, *, backward: bool = False) -> list[Logs]:
    """Lay out, for each length b and place j, the column of what was read there; backward: read from its end."""
    text = read[::-1] if backward else read
    tables = []
    for size in range(4):
        pieces = (text[at : at + size] for at in range(len(text) - size + 1))
        columns = [emitted.get(piece[::-1] if backward else piece, emitted["\0" * size]) for piece in pieces]
        tables.append(np.stack(columns or [emitted["\0" * size]], axis=1))
    return tables


def _default(single: npt.NDArray[np.bool_], size: int) -> Logs:
    return np.where(single, np.float32(_NEVER[size]), _IMPOSSIBLE).astype(np.float32)


def _best(scores: Logs) -> Iterator[Reading]:
    known = inventory()
    # Frequent words stay in even when they are read so less often: the rare ones have little chance in the text.
    ranks = scores + _PRIOR * known.frequency
    top = np.argpartition(-ranks, _MOST)[:_MOST]
    top = top[np.argsort(-ranks[top], kind="stable")]
    for place in top[ranks[top] > ranks[top[0]] - _WITHIN]:
        yield Reading(int(known.words[place]), int(known.cases[place]), float(scores[place]))


def best_readings(scores: Logs) -> list[Reading]:
    """Give the best of scores over the whole inventory; a syllable may come in several cases."""
    return list(_best(scores))


def _strings(packed: npt.NDArray[np.uint8]) -> list[str]:
    return packed.tobytes().decode("utf-8").split("\n")


def pack_strings(strings: list[str]) -> npt.NDArray[np.uint8]:
    """Store strings as bytes, parted by line feeds."""
    return np.frombuffer("\n".join(strings).encode("utf-8"), np.uint8)


def pack_scores(logs: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Store log probabilities in a byte each."""
    return np.clip(np.rint(-np.asarray(logs) / _STEP), 0, 255).astype(np.uint8)


@cache
def load(name: str, folder: Path = language_model.DATA) -> Channel:
    """Open a trained channel by its reader's name."""
    with np.load(folder / f"channel-{name}.npz") as stored:
        return Channel(dict(stored))
