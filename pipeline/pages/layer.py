"""Whether a page's text layer can be used, and old encodings in it turned into Unicode."""

from collections.abc import Sequence
from dataclasses import replace

from models.page import Box, ReadPage, ReadWord
from pipeline.tools.pdf import PageFacts
from pipeline.vietnam.encodings import Encoding, decode, encoding_of_font
from pipeline.vietnam.fold import fold
from pipeline.vietnam.syllables import TextQuality, text_quality

GOOD = 0.85
"""A born-digital page's layer scores 0.99 and more; names, numbers and foreign words pull short pages down."""
GOOD_OVER_PICTURE = 0.97
"""What an OCR program put over a scan must reach: the picture can be read again, and what it misread is lost."""
FEW_WORDS = 20
"""Under so many words the score says little."""
PAGE_PICTURE = 0.6
"""A picture that covers so much of the page is the page."""
FULL_PAGE_WORDS = 60
"""Beside a smaller picture, a layer with so many words isn't just a caption of it."""


def quality_of(words: Sequence[ReadWord]) -> TextQuality:
    """Judge the words of a layer."""
    return text_quality(" ".join(word.text for word in words))


def is_scanned(facts: PageFacts) -> bool:
    """Tell whether the page is a picture, with an OCR program's invisible text over it or without."""
    return facts.cover >= PAGE_PICTURE and (facts.hidden > 0.5 or not facts.characters)


def is_trusted(words: Sequence[ReadWord], facts: PageFacts) -> bool:
    """Tell whether a layer can be used as it stands.

    Stripped text ("Uy ban nhan dan") over no picture is no better in the picture drawn from it; it goes on to
    restoration as it is. What looks garbled may be the font's fault, and the page may look right. A scanned
    letterhead is always looked at: OCR programs read pen-written numbers and dates as print.
    """
    quality = quality_of(words)
    if is_scanned(facts):
        legible = quality.words >= FEW_WORDS and quality.score >= GOOD_OVER_PICTURE
        return legible and not _has_letterhead(words)
    if facts.cover >= PAGE_PICTURE / 4 and quality.words < FULL_PAGE_WORDS:
        return False
    if quality.words < FEW_WORDS:
        return bool(words) and quality.mojibake == 0
    return quality.score >= GOOD or (quality.mojibake < 0.02 and quality.valid + quality.bare >= 0.9)


def _has_letterhead(words: Sequence[ReadWord]) -> bool:
    text = fold(" ".join(word.text for word in words))
    return "doc lap" in text or "chu nghia viet nam" in text or "dang cong san viet nam" in text


def decoded(words: tuple[ReadWord, ...]) -> tuple[ReadWord, ...]:
    """Turn words in an old encoding into Unicode; other words come back as they are.

    A font's name is believed. Without such a name, an encoding is tried on a bad layer and kept when it makes right
    Vietnamese of it.
    """
    named = tuple(_decoded_by_font(word) for word in words)
    before = quality_of(named)
    if before.score >= GOOD or before.words < FEW_WORDS:
        return named
    for encoding in Encoding:
        tried = tuple(replace(word, text=decode(word.text, encoding)) for word in named)
        if quality_of(tried).score >= GOOD:
            return tried
    return named


def _decoded_by_font(word: ReadWord) -> ReadWord:
    encoding = encoding_of_font(word.font or "")
    # Letters beyond Latin-1 show that the file maps its glyphs to Unicode already.
    if encoding is None or any(ord(character) > 0xFF and character not in "μ–—‘’“”…" for character in word.text):
        return word
    return replace(word, text=decode(word.text, encoding, word.font or ""))


def better(layer: ReadPage | None, read: ReadPage, *, scanned: bool) -> ReadPage:
    """Choose between a layer that isn't trusted and what OCR read of the same page: the higher text quality wins.

    A near draw goes to OCR over a scan, for its words come with their confidence; and to the layer where print was
    drawn from it, for OCR could only add its own mistakes.
    """
    if layer is None or len(layer.words) < FEW_WORDS:
        return read
    clearly = 0.05 if scanned else -0.05
    if quality_of(layer.words).score <= quality_of(read.words).score + clearly:
        return read
    return _with_pen_marks(layer, read) if scanned else layer


def _with_pen_marks(layer: ReadPage, read: ReadPage) -> ReadPage:
    """Mark in a layer what OCR saw that a pen wrote."""
    pen = [word.box for word in read.words if word.handwritten]
    return replace(
        layer,
        words=tuple(
            replace(word, handwritten=True) if any(_overlap(word.box, box) for box in pen) else word
            for word in layer.words
        ),
    )


def _overlap(box: Box, other: Box) -> bool:
    across = min(box[2], other[2]) - max(box[0], other[0])
    down = min(box[3], other[3]) - max(box[1], other[1])
    return across > 1 and down > 0.3 * min(box[3] - box[1], other[3] - other[1])
