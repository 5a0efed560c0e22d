"""Capitals of an agency's name: from a heading in capitals to the name as Decree 30/2020 (annex II) writes it.

Knows the phrases of `agencies.toml` and the names of places; a word it doesn't know is written small, except after a
type of place ("xã …") or a named institution ("Trường THPT …"), where it is part of a name.
"""

import re
from functools import lru_cache

from pipeline.vietnam.agencies_table import agency_table
from pipeline.vietnam.fold import fold
from pipeline.vietnam.units import find_province
from pipeline.vietnam.units_data import provinces
from pipeline.vietnam.units_names import KINDS, name_key, settle_tones

_CONNECTIVES = frozenset({"và", "các", "của", "với", "thuộc", "-", "–", "tại", "cho"})
# A run of consonants is a short form the table doesn't know.
_VOWEL = re.compile(r"[aeiouy0-9]")
_LEVEL_BEFORE_PARTY = frozenset({"ủy", "uỷ"})


def is_heading(text: str) -> bool:
    """Tell whether a text is printed in capitals throughout ("SỞ NN&PTNT TỈNH …")."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 3 and sum(character.isupper() for character in letters) >= 0.8 * len(letters)


def natural_case(text: str) -> str:
    """Give a heading in natural capitals.

    >>> natural_case("CÔNG ĐOÀN GIÁO DỤC THÀNH PHỐ HỒ CHÍ MINH")
    'Công đoàn Giáo dục Thành phố Hồ Chí Minh'
    >>> natural_case("TRẠM Y TẾ XÃ TRÀ TÂN")
    'Trạm Y tế xã Trà Tân'
    """
    words = re.sub(r"\s*[–-]\s*", " - ", settle_tones(text)).split()
    table = agency_table()
    written: list[str] = []
    inside_name = False
    place = 0
    while place < len(words):
        name, count = _place(words, place) or _phrase(words, place) or (None, 1)
        if name is None:
            name = _word(words[place], inside_name)
            inside_name = inside_name and name.lower() not in _CONNECTIVES
        else:
            inside_name = fold(name) in table.named
        written.append(name)
        place += count
    natural = " ".join(written)
    return natural[:1].upper() + natural[1:]


def _place(words: list[str], place: int) -> tuple[str, int] | None:
    """Read a type of place with its name, or the bare name of a province."""
    for kind in KINDS:
        count = len(kind.split())
        if [word.lower() for word in words[place : place + count]] == kind.split():
            return _named_place(words, place, kind, count)
    for count in (5, 4, 3, 2, 1):
        name = _province_names().get(name_key(" ".join(words[place : place + count])))
        if name and place and place + count <= len(words):
            return name, count
    return None


def _named_place(words: list[str], place: int, kind: str, count: int) -> tuple[str, int] | None:
    after = [word.strip(",;.") for word in words[place + count :]]
    if not after or after[0].lower() in _LEVEL_BEFORE_PARTY or fold(f"{kind} {after[0]}") == "xa hoi":
        return None
    if kind in ("tỉnh", "thành phố"):
        for length in (5, 4, 3, 2, 1):
            name = " ".join(words[place + count : place + count + length])
            if length <= len(after) and name_key(name) in _province_names():
                full = f"{kind} {_province_names()[name_key(name)]}"
                return agency_table().places.get(full.lower(), full), count + length
    length = 0
    while length < len(after) and after[length].lower() not in _CONNECTIVES | {"tỉnh", "huyện"} and length < 4:
        length += 1
        if words[place + count + length - 1] != after[length - 1]:
            break
    if not length:
        return None
    name = " ".join(word.capitalize() for word in words[place + count : place + count + length])
    return f"{kind} {name}", count + length


def _phrase(words: list[str], place: int) -> tuple[str, int] | None:
    """Read the longest phrase of the table that begins here; its last word may carry a comma."""
    table = agency_table()
    for count in range(min(table.longest_phrase, len(words) - place), 0, -1):
        printed = " ".join(words[place : place + count])
        bare = printed.rstrip(",;.")
        name = table.phrases.get(fold(bare))
        if name and (count > 1 or name.lower() == bare.lower()):
            return name + printed[len(bare) :], count
    return None


def _word(word: str, inside_name: bool) -> str:
    letters = word.strip(",.;()")
    if letters.upper() in agency_table().capitals or (len(letters) > 1 and not _VOWEL.search(fold(letters))):
        return word.upper()
    return word.capitalize() if inside_name and word.lower() not in _CONNECTIVES else word.lower()


@lru_cache(maxsize=1)
def _province_names() -> dict[str, str]:
    return {name_key(province.bare): province.bare for province in provinces()}


def province_phrase(name: str) -> str | None:
    """Give a province as it stands after an agency: "tỉnh Quảng Ngãi", "Thành phố Hồ Chí Minh"."""
    found = find_province(name)
    return agency_table().places.get(found.name.lower(), found.name) if found else None
