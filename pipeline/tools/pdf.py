"""The door to the PDF libraries: pdfplumber for the text layer, pypdfium2 for pictures of pages and annotations.

Both open the same bytes; what pdfminer can't read of a damaged file, it reads from the copy that pdfium repaired.
Boxes are in points from the top left of the upright page as pdfium shows it: cropped and turned.
"""

import ctypes
import io
import logging
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from models.errors import EncryptedFileError, UnreadableFileError
from models.page import Box, ReadWord
from pipeline.tools.images import PageImage, without_false_colour

# pdfminer tells its troubles with words of the page in them, which belong in no log.
logging.getLogger("pdfminer").addHandler(logging.NullHandler())
logging.getLogger("pdfminer").propagate = False

# pdfium isn't safe to call from two threads at once.
_PDFIUM = threading.RLock()

_WORD_GAP = 0.2
"""Letters further apart than this share of their size belong to two words, also where no blank is typed."""

_LEADERS = frozenset(". …_·")

_MOST_RULES = 2000
"""A page with more vector strokes is a drawing; looking for tables there takes minutes."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page is made of, told without reading it.

    `characters` counts its text layer; `hidden` is the share of text objects drawn invisibly, as OCR programs do;
    `cover` the share of the page its largest picture covers, `dpi` that picture's resolution (0 without one),
    `bilevel` whether that one is black and white alone, `pixels` the pixels of its biggest picture; `drawn` says
    whether there is anything to see.
    """

    characters: int
    hidden: float
    cover: float
    dpi: float
    bilevel: bool
    pixels: int
    drawn: bool


@dataclass(frozen=True, slots=True)
class Layer:
    """A page's text layer and the ruling printed with it."""

    words: tuple[ReadWord, ...]
    rules: tuple[Box, ...] = ()
    cells: tuple[Box, ...] = ()


