"""The OCR station: the picture of one page → its words in points of the upright page."""

import unicodedata

from models.page import ReadPage, ReadWord
from pipeline.ocr.closing import read_closing_again
from pipeline.ocr.handwriting import mark_handwriting
from pipeline.ocr.orientation import is_sideways, looks_turned
from pipeline.ocr.prepare import prepare
from pipeline.ocr.ruling import find_ruling
from pipeline.ocr.stamps import add_stamps
from pipeline.tools.images import PageImage, grey_without_colour, has_ink
from pipeline.tools.tesseract import TesseractWord, read_turn, read_words

SURE_SIGN = 0.6
"""Dashes and brackets of print are read with more confidence than this."""

# Letters and signs of other languages that Tesseract's Vietnamese data writes for those of ours.
_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "⁄": "/", "∕": "/", "ﬁ": "fi", "ﬂ": "fl"})


def read_page(image: PageImage, number: int, seconds: float) -> ReadPage:
    """Read one page: set it upright and level, clean it, read its words, mark what pens and stamps added.

    Raises:
        TesseractTimeoutError: Tesseract took longer than `seconds`.
    """
    if not has_ink(grey_without_colour(image.pixels)):
        return ReadPage(number, *image.points, "ocr", ())
    if is_sideways(image):
        return _read_as_it_lies(_upright(image, seconds), number, seconds)
    page = _read_as_it_lies(image, number, seconds)
    if looks_turned(page.words):
        turned = _upright(image, seconds)
        if turned is not image:
            return max(page, _read_as_it_lies(turned, number, seconds), key=_worth)
    return page


def _upright(image: PageImage, seconds: float) -> PageImage:
    degrees, confidence = read_turn(prepare(image).grey, image.dpi, seconds)
    # Under 1 Tesseract itself calls the turn a guess.
    return image.turned(degrees) if degrees and confidence >= 1.0 else image


def _worth(page: ReadPage) -> float:
    """Weigh a reading by its sure letters; words that run up or down the page count nothing."""
    level = (word for word in page.words if word.box[2] - word.box[0] > word.box[3] - word.box[1])
    return sum(word.confidence * len(word.text) for word in level)


def _read_as_it_lies(image: PageImage, number: int, seconds: float) -> ReadPage:
    prepared = prepare(image)
    scale = 72 / image.dpi
    found = read_words(prepared.grey, image.dpi, seconds)
    marked = mark_handwriting([_read_word(word, scale) for word in found], prepared.level)
    words = [word for word in marked if word.handwritten or not is_scribble(word.text, word.confidence)]
    words = list(read_closing_again(words, prepared.grey, image.dpi, seconds))
    stamped = add_stamps(words, prepared.level, prepared.grey, seconds)
    rules, cells = find_ruling(prepared.grey, image.dpi)
    return ReadPage(number, *prepared.level.points, "ocr", stamped, rules, cells)


def is_scribble(text: str, confidence: float) -> bool:
    """Tell whether a word is what specks, rules and signatures were read as: signs without a letter or digit.

    >>> is_scribble("—_", 0.2), is_scribble("-", 0.92), is_scribble("Số", 0.2)
    (True, False, False)
    """
    return confidence < SURE_SIGN and not any(character.isalnum() for character in text)


def _read_word(word: TesseractWord, scale: float) -> ReadWord:
    x0, y0, x1, y1 = word.box
    return ReadWord(
        text=unicodedata.normalize("NFC", word.text).translate(_LOOKALIKES),
        box=(x0 * scale, y0 * scale, x1 * scale, y1 * scale),
        confidence=word.confidence,
        size=word.line_height * scale,
        line=word.line,
    )
