"""The OCR station: the picture of one page → its words in points of the upright page."""

import unicodedata

from models.page import ReadPage, ReadWord
from pipeline.ocr.handwriting import mark_handwriting
from pipeline.ocr.prepare import prepare
from pipeline.tools.images import PageImage
from pipeline.tools.tesseract import TesseractWord, read_words

# Letters and signs of other languages that Tesseract's Vietnamese data writes for those of ours.
_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "⁄": "/", "∕": "/", "ﬁ": "fi", "ﬂ": "fl"})


def read_page(image: PageImage, number: int, seconds: float) -> ReadPage:
    """Read one page: set it level, clean it, read its words, mark what a pen wrote.

    Raises:
        TesseractTimeoutError: Tesseract took longer than `seconds`.
    """
    prepared = prepare(image)
    scale = 72 / image.dpi
    words = tuple(_read_word(word, scale) for word in read_words(prepared.grey, image.dpi, seconds))
    width, height = prepared.level.points
    return ReadPage(number, width, height, "ocr", mark_handwriting(words, prepared.level))


def _read_word(word: TesseractWord, scale: float) -> ReadWord:
    x0, y0, x1, y1 = word.box
    return ReadWord(
        text=unicodedata.normalize("NFC", word.text).translate(_LOOKALIKES),
        box=(x0 * scale, y0 * scale, x1 * scale, y1 * scale),
        confidence=word.confidence,
        size=word.line_height * scale,
        line=word.line,
    )
