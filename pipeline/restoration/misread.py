"""Options for words that were misread: what the channel says may have been printed, and the word as it was read."""

import math
from collections.abc import Iterator
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from pipeline.restoration import channel, language_model
from pipeline.restoration.lattice import Option, Source
from pipeline.restoration.lexicon import bare_candidates, word_number
from pipeline.restoration.tokens import SYMBOLS, UNKNOWN
from pipeline.vietnam.syllables import is_bare_syllable, is_syllable, place_tones, strip_marks

Logs = npt.NDArray[np.float32]

# The channel's scores count for less than the language model's: its letters aren't independent. Tried: 0.5 to 1.
_TRUST = 0.8
# log P(read | a word we don't know), per letter: any of about fifty letters and signs.
_PER_LETTER = -6.0
# In text that was read well an unknown word is more likely foreign than misread.
_PER_LETTER_IN_GOOD_TEXT = -3.0
# A foreign word or abbreviation the model knows, read as it stands.
_KNOWN_WORD = -1.0
# "A4", "H56": capitals and digits together are a code rather than a word.
_CODE_LETTER = -1.6
# A reading this unlikely explains nothing: log P(read | syllable), at the least and per letter.
_TOO_FAR, _TOO_FAR_PER_LETTER = -5.0, -2.0

# How much worse than the best a candidate may be, by itself and by how frequent its word is.
_WITHIN, _PRIOR = 8.0, 0.7

# Signs that stand for letters, and capitals that only their size tells from small letters; log P of taking one for the
# other where training didn't see it.
_LETTERS = (("1", "i"), ("1", "l"), ("|", "i"), ("|", "l"), ("!", "i"), ("0", "o"), ("5", "s"))
_AS_LETTER = -2.0
_SAME_IN_BOTH_CASES = frozenset("COSVX")
_OTHER_CASE = -3.0

# log P of a syllable's only vowel being lost ("S" for Sở); what else an onset is read as.
_VOWEL_LOST = -6.0
_ONSETS = {"¢": "c", "€": "c"}

_TITLE, _UPPER = 1, 2
# How likely a word is in capitals, alone and among others; how likely a sentence starts with one; the least for any.
_CAPITALS, _AMONG_CAPITALS = 0.003, 0.9
_BEGINNING = 0.5
_LEAST_TITLED = 0.002


@lru_cache(maxsize=16)
def source(reader: str, read_right: float | None = None) -> Source:
    """Give the options that a reader's channel offers; what it found for a word serves later texts too.

    `read_right` is what speaks for a syllable as it was read; None: nothing does, the text is garbled throughout.
    """

    @lru_cache(maxsize=50_000)
    def options(read: str, capitals: bool, starts: bool) -> tuple[Option, ...]:
        return tuple(_offer(reader, read, read_right, capitals=capitals, starts=starts))

    return lambda slot: options(slot.text, slot.capitals, slot.starts)


def _offer(reader: str, read: str, read_right: float | None, *, capitals: bool, starts: bool) -> Iterator[Option]:
    if _is_abbreviation(read) and not capitals:
        yield from _abbreviations(read)
        return
    words, frequency = language_model.load().words, language_model.load().arrays["unigram"]
    titled, small, upper = _case_logs(capitals, starts)
    placed, own = place_tones(read), word_number(read)
    least = _TOO_FAR + _TOO_FAR_PER_LETTER * len(read)
    best: dict[int, tuple[float, int]] = {}
    ranks: dict[int, float] = {}
    for word, case, score in _readings(reader, read):
        if score <= least:
            continue
        total = _TRUST * (score + (upper if case == _UPPER else float((titled if case == _TITLE else small)[word])))
        ranks[word] = max(total + _PRIOR * float(frequency[word]), ranks.get(word, -math.inf))
        if read_right and word == own and channel.CASES[case](words[word]) == placed:
            total += read_right
        if word not in best or best[word][0] < total:
            best[word] = total, case
    top = max(ranks.values(), default=0.0)
    for word, (total, case) in best.items():
        if ranks[word] > top - _WITHIN:
            yield Option(word, total, channel.CASES[case](words[word]))
    # The channel itself knows how likely a syllable is read as it stands.
    if not best or not is_syllable(read):
        yield Option(word_number(read), _TRUST * _unknown(read, garbled=read_right is None), read)