class PdfFile:
    """An open PDF file.

    Raises:
        EncryptedFileError: it asks for a password (an owner password alone doesn't).
        UnreadableFileError: it is damaged beyond repair or has no page.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        with _PDFIUM:
            self._pictures = _open_pictures(content)
            self._pictures.init_forms()
            self._pages = len(self._pictures)
        if not self._pages:
            raise UnreadableFileError("PDF không có trang nào")
        self._text: Any = None

    def __len__(self) -> int:
        return self._pages

    def close(self) -> None:
        """Let go of the file."""
        with _PDFIUM:
            self._pictures.close()

    def size(self, index: int) -> tuple[float, float]:
        """Give width and height of an upright page in points."""
        with _PDFIUM, _damage_named(index):
            width, height = self._pictures.get_page_size(index)
        return float(width), float(height)

    def facts(self, index: int) -> PageFacts:
        """Tell what a page is made of."""
        import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

        with _PDFIUM, _damage_named(index):
            page = self._pictures[index]
            width, height = page.get_size()
            characters = len(page.get_textpage().get_text_range().strip())
            texts = hidden = others = pixels = 0
            cover = dpi = 0.0
            bilevel = False
            for item in page.get_objects(max_depth=4):
                if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
                    texts += 1
                    hidden += pdfium.FPDFTextObj_GetTextRenderMode(item.raw) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
                elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                    others += 1
                    across, down = item.get_px_size()
                    pixels = max(pixels, across * down)
                    share = _share(item.get_bounds(), width * height)
                    if share > cover:
                        cover, dpi, bilevel = share, *_quality_of(item)
                else:
                    others += 1
            page.close()
        return PageFacts(
            characters,
            hidden / texts if texts else 0.0,
            min(1.0, cover),
            dpi,
            bilevel,
            pixels,
            others > 0 or hidden < texts,
        )

    def layer(self, index: int, over: Sequence[ReadWord] = ()) -> Layer:
        """Read a page's text layer with pdfplumber, annotations left out; `over` is what they show over it."""
        with _damage_named(index):
            with _PDFIUM:
                corner = self._corner(index)
            return _layer(self._plumber().pages[index], corner, self.size(index), over)

    def overlays(self, index: int) -> list[tuple[ReadWord, ...]]:
        """Give the words that annotations and form fields show over a page, one group for each of them.

        Offices type number and date over a dispatch as it is signed, and signing programs put their notice there.
        """
        with _damage_named(index):
            return self._overlays(index)

    def _overlays(self, index: int) -> list[tuple[ReadWord, ...]]:
        with _PDFIUM:
            boxes = self._annotation_boxes(index)
            if not boxes:
                return []
            copy = self._flattened(index)
            corner = self._corner(index)
        before = {_mark(letter) for letter in self._plumber().pages[index].chars}
        page = _open_plumber(copy).pages[0]
        groups: dict[int, list[dict[str, Any]]] = {}
        for letter in page.chars:
            if _mark(letter) not in before:
                groups.setdefault(_home(_moved(letter, *corner), boxes), []).append(letter)
        return [words for group in groups.values() if (words := _words_of(group, corner, self.size(index)))]

    def render(self, index: int, dpi: float, annotations: bool = True) -> PageImage:
        """Draw a page, with its annotations and form fields or without."""
        with _PDFIUM, _damage_named(index):
            page = self._pictures[index]
            bitmap = page.render(
                scale=dpi / 72, rev_byteorder=True, may_draw_forms=annotations, draw_annots=annotations
            )
            pixels = without_false_colour(bitmap.to_numpy()[:, :, :3]).copy()
            page.close()
        return PageImage(pixels, dpi)

    def _plumber(self) -> Any:
        if self._text is None:
            self._text = _open_plumber(self._content, self._pictures)
        return self._text

    def _flattened(self, index: int) -> bytes:
        """Give a one-page copy whose annotations are part of the page."""
        import pypdfium2
        import pypdfium2.raw as pdfium

        copy = pypdfium2.PdfDocument.new()
        copy.import_pages(self._pictures, [index])
        page = copy[0]
        pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
        page.close()
        target = io.BytesIO()
        copy.save(target)
        copy.close()
        return target.getvalue()

    def _corner(self, index: int) -> tuple[float, float]:
        """Tell where in pdfplumber's page the visible page's top left corner lies.

        pdfplumber's page isn't cropped, and where the MediaBox doesn't begin at 0 it counts from 0 all the same.
        """
        page = self._pictures[index]
        left, bottom, right, top = page.get_mediabox()
        shown_first = {0: (left, top), 90: (left, bottom), 180: (right, bottom), 270: (right, top)}
        x, y = _upright(page, *shown_first[page.get_rotation()])
        turned = page.get_rotation() in (90, 270)
        page.close()
        return (bottom - x, -left - y) if turned else (left - x, -bottom - y)

    def _annotation_boxes(self, index: int) -> list[Box]:
        import pypdfium2.raw as pdfium

        page = self._pictures[index]
        boxes = []
        for place in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
            annotation = pdfium.FPDFPage_GetAnnot(page.raw, place)
            rectangle = pdfium.FS_RECTF()
            found = pdfium.FPDFAnnot_GetRect(annotation, rectangle)
            if found and pdfium.FPDFAnnot_GetSubtype(annotation) not in (
                pdfium.FPDF_ANNOT_LINK,
                pdfium.FPDF_ANNOT_POPUP,
            ):
                corners = ((rectangle.left, rectangle.top), (rectangle.right, rectangle.bottom))
                (x0, y0), (x1, y1) = (_upright(page, *corner) for corner in corners)
                boxes.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
            pdfium.FPDFPage_CloseAnnot(annotation)
        page.close()
        return boxes


@contextmanager
def _damage_named(index: int) -> Iterator[None]:
    """Name a damaged page: what the libraries raise on one is of every kind, from TypeError to RecursionError."""
    try:
        yield
    except (UnreadableFileError, MemoryError):
        raise
    except Exception as error:  # the libraries' own faults end the page, not the dispatch
        raise UnreadableFileError(f"trang {index + 1} hỏng") from error


def _open_pictures(content: bytes) -> Any:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        # pdfium keeps the error of an earlier file when this one fails in a way it has no code for.
        if error.err_code == pdfium.FPDF_ERR_PASSWORD and b"/Encrypt" in content:
            raise EncryptedFileError from error
        raise UnreadableFileError("PDF hỏng hoặc tải dở dang") from error


