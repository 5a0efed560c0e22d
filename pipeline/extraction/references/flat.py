"""Folded text of the same length, and the phrases that stand in it.

Every finder of references works on it: an offset into the flat text is an offset into the running text. Phrases
(names of kinds, laws, cues) are matched by spaCy over folded words, so that lost accents, line breaks and double
blanks between words do no harm.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.vietnam.fold import fold_character

_WORD = re.compile(r"[a-z0-9]+|[^a-z0-9\s]")


def flatten(text: str) -> str:
    """Fold a text letter by letter, keeping its length.

    >>> flatten("Kế hoạch… số 69")
    'ke hoach. so 69'
    """
    return "".join((fold_character(character) or " ")[0] for character in text)


@dataclass(frozen=True, order=True)
class Phrase:
    """A phrase found in a text: its span, the group it belongs to, and the key it is known by there."""

    start: int
    end: int
    group: str
    key: str


class Phrases:
    """Known phrases by group, found in flat text; of those that begin at one place in a group the longest counts."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._names: dict[int, tuple[str, str]] = {}
        for group, phrases in groups.items():
            for phrase in phrases:
                name = f"{group}|{phrase}"
                self._names[self._vocab.strings.add(name)] = (group, phrase)
                self._matcher.add(name, [self._doc(_WORD.findall(flatten(phrase)))])

    def find(self, flat: str) -> dict[str, list[Phrase]]:
        """Give the phrases of each group in order."""
        words = [word for word in _WORD.finditer(flat) if not _is_speck(word, flat)]
        doc = self._doc([word.group() for word in words])
        found: dict[str, dict[int, Phrase]] = {group: {} for group, _ in self._names.values()}
        for name, first, after in self._matcher(doc):
            group, key = self._names[name]
            phrase = Phrase(words[first].start(), words[after - 1].end(), group, key)
            held = found[group].get(phrase.start)
            if held is None or held.end < phrase.end:
                found[group][phrase.start] = phrase
        return {group: sorted(phrases.values()) for group, phrases in found.items()}

    def _doc(self, words: list[str]) -> Doc:
        return Doc(self._vocab, words=words)


def _is_speck(word: re.Match[str], flat: str) -> bool:
    """Tell whether a sign stands alone between blanks: dirt on the page, not punctuation."""
    before, after = flat[word.start() - 1 : word.start()], flat[word.end() : word.end() + 1]
    return not word.group().isalnum() and word.group() not in "-–" and before.isspace() and after.isspace()


def outermost(phrases: list[Phrase]) -> list[Phrase]:
    """Leave out the phrases that lie within an earlier one."""
    kept: list[Phrase] = []
    for phrase in sorted(phrases, key=lambda p: (p.start, -p.end)):
        if not kept or phrase.end > kept[-1].end:
            kept.append(phrase)
    return kept


def ending_at(phrases: list[Phrase], flat: str, place: int) -> Phrase | None:
    """Give the longest phrase that ends at a place, blanks apart."""
    end = len(flat[:place].rstrip(" \t\n\"'“(:"))
    fitting = [phrase for phrase in phrases if phrase.end == end]
    return min(fitting, key=lambda p: p.start) if fitting else None


def starting_at(phrases: list[Phrase], flat: str, place: int) -> Phrase | None:
    """Give the phrase that begins at a place, blanks apart."""
    start = place + len(flat[place:]) - len(flat[place:].lstrip())
    index = bisect_left(phrases, start, key=lambda p: p.start)
    return phrases[index] if index < len(phrases) and phrases[index].start == start else None
