"""Fourth step of training: from printed and read lines to a channel.

Letters are aligned many to many by expectation maximisation (Jiampojamarn et al. 2007, conditional form): a unit of 1-2
printed letters, inside onset or rhyme, gives 0-3 read ones. Whole words that were met are kept with their counts,
smoothed by the letter units.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from pipeline.restoration.channel import CASES, Channel, best_readings, inventory, pack_scores, pack_strings, parts
from pipeline.restoration.language_model import load
from pipeline.restoration.slots import SlotKind, cut
from pipeline.restoration.train_pages import ReadLine
from pipeline.vietnam.syllables import is_syllable, place_tones, strip_marks

Pairs = Counter[tuple[str, str]]
Units = dict[tuple[str, str], float]
Chances = Mapping[tuple[str, str], float]

_ROUNDS = 6
_LONGEST_READ = 14
# Taken off each word's count of a read form and given to forms not met, by letter units.
_DISCOUNT = 0.5
_LEAST_UNIT = 2e-6
# A word met often and always read in the same few ways may still be read otherwise by another engine.
_LEAST_REST = 0.2
# What a letter's kin lend it: those with the same shape below the tone mark, the same bare form, and the small and
# capital letter where they look alike.
_OF_SHAPE, _OF_BARE, _OF_CASE = 0.12, 0.03, 0.02
# What a read letter lends to those that readers take for it: another engine sees "b" where this one sees "d" or "6".
_OF_LOOKALIKES = 0.04
_LOOKALIKES = ("bd6óòé8GöðÓ", "aâãäáà34i&A@", "1lI|iïtí!jT", "uvwưnyüúùrii", "eêéèëcoô6", "cec¢éGC", "gqyp9", "hbnkH")
_SAME_IN_BOTH_CASES = set("cosvxzkwpu")


def word_pairs(lines: Iterable[ReadLine]) -> Pairs:
    """Pair printed and read words of lines that have as many of them; syllables only."""
    pairs: Pairs = Counter()
    for line in lines:
        printed = [slot for slot in cut(line.truth) if slot.kind is SlotKind.WORD or slot.symbol.startswith("<")]
        read = [slot for slot in cut(line.read) if slot.kind is SlotKind.WORD or slot.symbol.startswith("<")]
        if len(printed) != len(read):
            continue
        for left, right in zip(printed, read, strict=True):
            if is_syllable(left.text) and len(right.text) <= _LONGEST_READ:
                pairs[place_tones(left.text), right.text] += 1
    return pairs


def align(pairs: Pairs) -> Units:
    """Estimate P(read string | printed unit) by expectation maximisation."""
    occurrences = _occurrences(pairs)
    chances: Chances = _Guess()
    for _ in range(_ROUNDS):
        expected: defaultdict[tuple[str, str], float] = defaultdict(float)
        for (printed, read), count in pairs.items():
            _expect(printed, read, count, chances, expected)
        chances = {
            unit: chance
            for unit, weight in expected.items()
            if (chance := weight / occurrences[unit[0]]) > _LEAST_UNIT and weight > 0.3
        }
    return _with_kin(dict(chances), occurrences)


def _with_kin(units: Units, occurrences: Counter[str]) -> Units:
    """Let letters learn from their kin: if ồ was read as "b", so may ố be, though training never saw it."""
    found: defaultdict[tuple[str, str], float] = defaultdict(float)
    kinships = ((_shape, _OF_SHAPE), (strip_marks, _OF_BARE), (_small, _OF_CASE))
    own = 1 - sum(share for _, share in kinships) - _OF_LOOKALIKES
    for (printed, read), chance in units.items():
        found[printed, read] += own * chance
        alike = {other for group in _LOOKALIKES if read in group and read for other in group}
        for other in alike or {read}:
            found[printed, other] += _OF_LOOKALIKES * chance / max(len(alike), 1)
    for kinship, share in kinships:
        kin: defaultdict[str, list[str]] = defaultdict(list)
        for printed in occurrences:
            kin[kinship(printed)].append(printed)
        for (printed, read), chance in units.items():
            family = kin[kinship(printed)]
            weight = occurrences[printed] / sum(occurrences[one] for one in family)
            for one in family:
                found[one, read] += share * weight * chance
    return {unit: chance for unit, chance in found.items() if chance > _LEAST_UNIT}


def _small(printed: str) -> str:
    """Write a unit small where its letters look alike in both cases."""
    return printed.lower() if set(strip_marks(printed).lower()) <= _SAME_IN_BOTH_CASES else printed


def _shape(printed: str) -> str:
    """Take the tone marks off and leave the letters' own marks: ố → ô, ướ → ươ."""
    marked = unicodedata.normalize("NFD", printed)
    return unicodedata.normalize("NFC", re.sub("[\u0300\u0301\u0303\u0309\u0323]", "", marked))


class _Guess(dict[tuple[str, str], float]):
    """Where the first round starts: the same letter, the same bare letter, any one letter, other lengths."""

    def __missing__(self, unit: tuple[str, str]) -> float:
        printed, read = unit
        if printed == read:
            chance = 0.5
        elif strip_marks(printed).lower() == strip_marks(read).lower():
            chance = 0.2
        else:
            chance = 0.02 * 0.1 ** abs(len(printed) - len(read))
        self[unit] = chance * 0.2 ** (len(printed) - 1)
        return self[unit]


