"""The OCR station: the picture of one page → its words in points of the upright page."""

import unicodedata

from models.page import ReadPage, ReadWord
from pipeline.ocr.prepare import PreparedPage, prepare
from pipeline.tools.images import PageImage
from pipeline.tools.tesseract import TesseractWord, read_words


def read_page(image: PageImage, number: int, seconds: float) -> ReadPage:
    """Read one page."""
    prepared = prepare(image)
    words = read_words(prepared.grey, image.dpi, seconds)
    return _read_page(prepared, words, number)


def _read_page(prepared: PreparedPage, words: list[TesseractWord], number: int) -> ReadPage:
    width, height = prepared.level.points
    scale = 72 / prepared.level.dpi
    return ReadPage(number, width, height, "ocr", tuple(_read_word(word, scale) for word in words))


def _read_word(word: TesseractWord, scale: float) -> ReadWord:
    x0, y0, x1, y1 = word.box
    return ReadWord(
        text=unicodedata.normalize("NFC", word.text),
        box=(x0 * scale, y0 * scale, x1 * scale, y1 * scale),
        confidence=word.confidence,
        size=word.line_height * scale,
        line=word.line,
    )
