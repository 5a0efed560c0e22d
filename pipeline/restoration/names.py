"""Names of places in a text without marks: where the gazetteer knows one spelling only, that one is written.

The language model knows sentences, but few of ten thousand communes. A name two places share in different spellings
("Đông Hòa", "Đồng Hòa") is left to it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from pipeline.restoration.rewriting import Edit
from pipeline.vietnam.syllables import place_tones, strip_marks
from pipeline.vietnam.units_data import districts, former_communes, present_communes, provinces

_KNOWN = 0.98
_MOST_WORDS = 6
# The kind in small letters, the name behind it with capitals: "xa Ba Dong", "quan 1".
_NAMED = re.compile(r"\b(?:xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|tinh)(?: (?:[A-Z][A-Za-z']*|\d{1,2}\b))+")
_WORD = re.compile(r"[^\W_]+")


@cache
def _spellings() -> dict[str, set[str]]:
    """Give for each name without marks, in small letters, how it may be spelt; communes present and former."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for province in provinces():
        names = [province.name, *(unit.name for unit in present_communes(province.code))]
        for district in districts().get(province.code, ()):
            names += [district.name, *(unit.name for unit in former_communes(district.code, province.code))]
        for name in names:
            spelt = place_tones(name.lower())
            found[strip_marks(spelt)].add(spelt)
    return found


def spell_names(text: str) -> Iterator[Edit]:
    """Give the edits that spell the place names of a text without marks, word by word, in order.

    >>> [edit.after for edit in spell_names("Doan kiem tra cua huyen Tra Bong den xa Dong Hoa hom qua")]
    ['huyện', 'Trà', 'Bồng']
    """
    for match in _NAMED.finditer(text):
        words = list(_WORD.finditer(text, *match.span()))[:_MOST_WORDS]
        for count in range(len(words), 1, -1):
            start, end = words[0].start(), words[count - 1].end()
            spelt = _spellings().get(text[start:end].lower(), set())
            if len(spelt) == 1:
                yield from _word_edits(text, words[:count], next(iter(spelt)))
            if spelt:
                break


def _word_edits(text: str, words: list[re.Match[str]], spelt: str) -> Iterator[Edit]:
    """Write a spelt name over its words, in the case they have."""
    for word in words:
        low, high = (place - words[0].start() for place in word.span())
        right = "".join(c.upper() if old.isupper() else c for c, old in zip(spelt[low:high], word[0], strict=True))
        if right != word[0]:
            yield Edit(word.start(), word.end(), right, "place name", _KNOWN)
