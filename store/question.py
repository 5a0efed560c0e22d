"""What a person typed into the search box, turned into index expressions from the closest meaning to the widest.

    number → the words as written, in a row → as written, any order → without marks, in a row → any order

Hits of a closer meaning always stand before those of a wider one.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from pipeline.vietnam.numbers import find_numbers, search_key
from store.index import all_of, exact_words, folded_words, number_word, phrase

# A longer question is cut: nobody types it, and each word costs a look-up.
_MOST_CHARACTERS = 400
_MOST_WORDS = 24

# "69 kh ubnd", "so 31 2024 qh15": a serial, perhaps a year, then letters.
_LIKE_NUMBER = re.compile(r"(?:so )?(?P<number>\d[\d.]*[a-i]?(?: (?:19|20)\d\d)?(?: (?=[a-z0-9]*[a-z])[a-z0-9]+){1,6})")


def clean(typed: str) -> str:
    """Cut what was typed to a sane length, in NFC, without control characters and halves of characters."""
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in typed[:_MOST_CHARACTERS])
    return unicodedata.normalize("NFC", kept).strip()


@dataclass(frozen=True)
class Question:
    """A cleaned query."""

    typed: str

    @classmethod
    def of(cls, query: str) -> "Question":
        """Clean what was typed."""
        return cls(clean(query))

    @cached_property
    def exact(self) -> list[str]:
        """The words as typed, in lower case."""
        return exact_words(self.typed)[:_MOST_WORDS]

    @cached_property
    def folded(self) -> list[str]:
        """The words without marks."""
        return folded_words(self.typed)[:_MOST_WORDS]

    @property
    def is_empty(self) -> bool:
        """Whether no word was typed."""
        return not self.folded

    def expressions(self) -> list[str]:
        """Give the index expressions in order; each finds what the one before found, and more, but for numbers."""
        if self.is_empty:
            return []
        found = [*self._number_expressions()]
        if self.exact:
            found += [phrase("exact", self.exact), all_of("exact", self.exact)]
        return [*dict.fromkeys([*found, phrase("folded", self.folded), all_of("folded", self.folded)])]

    def _number_expressions(self) -> list[str]:
        like = _LIKE_NUMBER.fullmatch(search_key(self.typed))
        if like:
            return [phrase("numbers", [number_word(like["number"])])]
        # Numbers among words: every number in any spelling, and the other words. Symbols are known in capitals only.
        typed = self.typed if find_numbers(self.typed) else self.typed.upper()
        spans = find_numbers(typed)
        if not spans or len(typed) != len(self.typed):
            return []
        numbers = all_of("numbers", [number_word(span.number.text) for span in spans])
        rest = "".join(c for i, c in enumerate(self.typed) if not any(span.start <= i < span.end for span in spans))
        words = folded_words(rest)[:_MOST_WORDS]
        return [f"{numbers} AND {all_of('folded', words)}" if words else numbers]