def _occurrences(pairs: Pairs) -> Counter[str]:
    found: Counter[str] = Counter()
    for (printed, _), count in pairs.items():
        for part in parts(printed):
            for at in range(len(part)):
                found[part[at]] += count
                if at + 1 < len(part):
                    found[part[at : at + 2]] += count
    return found


def _edges(printed: str, read: str, chances: Chances) -> list[tuple[int, int, int, int, float]]:
    """Give every step of the alignment lattice that has a chance: (i, j, i', j', chance)."""
    boundary = len(parts(printed)[0])
    fallback = isinstance(chances, _Guess)
    edges = []
    for i in range(len(printed)):
        for size in (1, 2):
            if i + size > len(printed) or i < boundary < i + size:
                continue
            unit = printed[i : i + size]
            for j in range(len(read) + 1):
                for length in range(min(3, len(read) - j) + 1):
                    key = (unit, read[j : j + length])
                    chance = chances[key] if fallback else chances.get(key, 1e-7 if size == 1 else 0.0)
                    if chance > 0:
                        edges.append((i, j, i + size, j + length, chance))
    return edges


def _expect(printed: str, read: str, count: int, chances: Chances, expected: Units) -> None:
    """Add one pair's expected uses of each unit."""
    if abs(len(printed) - len(read)) > 4:
        return
    edges = _edges(printed, read, chances)
    forward = [[0.0] * (len(read) + 1) for _ in range(len(printed) + 1)]
    backward = [[0.0] * (len(read) + 1) for _ in range(len(printed) + 1)]
    forward[0][0] = backward[len(printed)][len(read)] = 1.0
    for i, j, to_i, to_j, chance in edges:
        forward[to_i][to_j] += forward[i][j] * chance
    for i, j, to_i, to_j, chance in reversed(edges):
        backward[i][j] += backward[to_i][to_j] * chance
    total = backward[0][0]
    if total <= 0:
        return
    for i, j, to_i, to_j, chance in edges:
        weight = forward[i][j] * chance * backward[to_i][to_j] / total
        if weight > 1e-6:
            expected[printed[i:to_i], read[j:to_j]] += weight * count


def build_channel(pairs: Pairs, units: Units, out: Path) -> dict[str, int]:
    """Write a channel's file; give how many units, emissions and read forms it holds."""
    arrays = _unit_arrays(units)
    place = {(int(w), int(c)): at for at, (w, c) in enumerate(zip(inventory().words, inventory().cases, strict=True))}
    met = _by_place(pairs, place)
    total = np.zeros(len(place))
    kinds = np.zeros(len(place))
    for forms in met.values():
        for at, count in forms.items():
            total[at] += count
            kinds[at] += 1
    # What is left of each syllable's probability for forms that weren't met.
    rest = np.where(total > 0, np.maximum(_DISCOUNT * kinds / np.maximum(total, 1), _LEAST_REST), 1.0)
    arrays["unseen_weight"] = pack_scores(np.log(np.maximum(rest, 1e-6)))
    channel = Channel(arrays)
    rows = []
    starts = [0]
    for read, forms in met.items():
        chance = rest * np.exp(channel.explain(read).astype(np.float64))
        for at, count in forms.items():
            chance[at] += (count - _DISCOUNT) / total[at]
        rows += [(r.word, r.case, r.score) for r in best_readings(np.log(np.maximum(chance, 1e-26)).astype(np.float32))]
        starts.append(len(rows))
    arrays["seen"] = pack_strings(list(met))
    arrays["seen_start"] = np.array(starts, np.uint32)
    arrays["seen_word"] = np.array([row[0] for row in rows], np.uint16)
    arrays["seen_case"] = np.array([row[1] for row in rows], np.uint8)
    arrays["seen_score"] = pack_scores(np.array([row[2] for row in rows]))
    np.savez(out, **arrays)  # type: ignore[arg-type]
    return {"pairs": pairs.total(), "units": len(units), "forms": len(met)}


def _by_place(pairs: Pairs, place: Mapping[tuple[int, int], int]) -> dict[str, Counter[int]]:
    """Count for each read form the places in the inventory of what had been printed; odd cases are left out."""
    number = load().number
    met: dict[str, Counter[int]] = {}
    for (printed, read), count in sorted(pairs.items()):
        word = number.get(printed.lower())
        case = next((case for case, write in enumerate(CASES) if write(printed) == printed), None)
        if word is not None and case is not None and (word, case) in place:
            met.setdefault(read, Counter())[place[word, case]] += count
    return met


def _unit_arrays(units: Units) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]:
    names = sorted({printed for printed, _ in units})
    place = {name: at for at, name in enumerate(names)}
    by_string: dict[str, list[tuple[int, float]]] = {}
    for (printed, read), chance in sorted(units.items()):
        by_string.setdefault(read, []).append((place[printed], math.log(chance)))
    starts = np.cumsum([0, *map(len, by_string.values())])
    rows = [row for group in by_string.values() for row in group]
    return {
        "units": pack_strings(names),
        "strings": pack_strings(list(by_string)),
        "string_start": starts.astype(np.uint32),
        "emitting_unit": np.array([row[0] for row in rows], np.uint16),
        "emission": pack_scores(np.array([row[1] for row in rows])),
    }
