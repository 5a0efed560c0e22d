"""Words → strips: runs of words on one baseline without a wide gap, the stuff lines and columns are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from statistics import median

from models.page import Box, ReadWord
from pipeline.vietnam.fold import fold

WIDE_GAP = 1.6
"""A gap so many times the print's height parts two strips: justified print stays under one."""


@dataclass(frozen=True)
class Strip:
    """Words side by side, from left to right."""

    words: tuple[ReadWord, ...]

    @cached_property
    def box(self) -> Box:
        """The box around all words."""
        return around(word.box for word in self.words)

    @cached_property
    def height(self) -> float:
        """The usual height of a word's box."""
        return max(1.0, median(word.box[3] - word.box[1] for word in self.words))

    @cached_property
    def middle(self) -> float:
        """The usual height of a word's middle on the page."""
        return median((word.box[1] + word.box[3]) / 2 for word in self.words)

    @cached_property
    def text(self) -> str:
        """The words, parted by blanks."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def folded(self) -> str:
        """The text without case and accents."""
        return fold(self.text)

    @cached_property
    def size(self) -> float:
        """The usual size of its print, in points."""
        return median(word.size for word in self.words)

    @cached_property
    def confidence(self) -> float:
        """The mean confidence of the words, long ones counting more."""
        letters = sum(len(word.text) for word in self.words)
        return sum(len(word.text) * word.confidence for word in self.words) / max(1, letters)

    def split(self, place: int) -> "tuple[Strip, Strip]":
        """Part before the word at `place`."""
        return Strip(self.words[:place]), Strip(self.words[place:])


def around(boxes: Iterable[Box]) -> Box:
    """Give the box around boxes."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def make_strips(words: Sequence[ReadWord]) -> list[Strip]:
    """Group words on one baseline, and part them where a gap is wide."""
    return [strip for level in levels(words) for strip in _parted(level)]


def levels(words: Sequence[ReadWord]) -> list[list[ReadWord]]:
    """Group words by baseline: by the reader's line where it tells, else by overlap in height."""
    named = sorted((w for w in words if w.line is not None), key=lambda w: (w.line, w.box[0]))
    groups = [list(group) for _, group in groupby(named, key=lambda w: w.line)]
    open_groups: list[list[ReadWord]] = []
    for word in sorted((w for w in words if w.line is None), key=lambda w: w.box[1] + w.box[3]):
        home = next((g for g in reversed(open_groups[-4:]) if _level(g, word)), None)
        if home is None:
            open_groups.append([word])
        else:
            home.append(word)
    groups.extend(sorted(group, key=lambda w: w.box[0]) for group in open_groups)
    return groups


def _level(group: Sequence[ReadWord], word: ReadWord) -> bool:
    """Tell whether a word stands on a group's line: same foot at same size, else (a superscript) inside its height."""
    tall = max(group, key=lambda w: w.box[3] - w.box[1])
    height, other = tall.box[3] - tall.box[1], word.box[3] - word.box[1]
    if 0.8 * height < other < 1.25 * height:
        return abs(tall.box[3] - word.box[3]) < 0.3 * height
    overlap = min(tall.box[3], word.box[3]) - max(tall.box[1], word.box[1])
    return overlap > 0.55 * min(height, other)


def _parted(level: Sequence[ReadWord]) -> list[Strip]:
    height = median(word.box[3] - word.box[1] for word in level)
    strips: list[list[ReadWord]] = []
    for word in level:
        if strips and word.box[0] - strips[-1][-1].box[2] <= WIDE_GAP * height:
            strips[-1].append(word)
        else:
            strips.append([word])
    return [Strip(tuple(strip)) for strip in strips]


def make_rows(strips: Iterable[Strip]) -> list[list[Strip]]:
    """Put strips at one height into rows, top to bottom, each from left to right."""
    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda s: s.middle):
        if rows and abs(strip.middle - rows[-1][-1].middle) < 0.5 * min(strip.height, rows[-1][-1].height):
            rows[-1].append(strip)
        else:
            rows.append([strip])
    return [sorted(row, key=lambda s: s.box[0]) for row in rows]
