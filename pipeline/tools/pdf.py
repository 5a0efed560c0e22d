"""The door to the PDF libraries: pdfplumber for the text layer, pypdfium2 for pictures of pages."""

import io
import threading
import unicodedata
from collections.abc import Iterator
from typing import Any

from models.page import ReadWord
from pipeline.tools.images import PageImage

# pdfium isn't safe to call from two threads at once.
_PDFIUM = threading.Lock()


class PdfFile:
    """An open PDF file."""

    def __init__(self, content: bytes) -> None:
        import pdfplumber
        import pypdfium2  # type: ignore[import-untyped]

        self._text = pdfplumber.open(io.BytesIO(content), unicode_norm="NFC")
        with _PDFIUM:
            self._pictures = pypdfium2.PdfDocument(content)
            self._pictures.init_forms()

    def __len__(self) -> int:
        return len(self._text.pages)

    def size(self, index: int) -> tuple[float, float]:
        """Give width and height of an upright page in points."""
        with _PDFIUM:
            width, height = self._pictures.get_page_size(index)
        return float(width), float(height)

    def words(self, index: int) -> Iterator[ReadWord]:
        """Give the words of a page's text layer."""
        page = self._text.pages[index]
        for word in page.extract_words(x_tolerance_ratio=0.2, return_chars=True):
            yield _read_word(word)
        page.close()

    def render(self, index: int, dpi: float) -> PageImage:
        """Draw a page as anyone sees it, annotations and form fields included."""
        with _PDFIUM:
            page = self._pictures[index]
            pixels = page.render(scale=dpi / 72, rev_byteorder=True).to_numpy().copy()
            page.close()
        return PageImage(pixels[:, :, :3], dpi)


def _read_word(word: dict[str, Any]) -> ReadWord:
    middle = word["chars"][len(word["chars"]) // 2]
    return ReadWord(
        text=unicodedata.normalize("NFC", word["text"]),
        box=(word["x0"], word["top"], word["x1"], word["bottom"]),
        size=float(middle["size"]),
        font=str(middle["fontname"]),
    )
