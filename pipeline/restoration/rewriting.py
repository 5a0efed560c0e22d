"""Edits applied to a text: the text after them, each as a recorded change, and where every old offset went."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from models.page import Change


class Edit(NamedTuple):
    """`text[start:end]` of the old text becomes `after`, made by `rule` with this probability of being right."""

    start: int
    end: int
    after: str
    rule: str
    probability: float


@dataclass(frozen=True)
class Rewriting:
    """A text after its edits, which are in order and apart from each other."""

    text: str
    changes: tuple[Change, ...]
    _ends: tuple[int, ...]
    _shifts: tuple[int, ...]
    _starts: tuple[int, ...]

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """Give the new offsets of an old span; one that begins or ends inside an edit grows to hold all of it."""
        return self._place(start, opening=True), self._place(end, opening=False)

    def _place(self, offset: int, *, opening: bool) -> int:
        before = bisect_right(self._ends, offset)
        inside = before < len(self._starts) and self._starts[before] < offset < self._ends[before]
        if not inside:
            return offset + self._shifts[before]
        if opening:
            return self._starts[before] + self._shifts[before]
        return self._ends[before] + self._shifts[before + 1]


def rewrite(text: str, edits: Sequence[Edit]) -> Rewriting:
    """Apply edits to a text.

    >>> done = rewrite("Sb: 12 huyén", [Edit(0, 2, "Số", "channel", 0.9), Edit(7, 12, "huyện", "channel", 0.99)])
    >>> done.text, done.moved(7, 12)
    ('Số: 12 huyện', (7, 12))
    """
    pieces: list[str] = []
    changes: list[Change] = []
    shifts = list(accumulate((len(edit.after) - (edit.end - edit.start) for edit in edits), initial=0))
    place = 0
    for edit, shift in zip(edits, shifts, strict=False):
        pieces += (text[place : edit.start], edit.after)
        start = edit.start + shift
        changes.append(
            Change(
                start=start,
                end=start + len(edit.after),
                before=text[edit.start : edit.end],
                after=edit.after,
                rule=edit.rule,
                probability=round(edit.probability, 4),
            )
        )
        place = edit.end
    pieces.append(text[place:])
    ends = tuple(edit.end for edit in edits)
    return Rewriting("".join(pieces), tuple(changes), ends, tuple(shifts), tuple(edit.start for edit in edits))