def _open_plumber(content: bytes, repaired_by: Any = None) -> Any:
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        return pdfplumber.open(io.BytesIO(content), unicode_norm="NFC")
    except PdfminerException:
        if repaired_by is None:
            raise
    target = io.BytesIO()
    with _PDFIUM:
        repaired_by.save(target)
    try:
        return pdfplumber.open(target, unicode_norm="NFC")
    except PdfminerException as error:
        raise UnreadableFileError("cấu trúc PDF hỏng") from error


def _layer(page: Any, corner: tuple[float, float], size: tuple[float, float], over: Sequence[ReadWord]) -> Layer:
    """Read one pdfplumber page, without the leader dots that something is typed over."""
    letters = [letter for letter in page.chars if not _typed_over(letter, _moved(letter, *corner), over)]
    cells: tuple[Box, ...] = ()
    if 4 <= len(page.edges) <= _MOST_RULES:
        cells = tuple(_shift(cell, *corner) for table in page.find_tables() for cell in table.cells)
    layer = Layer(_words_of(letters, corner, size), tuple(_moved(rule, *corner) for rule in _rules(page)), cells)
    page.close()
    return layer


def _words_of(
    letters: list[dict[str, Any]], corner: tuple[float, float], size: tuple[float, float]
) -> tuple[ReadWord, ...]:
    from pdfplumber.utils.text import extract_words

    found = extract_words(letters, x_tolerance_ratio=_WORD_GAP, return_chars=True)
    words = (_read_word(word, *corner) for word in found)
    return tuple(word for word in words if _inside(word.box, *size))


def _typed_over(letter: dict[str, Any], box: Box, over: Sequence[ReadWord]) -> bool:
    """Tell whether a letter is a leader dot ("Số: ……/UBND") on the line of a word typed over the page."""
    if letter["text"] not in _LEADERS:
        return False
    return any(
        word.box[1] < (box[1] + box[3]) / 2 < word.box[3] and word.box[0] - 60 < box[0] and box[2] < word.box[2] + 60
        for word in over
    )


def _mark(letter: dict[str, Any]) -> tuple[str, int, int]:
    return letter["text"], round(letter["x0"]), round(letter["top"])


def _rules(page: Any) -> Iterator[dict[str, float]]:
    """Give what looks like a horizontal rule: a level stroke, or a rectangle flat as one."""
    for item in (*page.lines, *page.rects):
        if item["bottom"] - item["top"] < 3 and item["x1"] - item["x0"] > 20:
            yield item


def _read_word(word: dict[str, Any], left: float, top: float) -> ReadWord:
    middle = word["chars"][len(word["chars"]) // 2]
    return ReadWord(
        text=unicodedata.normalize("NFC", word["text"]),
        box=_moved(word, left, top),
        size=float(middle["size"]),
        font=str(middle["fontname"]).rpartition("+")[2],
    )


def _moved(item: dict[str, float], left: float, top: float) -> Box:
    return _shift((item["x0"], item["top"], item["x1"], item["bottom"]), left, top)


def _shift(box: Box, left: float, top: float) -> Box:
    return (float(box[0]) - left, float(box[1]) - top, float(box[2]) - left, float(box[3]) - top)


def _inside(box: Box, width: float, height: float) -> bool:
    """Tell whether a box lies on the page as it is shown; crop marks and hidden remains don't."""
    return box[2] > 0 and box[3] > 0 and box[0] < width and box[1] < height


def _share(bounds: tuple[float, float, float, float], area: float) -> float:
    left, bottom, right, top = bounds
    return abs(right - left) * abs(top - bottom) / max(1.0, area)


def _quality_of(image: Any) -> tuple[float, bool]:
    """Give a picture's resolution, and whether it is black and white alone."""
    metadata = image.get_metadata()
    return float(max(metadata.horizontal_dpi, metadata.vertical_dpi)), metadata.bits_per_pixel == 1


def _upright(page: Any, x: float, y: float) -> tuple[float, float]:
    """Turn a place in PDF space into points from the top left of the upright page."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    fine = 10
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, round(width * fine), round(height * fine), 0, x, y, across, down)
    return across.value / fine, down.value / fine


def _home(box: Box, boxes: list[Box]) -> int:
    """Give the index of the annotation that a word stands in, the nearest when it sticks out of all."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2

    def away(other: Box) -> float:
        return max(other[0] - x, x - other[2], 0.0) + max(other[1] - y, y - other[3], 0.0)

    return min(range(len(boxes)), key=lambda index: away(boxes[index]))