@lru_cache(maxsize=50_000)
def _readings(reader: str, read: str) -> tuple[channel.Reading, ...]:
    """Give what may have been printed, from the word as read and from what its letters may be taken for."""
    best: dict[tuple[int, int], float] = {}
    for form, cost in _forms(read):
        for word, case, score in channel.load(reader).readings(form):
            best[word, case] = max(score + cost, best.get((word, case), -math.inf))
    for word in _onsets().get(_ONSETS.get(read, read).lower(), ()):
        best.setdefault((word, _TITLE if read.isupper() else 0), _VOWEL_LOST)
    return tuple(channel.Reading(word, case, score) for (word, case), score in best.items())


@cache
def _onsets() -> dict[str, list[int]]:
    """Give for each letter the syllables of it and one vowel: a lone "S" may be Sở, a lone "¢" có."""
    found: dict[str, list[int]] = {}
    for number, word in enumerate(language_model.load().words):
        if len(word) == len("sở") and is_syllable(word) and channel.parts(word)[0]:
            found.setdefault(word[0], []).append(number)
    return found


def _forms(read: str) -> Iterator[tuple[str, float]]:
    """Give a word as read, and as it would be with another letter for a sign that is easily taken for one.

    >>> [form for form, _ in _forms("No1")], [form for form, _ in _forms("X3")]
    (['No1', 'Noi', 'Nol'], ['X3', 'x3'])
    """
    yield read, 0.0
    yield from ((read.translate({ord(sign): letter}), _AS_LETTER) for sign, letter in _LETTERS if sign in read)
    if read[0] in _SAME_IN_BOTH_CASES and any(c.islower() or c.isdigit() for c in read):
        yield read[0].lower() + read[1:], _OTHER_CASE


@cache
def _case_logs(capitals: bool, starts: bool) -> tuple[Logs, Logs, float]:
    """Give the log probability of each word's case, capital first and small, and of capitals for any word.

    Among capitals, where a sentence starts, by the word's own habit.
    """
    upper = _AMONG_CAPITALS if capitals else _CAPITALS
    habit = language_model.load().arrays["titled"] / np.float32(255)
    titled = np.clip(habit, _BEGINNING if starts else _LEAST_TITLED, 1 - _LEAST_TITLED)
    logs = (np.log((1 - upper) * share).astype(np.float32) for share in (titled, 1 - titled))
    return next(logs), next(logs), math.log(upper)


def _abbreviations(read: str) -> Iterator[Option]:
    """Give an abbreviation as read, and with Đ for D where that is known: "HDND" is HĐND."""
    words = language_model.load().words
    known = [number for number in bare_candidates().get(read.lower(), ()) if strip_marks(words[number]) == read.lower()]
    spelt = [number for number in known if set(words[number]) <= set("abcdefghijklmnopqrstuvwxyzđ")]
    if read.isupper():
        yield from (Option(number, 0.0, words[number].upper()) for number in spelt)
    if not spelt or not read.isupper():
        yield Option(word_number(read), 0.0, read)


def _unknown(read: str, *, garbled: bool) -> float:
    """Give log P(read | no syllable): a foreign word, a code, a name."""
    if word_number(read) != SYMBOLS.index(UNKNOWN):
        return _KNOWN_WORD
    if any(c.isdigit() for c in read) and not any(c.islower() for c in read):
        return _CODE_LETTER * len(read)
    return (_PER_LETTER if garbled else _PER_LETTER_IN_GOOD_TEXT) * len(read)


def _is_abbreviation(read: str) -> bool:
    """Tell abbreviations and names of things apart: UBND, KH&CN, HĐND, IoT; "TINH" and "QUYÉT" may be syllables."""
    letters = read.replace("&", "").replace("Đ", "D")
    if len(letters) < 2 or not (letters.isascii() and letters.isalpha()) or is_syllable(read) or is_bare_syllable(read):
        return False
    return read.isupper() or (read[0].isupper() and any(map(str.isupper, read[1:])))
