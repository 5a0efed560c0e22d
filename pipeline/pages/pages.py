"""The pages station: a file → its pages, one after the other, each read no further than is asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from models.errors import OverLimitError, UnreadableFileError
from models.page import ReadPage, ReadWord
from models.settings import Settings
from pipeline.pages.layer import PAGE_PICTURE, decoded, is_scanned, is_trusted
from pipeline.pages.overlay import fill_blank_number
from pipeline.pages.page import PageInput
from pipeline.pages.printable import printable
from pipeline.tools.images import PageImage, Picture
from pipeline.tools.pdf import Layer, PdfFile
from pipeline.vietnam.signatures import is_notice

MOST_CHARACTERS = 50_000
"""A page of small print has 10,000; more than this is no printed page, and sorting it takes minutes."""


class Taken(Protocol):
    """What intake hands on of a file."""

    @property
    def media_type(self) -> str:
        """The type told from the content."""

    @property
    def content(self) -> bytes:
        """The whole file."""


def open_pages(source: Taken, settings: Settings) -> Iterator[PageInput]:
    """Give a file's pages in order; a damaged one says so and the next ones follow.

    Raises:
        UnreadableFileError: the file turns out to be damaged.
        OverLimitError: a page's picture has too many pixels.
    """
    if source.media_type == "text/plain":
        yield from _text_pages(source.content)
    elif source.media_type == "application/pdf":
        pdf = PdfFile(source.content)
        for index in range(len(pdf)):
            yield _pdf_page_or_fault(pdf, index, settings)
    else:
        yield from _picture_pages(Picture(source.content))


def _text_pages(content: bytes) -> Iterator[PageInput]:
    """Part plain text at form feeds; one at the very end starts no page."""
    for number, text in enumerate(content.decode("utf-8-sig").rstrip("\f\n\r ").split("\f"), 1):
        yield PageInput(number, 0.0, 0.0, text=printable(text), trusted=True, drawn=False)


def _picture_pages(picture: Picture) -> Iterator[PageInput]:
    for index in range(len(picture)):
        yield _picture_page(picture, index)


def _picture_page(picture: Picture, index: int) -> PageInput:
    try:
        image = picture.read(index)
    except UnreadableFileError as error:
        return _damaged(index, error)
    return PageInput(index + 1, *image.points, scanned=True, image=lambda: image)


def _pdf_page_or_fault(pdf: PdfFile, index: int, settings: Settings) -> PageInput:
    try:
        return _pdf_page(pdf, index, settings)
    except UnreadableFileError as error:
        return _damaged(index, error)


def _damaged(index: int, error: UnreadableFileError) -> PageInput:
    return PageInput(index + 1, 0.0, 0.0, drawn=False, fault=error.detail)


def _pdf_page(pdf: PdfFile, index: int, settings: Settings) -> PageInput:
    number = index + 1
    width, height = pdf.size(index)
    facts = pdf.facts(index)
    if facts.pixels > settings.max_megapixels * 1_000_000:
        raise OverLimitError(f"ảnh trang {number} lớn hơn {settings.max_megapixels} triệu điểm ảnh")
    if facts.characters > MOST_CHARACTERS:
        raise UnreadableFileError(f"trang có hơn {MOST_CHARACTERS} chữ")
    overlay, signatures = _overlays(pdf, index)
    layer = None
    trusted = not facts.drawn and not facts.characters
    found = _layer(pdf, index, overlay) if facts.characters else None
    if found is not None:
        words = _printable(decoded(found.words))
        overlay = fill_blank_number(words, overlay)
        trusted = is_trusted(words, facts)
        layer = ReadPage(number, width, height, "text layer", (*words, *overlay), found.rules, found.cells, signatures)
    elif trusted:
        layer = ReadPage(number, width, height, "text layer", overlay, signatures=signatures)

    def image() -> PageImage:
        # What annotations show is read from the file itself; a notice or seal over the print only hides it.
        drawn = pdf.render(index, settings.render_dpi, annotations=not (overlay or signatures))
        return replace(drawn, bilevel=facts.bilevel and facts.cover >= PAGE_PICTURE)

    return PageInput(
        number,
        width,
        height,
        layer=layer,
        trusted=trusted,
        scanned=is_scanned(facts),
        drawn=facts.drawn,
        overlay=overlay,
        signatures=signatures,
        image=image,
    )


def _printable(words: Iterable[ReadWord]) -> tuple[ReadWord, ...]:
    cleaned = (replace(word, text=" ".join(printable(word.text).split())) for word in words)
    return tuple(word for word in cleaned if word.text)


def _overlays(pdf: PdfFile, index: int) -> tuple[tuple[ReadWord, ...], tuple[str, ...]]:
    """Read what annotations show; what can't be read stays in the picture of the page."""
    try:
        return _sort_overlays([_printable(words) for words in pdf.overlays(index)])
    except UnreadableFileError:
        return (), ()


def _layer(pdf: PdfFile, index: int, overlay: tuple[ReadWord, ...]) -> Layer | None:
    """Read the text layer; a damaged one is none, for the page can still be read from its picture."""
    try:
        return pdf.layer(index, overlay)
    except UnreadableFileError:
        return None


def _sort_overlays(groups: list[tuple[ReadWord, ...]]) -> tuple[tuple[ReadWord, ...], tuple[str, ...]]:
    """Part what annotations show into words of the page and notices of digital signatures."""
    words: list[ReadWord] = []
    signatures: list[str] = []
    for group in groups:
        text = " ".join(word.text for word in group)
        if is_notice(text):
            signatures.append(text)
        else:
            words.extend(group)
    return tuple(words), tuple(signatures)
