"""Who signs: positions in right spelling and names of persons, known from their printed form.

Word lists are in `persons.toml`. It places nothing; `signature` and `closing` decide where a position or name stands.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from pipeline.extraction.landmarks import is_capitals
from pipeline.extraction.letterhead.likeness import find_phrase
from pipeline.extraction.letterhead.printed import STROKES
from pipeline.vietnam.fold import fold
from pipeline.vietnam.units_names import settle_tones

# "Nguyễn", "NGUYỄN", "K'Bớt", "Y".
NAME_WORD = re.compile(r"^[^\W\d_]+(?:['’][^\W\d_]+)?$")

# What a title in capitals begins with, also when the rest is misread ("PHÓ GIÁM ĐỜI"); no family name is among them.
TITLES = ("pho ", "giam ", "chu tich", "quyen ", "chanh ")


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, str], tuple[str, ...], frozenset[str]]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    positions = {fold(name): name for name in table["positions"]}
    degrees = tuple(sorted(table["degrees"], key=len, reverse=True))
    return positions, degrees, frozenset(name.lower() for name in table["surnames"])


def position_of(text: str) -> str | None:
    """Give the position a line in capitals names, in right spelling, what it heads kept.

    >>> position_of("PHO GIAM ĐỚC"), position_of("CHỦ TỊCH UBND XÃ TRÀ TÂN"), position_of("SỞ Y TẾ")
    ('PHÓ GIÁM ĐỐC', 'CHỦ TỊCH UBND XÃ TRÀ TÂN', None)
    """
    positions, _, _ = _words()
    folded = " ".join(re.sub(r"[^\w\s]", " ", fold(text)).split())
    words = re.sub(r"[^\w\s]", " ", text.strip(STROKES)).split()
    for prefix, printed in (("pho ", "PHÓ "), ("quyen ", "QUYỀN "), ("q ", "Q. "), ("", "")):
        if not folded.startswith(prefix):
            continue
        rest = folded[len(prefix) :]
        heads = [head for head in positions if rest == head or rest.startswith(head + " ")]
        if heads:
            head = max(heads, key=len)
            tail = words[len(prefix.split()) + len(head.split()) :]
            return " ".join([printed + positions[head], *tail]).strip()
        if prefix == "pho " and rest:
            continue
    return _misread_position(folded, positions)


def _misread_position(folded: str, positions: dict[str, str]) -> str | None:
    """Know a position behind a stray mark or with a letter wrong ("z1 giam doc", "pho glam doc")."""
    for head, printed in positions.items():
        for prefix, title in (("pho ", "PHÓ "), ("", "")):
            phrase = prefix + head
            span = find_phrase(folded, phrase, 0.13) if len(phrase) >= 8 else None
            if span and span[1] == len(folded) and span[0] <= 4:
                return title + printed
    return None


def clean_name(text: str) -> str:
    """Give a name without strokes beside it, degrees and ranks before it."""
    name = " ".join(text.strip(STROKES).split())
    _, degrees, _ = _words()
    changed = True
    while changed:
        changed = False
        for degree in degrees:
            if re.match(rf"{re.escape(degree)}[.\s]", name):
                name, changed = name[len(degree) :].lstrip(". "), True
    return name


def _is_name_word(word: str) -> bool:
    return bool(NAME_WORD.match(word)) and (
        word.isupper() or (word[0].isupper() and word[1:] == word[1:].lower()) or "'" in word
    )


def is_name(text: str, *, strict: bool) -> bool:
    """Tell whether a line is a person's name: two to six words with capitals, known family name when strict."""
    name = clean_name(text)
    words = name.split()
    if not 2 <= len(words) <= 6 or not all(map(_is_name_word, words)):
        return False
    capitals = is_capitals(name)
    if capitals and fold(name).startswith(TITLES):
        return False
    if not capitals and any(word.isupper() and len(word) > 1 for word in words):
        return False
    if capitals and (position_of(name) or min(map(len, words[1:])) < 2):
        return False
    return not (strict or capitals) or _is_surname(words[0])


def _is_surname(word: str) -> bool:
    """Know a family name; its marks decide ("Nhữ" is one, "Như" isn't), unless the text has none at all."""
    surnames = _words()[2]
    lowered = settle_tones(word).lower()
    return lowered in surnames or (lowered.isascii() and lowered in {fold(name) for name in surnames})
