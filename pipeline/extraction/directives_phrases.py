"""The words that make a directive, found in a stretch of text: orders, duties, tasks, manners, actors, groups.

spaCy's PhraseMatcher runs over folded words; where a word has one syllable its marks decide. It judges nothing; the
orders and actors are read from what it finds.
"""

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.vietnam.fold import fold

LABELS = ("order", "duty", "manner", "task", "verb", "past", "actor", "group", "nobody", "part")
# A text with a smaller share of marked letters has lost its marks.
FEW_MARKS = 0.03
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Phrase:
    """A phrase of one label at `text[start:end]`; `words` is it folded, `capital` tells of a capital first letter."""

    label: str
    start: int
    end: int
    words: str
    capital: bool


@lru_cache(maxsize=1)
def word_lists() -> dict[str, Any]:
    """Load the word lists: orders, tasks and actors; further verbs; parts of names."""
    lists: dict[str, Any] = {}
    for name in ("directives.toml", "directives_verbs.toml", "directives_names.toml"):
        lists |= tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))
    return lists


class Phrases:
    """The phrases of a text, in order, for look-ups by place.

    Of phrases of one label that overlap the longest counts; phrases of different labels may overlap.
    """

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        self.all = _find(text, start, len(text) if end is None else end)
        self._starts = [phrase.start for phrase in self.all]

    def between(self, start: int, end: int, *labels: str) -> list[Phrase]:
        """Give the phrases of some labels that begin in a stretch and end in it."""
        first = bisect_left(self._starts, start)
        chosen = []
        for phrase in self.all[first:]:
            if phrase.start >= end:
                break
            if phrase.end <= end and phrase.label in labels:
                chosen.append(phrase)
        return chosen

    def at(self, place: int, *labels: str) -> Phrase | None:
        """Give the longest phrase of some labels that begins at a place."""
        found = [phrase for phrase in self.between(place, place + 1 + 60, *labels) if phrase.start == place]
        return max(found, key=lambda phrase: phrase.end, default=None)

    def covers(self, place: int, *labels: str) -> bool:
        """Tell whether a phrase of some labels lies over a place, begun before it."""
        return any(p.start < place < p.end for p in self.between(place - 60, place + 60, *labels))


@lru_cache(maxsize=1)
def _matcher() -> tuple[Vocab, PhraseMatcher, dict[tuple[str, str], frozenset[str]]]:
    vocab = Vocab()
    matcher = PhraseMatcher(vocab, attr="ORTH")
    forms: dict[tuple[str, str], set[str]] = {}
    for label in LABELS:
        for words in word_lists()[label]["words"]:
            forms.setdefault((label, fold(words)), set()).add(words.lower())
            matcher.add(label, [Doc(vocab, words=_WORD.findall(fold(words)))])
    return vocab, matcher, {key: frozenset(value) for key, value in forms.items()}


def _find(text: str, start: int, end: int) -> list[Phrase]:
    vocab, matcher, forms = _matcher()
    places = [match.span() for match in _WORD.finditer(text, start, end)]
    words = [fold(text[a:b]) or "_" for a, b in places]
    if not words:
        return []
    bare = _has_no_marks(text[start:end])
    best: dict[str, list[Phrase]] = {label: [] for label in LABELS}
    matches = [(vocab.strings[key], a, b) for key, a, b in matcher(Doc(vocab, words=words))]
    for label, first, last in sorted(matches, key=lambda match: (match[1], -match[2])):
        begin, stop = places[first][0], places[last - 1][1]
        printed = text[begin:stop]
        if last - first == 1 and not _same_marks(printed, forms.get((label, fold(printed)), frozenset()), bare=bare):
            continue
        if best[label] and best[label][-1].end > begin:
            continue
        best[label].append(Phrase(label, begin, stop, " ".join(words[first:last]), printed[:1].isupper()))
    return sorted(
        (phrase for found in best.values() for phrase in found), key=lambda phrase: (phrase.start, phrase.end)
    )


def _has_no_marks(text: str) -> bool:
    """Tell a text whose marks were lost: Vietnamese has a marked letter in every fourth."""
    letters = [character for character in text if character.isalpha()]
    return sum(not character.isascii() for character in letters) < FEW_MARKS * len(letters)


def _same_marks(printed: str, forms: frozenset[str], *, bare: bool) -> bool:
    """A word of one syllable must have its own marks; in a text whose marks were lost none."""
    return printed.lower() in forms or (bare and printed.isascii())
