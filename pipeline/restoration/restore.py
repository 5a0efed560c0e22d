"""The station's entry: a text or page as read → right Vietnamese, every change told, everything else as it was.

Blanks and line breaks survive; the words and lines of a page move along with the letters. A text that is right already
comes back as it is.
"""

from dataclasses import dataclass
from typing import TypeVar

from models.page import Change, Line, TextPage, Word
from pipeline.restoration.codes import find_codes, mendings
from pipeline.restoration.gate import Treatment, treatment
from pipeline.restoration.lattice import choose
from pipeline.restoration.regimes import regime_of
from pipeline.restoration.rewriting import Edit, Rewriting, rewrite
from pipeline.restoration.slots import cut
from pipeline.vietnam.syllables import text_quality

# A page that differs from what was read in more than this share of its words is called restored.
_MUCH = 0.05

_Part = TypeVar("_Part", Word, Line)


@dataclass(frozen=True)
class RestoredText:
    """A restored text and what was changed; offsets of the changes are into `text`."""

    text: str
    changes: tuple[Change, ...]


def restore_text(text: str) -> RestoredText:
    """Restore a text whose origin isn't known.

    >>> restore_text("Thuc hien Ke hoach so 69/KH-UBND ngay 22/3/2024 cua UBND tinh").text
    'Thực hiện Kế hoạch số 69/KH-UBND ngày 22/3/2024 của UBND tỉnh'
    """
    done = _restore(text, read_from_image=False)
    return RestoredText(done.text, done.changes)


def restore_page(page: TextPage) -> TextPage:
    """Restore a page's text; its words and lines keep their boxes and get their new offsets."""
    done = _restore(page.text, read_from_image=page.origin == "ocr")
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


def _restore(text: str, *, read_from_image: bool) -> Rewriting:
    quality = text_quality(text)
    chosen = treatment(regime_of(quality, read_from_image=read_from_image), quality)
    return rewrite(text, _edits(text, chosen) if chosen else ())


def _edits(text: str, chosen: Treatment) -> list[Edit]:
    codes = find_codes(text)
    slots = cut(text, [(code.start, code.end) for code in codes], chosen.noise)
    words = [edit for choice in choose(slots, chosen.source) if (edit := chosen.decide(choice))]
    return sorted([*mendings(text, codes), *words], key=lambda edit: edit.start)


def _moved(part: _Part, done: Rewriting) -> _Part:
    start, end = done.moved(part.start, part.end)
    return part.model_copy(update={"start": start, "end": end})
