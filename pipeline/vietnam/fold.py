"""Folding: text without case, tone or other marks, with a map back to where each letter came from.

One function serves matching, search keys and routing. It is built on `unidecode`, character by character, because
its output can be longer or shorter than its input ("…" gives "...").
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from unidecode import unidecode


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """Fold one character: "Ở" gives "o", "đ" gives "d", "№" gives "no", "—" gives "-"."""
    return unidecode(unicodedata.normalize("NFC", character)).lower()


def fold(text: str) -> str:
    """Fold a text.

    >>> fold("UBND các huyện, thị xã; Đức Phổ")
    'ubnd cac huyen, thi xa; duc pho'
    """
    return "".join(map(fold_character, unicodedata.normalize("NFC", text)))


@dataclass(frozen=True)
class Folded:
    """A folded text; `offsets[i]` is the place in the original (NFC) text that character i came from.

    `offsets` has one entry more than `text`: the length of the original.
    """

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the original that holds the folded span, `end` exclusive."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


def fold_with_map(text: str) -> Folded:
    """Fold an NFC text and keep the way back.

    >>> folded = fold_with_map("Kế hoạch… số 69")
    >>> folded.text
    'ke hoach... so 69'
    >>> folded.original(9, 11)
    (8, 9)
    """
    pieces: list[str] = []
    offsets: list[int] = []
    for place, character in enumerate(text):
        piece = fold_character(character)
        pieces.append(piece)
        offsets.extend([place] * len(piece))
    return Folded("".join(pieces), (*offsets, len(text)))
