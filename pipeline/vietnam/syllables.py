"""Syllables of Vietnamese: which exist, where their tone mark stands, and how much a text looks like right Vietnamese.

Serves the pages station (is a text layer to be trusted?) and restoration (which regime is this text in?). Knows single
syllables only; whether a right syllable stands in the right place is the language model's business.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

Placement = Literal["old", "new"]
"""Where the tone mark of oa, oe, uy stands: "old" is hòa, ủy (the standard of legal text), "new" is hoà, uỷ."""

_DATA = Path(__file__).with_name("syllables.tsv")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_BARE = str.maketrans("đĐ", "dD")
# Every combining mark Vietnamese letters and those of its neighbours are written with.
_MARKS = re.compile("[\u0300-\u036f]")

# An open syllable ending in oa, oe, uy with its tone mark on either vowel; "quý" is qu + ý and has no choice.
_OPEN_PAIR = re.compile(
    r"""
    (?: [oòóỏõọ] [aàáảãạeèéẻẽẹ]          # hòa, khoẻ
      | (?<![qQ]) [uùúủũụ] [yỳýỷỹỵ] )    # ủy
    (?! [^\W\d_] | [\u0300-\u036f] )     # toàn, loại and letters with a further mark have no choice
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"[^\W_]+(?:[^\w\s.,;:!?()\[\]\"'“”‘’/\\+–—…&%*=<>|•-]+[^\W_]+)*")
_VIETNAMESE = re.compile(r"[a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]+", re.IGNORECASE)


@cache
def syllables() -> dict[str, int]:
    """Load the lexicon: syllable in lower case, tone mark in the old place → how often it was seen."""
    rows = (line.split("\t") for line in _DATA.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {syllable: int(count) for syllable, count in rows}


@cache
def _bare_syllables() -> frozenset[str]:
    return frozenset(map(strip_marks, syllables()))


def strip_marks(text: str) -> str:
    """Take every mark off the letters and keep their case: the text as typed without a Vietnamese keyboard.

    >>> strip_marks("Đường Võ Nguyên Giáp")
    'Duong Vo Nguyen Giap'
    """
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii():
        return composed
    marked = unicodedata.normalize("NFD", composed)
    return unicodedata.normalize("NFC", _MARKS.sub("", marked)).translate(_BARE)


def place_tones(text: str, placement: Placement = "old") -> str:
    """Put the tone marks of open oa, oe, uy where the office wants them; the length stays the same in NFC.

    >>> place_tones("hoà thuận, Uỷ ban, quý I, khoẻ")
    'hòa thuận, Ủy ban, quý I, khỏe'
    >>> place_tones("hòa, ủy", "new")
    'hoà, uỷ'
    """
    return _OPEN_PAIR.sub(lambda match: _move_tone(match[0], placement), unicodedata.normalize("NFC", text))


@lru_cache(maxsize=512)
def _move_tone(pair: str, placement: Placement) -> str:
    first, second = (unicodedata.normalize("NFD", letter) for letter in pair)
    tones = [mark for mark in first[1:] + second[1:] if mark in _TONES]
    if len(tones) != 1:
        return pair
    bare = [first[0], second[0]]
    bare[0 if placement == "old" else 1] += tones[0]
    return unicodedata.normalize("NFC", "".join(bare))


def same_but_tone_placement(left: str, right: str) -> bool:
    """Compare two texts and ignore where the tone mark of oa, oe, uy stands.

    >>> same_but_tone_placement("Uỷ ban", "Ủy ban")
    True
    """
    return place_tones(left) == place_tones(right)


def is_syllable(word: str) -> bool:
    """Tell whether a word is a syllable of Vietnamese, in any case and tone placement.

    >>> is_syllable("THUỶ"), is_syllable("trien"), is_syllable("nghi¢p")
    (True, False, False)
    """
    return place_tones(word.lower()) in syllables()


def is_bare_syllable(word: str) -> bool:
    """Tell whether a word could be a syllable whose marks were lost ("trien", "duong").

    >>> is_bare_syllable("trien"), is_bare_syllable("viéc"), is_bare_syllable("logo")
    (True, False, False)
    """
    return word.isascii() and word.lower() in _bare_syllables()


@dataclass(frozen=True)
class TextQuality:
    """How much a text looks like right Vietnamese; all but `words` between 0 and 1.

    Judged on words: runs of letters, without numbers, document codes, e-mail addresses and capital abbreviations.
    """

    words: int
    """How many words were judged. Under about 20 the shares say little."""
    valid: float
    """Share of words that are syllables of Vietnamese as they stand. Right text 0.95 and more; stripped text
    keeps 0.75, because many bare forms are syllables too ("tinh", "can")."""
    accented: float
    """Share of words with a Vietnamese mark. Right text 0.7 to 0.9, stripped text 0."""
    bare: float
    """Share of words that are syllables once marks are given back: plain letters, no syllable as they stand."""
    mojibake: float
    """Share of words with letters or signs that Vietnamese doesn't have ("nghi¢p", "Céng hoµ", "x4"): misread or in a
    wrong encoding."""
    score: float
    """One figure for "can this be used as it is": right text 0.9 and more, stripped or garbled text under 0.5."""


def text_quality(text: str) -> TextQuality:
    """Judge a text by its words.

    >>> right = text_quality("Sở Nông nghiệp đề nghị các địa phương triển khai thực hiện.")
    >>> right.valid, right.mojibake, right.score > 0.9
    (1.0, 0.0, True)
    >>> text_quality("Sé Nong nghi¢p dé nghi cac dia phwong trién khai thuc hién.").score < 0.4
    True
    """
    words = _judged_words(unicodedata.normalize("NFC", text))
    if not words:
        return TextQuality(0, 0.0, 0.0, 0.0, 0.0, 0.0)
    counts = dict.fromkeys(("valid", "accented", "bare", "mojibake"), 0)
    for word in words:
        for kind in _kinds(word):
            counts[kind] += 1
    valid, accented, bare, mojibake = (counts[kind] / len(words) for kind in ("valid", "accented", "bare", "mojibake"))
    # Half of the words bearing marks is already less than any right page of running text has.
    score = valid * min(1.0, accented / 0.5) * (1.0 - mojibake)
    return TextQuality(len(words), valid, accented, bare, mojibake, score)


def _judged_words(text: str) -> list[str]:
    """Give the words that can tell: not codes, numbers, addresses or abbreviations in capitals (UBND, OCOP)."""
    words = []
    for chunk in text.split():
        if "@" in chunk or "://" in chunk or chunk.lower().startswith("www."):
            continue
        if "/" in chunk and any(c.isdigit() for c in chunk):
            continue
        words += [
            word
            for word in _WORD.findall(chunk)
            if not word.isdigit() and not _is_marker(word) and (is_syllable(word) or not _is_abbreviation(word))
        ]
    return words


def _is_marker(word: str) -> bool:
    """Tell "a" of "a)", "3b", "2D", "kg" apart from words: too short, or a number with a letter behind it."""
    return len(word) == 1 or word[0].isdigit()


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and word.isalpha() and len(word) <= 8 and not is_bare_syllable(word)


@lru_cache(maxsize=65536)
def _kinds(word: str) -> tuple[str, ...]:
    kinds = []
    if is_syllable(word):
        kinds.append("valid")
    elif is_bare_syllable(word):
        kinds.append("bare")
    if not _VIETNAMESE.fullmatch(word):
        kinds.append("mojibake")
    elif not word.isascii():
        kinds.append("accented")
    return tuple(kinds)
