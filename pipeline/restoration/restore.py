"""The station's entry: a text or page as read → right Vietnamese, every change told, everything else as it was.

Blanks and line breaks survive; the words and lines of a page move along with the letters. A text that is right already
comes back as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from models.page import Change, Line, TextPage, Word
from pipeline.restoration.codes import find_codes, mendings
from pipeline.restoration.gate import Treatment, treatment
from pipeline.restoration.lattice import choose
from pipeline.restoration.names import spell_names
from pipeline.restoration.regimes import regime_of
from pipeline.restoration.rewriting import Edit, Rewriting, rewrite
from pipeline.restoration.slots import Slot, SlotKind, cut
from pipeline.vietnam.syllables import Placement, place_tones, text_quality

# A page that differs from what was read in more than this share of its words is called restored.
_MUCH = 0.05
# Two syllables with marks that fit in one way only are hardly one word.
_PARTED = 0.97

_Part = TypeVar("_Part", Word, Line)


@dataclass(frozen=True)
class RestoredText:
    """A restored text and what was changed; offsets of the changes are into `text`."""

    text: str
    changes: tuple[Change, ...]


def restore_text(text: str, tones: Placement = "old") -> RestoredText:
    """Restore a text whose origin isn't known; restored words bear their tone mark where `tones` says.

    >>> restore_text("Thuc hien Ke hoach so 69/KH-UBND ngay 22/3/2024 cua UBND tinh").text
    'Thực hiện Kế hoạch số 69/KH-UBND ngày 22/3/2024 của UBND tỉnh'
    """
    done = _restore(text, tones, read_from_image=False)
    return RestoredText(done.text, done.changes)


def restore_page(page: TextPage, tones: Placement = "old") -> TextPage:
    """Restore a page's text; its words and lines keep their boxes and get their new offsets.

    Words written with a pen stay as they are: what OCR made of them is no reading to start from.
    """
    penned = [(word.start, word.end) for word in page.words if word.handwritten]
    done = _restore(page.text, tones, read_from_image=page.origin == "ocr", untouched=penned)
    if not done.changes:
        return page
    return page.model_copy(
        update={
            "text": done.text,
            "words": tuple(_moved(word, done) for word in page.words),
            "lines": tuple(_moved(line, done) for line in page.lines),
            "changes": (*page.changes, *done.changes),
            "origin": "restored" if len(done.changes) > _MUCH * len(page.text.split()) else page.origin,
        }
    )


def _restore(
    text: str, tones: Placement, *, read_from_image: bool, untouched: Sequence[tuple[int, int]] = ()
) -> Rewriting:
    quality = text_quality(text)
    chosen = treatment(regime_of(quality, read_from_image=read_from_image), quality)
    edits = _edits(text, chosen) if chosen else []
    if tones != "old":
        edits = [edit._replace(after=place_tones(edit.after, tones)) for edit in edits]
    return rewrite(text, [edit for edit in edits if not any(edit.start < b and a < edit.end for a, b in untouched)])


def _edits(text: str, chosen: Treatment) -> list[Edit]:
    codes = find_codes(text)
    slots = cut(text, [(code.start, code.end) for code in codes], chosen.noise)
    words = [edit for choice in choose(slots, chosen.source) if (edit := chosen.decide(choice))]
    if chosen.names:
        spelt = {edit.start: edit for edit in spell_names(text)}
        words = [*(edit for edit in words if edit.start not in spelt), *spelt.values()]
    edits = [*mendings(text, codes), *words, *_partings(slots)]
    return sorted(edits, key=lambda edit: (edit.start, edit.end))


def _partings(slots: Sequence[Slot]) -> Iterator[Edit]:
    """Give the blanks that are missing between two syllables."""
    for left, right in pairwise(slots):
        if left.end == right.start and left.kind is right.kind is SlotKind.WORD:
            yield Edit(left.end, left.end, " ", "joined words", _PARTED)


def _moved(part: _Part, done: Rewriting) -> _Part:
    start, end = done.moved(part.start, part.end)
    return part.model_copy(update={"start": start, "end": end})
