"""Reading: a file's pages → their text. Decides page by page what to read, reads pictures side by side.

A page that can't be read in time or at all is a problem in the record, not an error: the dispatch goes on without it.
Only a file of which no page can be read is refused.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from models.errors import UnreadableFileError
from models.page import ReadPage, TextPage
from models.record import Problem
from models.settings import Settings
from pipeline.intake.source import SourceFile
from pipeline.layout.arrange import lay_out, lay_out_plain
from pipeline.ocr.read import read_page
from pipeline.pages.layer import better
from pipeline.pages.page import PageInput
from pipeline.pages.pages import open_pages
from pipeline.tools.images import PageImage
from pipeline.tools.tesseract import TesseractFailedError, TesseractTimeoutError

Read = tuple[TextPage, tuple[Problem, ...]]

DAMAGED = "page_unreadable"
"""The code of the problem of a page that is damaged in the file itself."""

_MOST_BYTES_IN_HAND = 100_000_000
"""An A4 page in colour at 200 dpi has 12 million bytes; reading a picture takes some six times its size."""


def read_pages(
    source: SourceFile, settings: Settings, alive: Callable[[], None] = lambda: None
) -> tuple[list[TextPage], list[Problem]]:
    """Read every page, in order, and call `alive` after each; `settings.workers` pages are read at a time.

    Tesseract runs as a process of its own per page, so threads are enough; the PDF library isn't safe for threads
    and draws each picture here, before it is handed over.

    Raises:
        UnreadableFileError: not one page can be read.
    """
    pages: list[TextPage] = []
    problems: list[Problem] = []
    with ThreadPoolExecutor(settings.workers) as pool:
        for page, found in _in_order(open_pages(source, settings), pool, settings):
            pages.append(page)
            problems.extend(found)
            alive()
    if all(problem.code == DAMAGED for problem in problems) and len(problems) == len(pages):
        raise UnreadableFileError(f"cả {len(pages)} trang đều hỏng" if len(pages) > 1 else "trang duy nhất bị hỏng")
    return pages, problems


def _in_order(inputs: Iterator[PageInput], pool: ThreadPoolExecutor, settings: Settings) -> Iterator[Read]:
    waiting: deque[tuple[Future[Read], int]] = deque()
    for page in inputs:
        page, image = _drawn(page)
        pixels = 0 if image is None else image.pixels.size
        waiting.append((pool.submit(_read, page, image, settings), pixels))
        # Pictures of usual pages wait for their turn; huge ones would fill the memory.
        while len(waiting) > settings.workers or sum(size for _, size in waiting) > _MOST_BYTES_IN_HAND:
            yield waiting.popleft()[0].result()
    while waiting:
        yield waiting.popleft()[0].result()


def _drawn(page: PageInput) -> tuple[PageInput, PageImage | None]:
    """Draw the picture of a page that needs it; where that fails, the page says so."""
    if page.image is None or page.trusted or not page.drawn:
        return page, None
    try:
        return page, page.image()
    except UnreadableFileError as error:
        return replace(page, fault=error.detail), None


def _read(page: PageInput, image: PageImage | None, settings: Settings) -> Read:
    if page.text is not None:
        return lay_out_plain(page.text, page.number), ()
    if page.fault is not None:
        return _unread(page, DAMAGED, f"Trang {page.number} không đọc được ({page.fault}).")
    if image is None:
        return lay_out(page.layer or _empty(page)), ()
    try:
        read = read_page(image, page.number, settings.page_seconds)
    except TesseractTimeoutError:
        return _unread(page, "page_timeout", f"Trang {page.number} đọc quá {settings.page_seconds} giây.")
    except TesseractFailedError:
        return _unread(page, "page_ocr_failed", f"Trang {page.number} không nhận dạng được: Tesseract dừng giữa chừng.")
    # The picture is drawn without annotations; what they show is put back, and so are the signature notices.
    read = replace(read, words=(*read.words, *page.overlay), signatures=page.signatures)
    return lay_out(better(page.layer, read, scanned=page.scanned)), ()


def _unread(page: PageInput, code: str, message: str) -> Read:
    """Go on with what the page's text layer has, and say what is missing."""
    missing = "Phần chữ đọc từ ảnh của trang này chưa có; hãy xem bản gốc."
    return lay_out(page.layer or _empty(page)), (Problem(page=page.number, code=code, message=f"{message} {missing}"),)


def _empty(page: PageInput) -> ReadPage:
    return ReadPage(page.number, page.width, page.height, "text layer", (), signatures=page.signatures)
