"""Options for words that were misread: what the channel says may have been printed, and the word as it was read."""

import math
from collections.abc import Iterator
from functools import lru_cache

from pipeline.restoration import channel, language_model
from pipeline.restoration.lattice import Option, Source
from pipeline.restoration.lexicon import bare_candidates, word_number
from pipeline.restoration.tokens import SYMBOLS, UNKNOWN
from pipeline.vietnam.syllables import is_bare_syllable, is_syllable, same_but_tone_placement, strip_marks

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

_TITLE, _UPPER = 1, 2
# How likely a word is in capitals, alone and among others; how likely a line begins with one; the least for any word.
_CAPITALS, _AMONG_CAPITALS = 0.003, 0.9
_BEGINNING = 0.5
_LEAST_TITLED = 0.002


@lru_cache(maxsize=16)
def source(reader: str, read_right: float | None = None) -> Source:
    """Give the options that a reader's channel offers; what it found for a word serves later texts too.

    `read_right` is what speaks for a syllable as it was read; None: nothing does, the text is garbled throughout.
    """

    @lru_cache(maxsize=50_000)
    def options(read: str, capitals: bool, begins: bool) -> tuple[Option, ...]:
        return tuple(_offer(channel.load(reader), read, read_right, capitals=capitals, begins=begins))

    return lambda slot: options(slot.text, slot.capitals, slot.begins)


def _offer(
    reader: channel.Channel, read: str, read_right: float | None, *, capitals: bool, begins: bool
) -> Iterator[Option]:
    if _is_abbreviation(read) and not capitals:
        yield from _abbreviations(read)
        return
    model = language_model.load()
    best: dict[int, Option] = {}
    for reading in reader.readings(read):
        text = channel.CASES[reading.case](model.words[reading.word])
        score = _TRUST * (reading.score + _case(model, reading, capitals=capitals, begins=begins))
        score += (read_right or 0.0) if same_but_tone_placement(text, read) else 0.0
        near = reading.score > _TOO_FAR + _TOO_FAR_PER_LETTER * len(read)
        if near and (reading.word not in best or best[reading.word].score < score):
            best[reading.word] = Option(reading.word, score, text)
    yield from best.values()
    # The channel itself knows how likely a syllable is read as it stands.
    if not best or not is_syllable(read):
        yield Option(word_number(read), _TRUST * _unknown(read, garbled=read_right is None), read)


def _case(model: language_model.LanguageModel, reading: channel.Reading, *, capitals: bool, begins: bool) -> float:
    """Give the log probability of a word's case: among capitals, where a line begins, by the word's own habit."""
    upper = _AMONG_CAPITALS if capitals else _CAPITALS
    if reading.case == _UPPER:
        return math.log(upper)
    titled = int(model.arrays["titled"][reading.word]) / 255
    titled = min(max(titled, _BEGINNING if begins else _LEAST_TITLED), 1 - _LEAST_TITLED)
    return math.log((1 - upper) * (titled if reading.case == _TITLE else 1 - titled))


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
