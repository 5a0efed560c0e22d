"""Reading: a file's pages → their text. Decides page by page what to read, reads pictures side by side.

A page that can't be read in time or at all is a problem in the record, not an error: the dispatch goes on without it.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

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
from pipeline.tools.tesseract import TesseractTimeoutError

Read = tuple[TextPage, tuple[Problem, ...]]


def read_pages(source: SourceFile, settings: Settings) -> tuple[list[TextPage], list[Problem]]:
    """Read every page, in order; at most `settings.workers` pictures are in hand at a time.

    Tesseract runs as a process of its own per page, so threads are enough; the PDF library isn't safe for threads
    and draws each picture here, before it is handed over.
    """
    pages: list[TextPage] = []
    problems: list[Problem] = []
    with ThreadPoolExecutor(settings.workers) as pool:
        for page, found in _in_order(open_pages(source, settings), pool, settings):
            pages.append(page)
            problems.extend(found)
    return pages, problems


def _in_order(inputs: Iterator[PageInput], pool: ThreadPoolExecutor, settings: Settings) -> Iterator[Read]:
    waiting: deque[Future[Read]] = deque()
    for page in inputs:
        image = page.image() if page.image and page.drawn and not page.trusted else None
        waiting.append(pool.submit(_read, page, image, settings))
        if len(waiting) > settings.workers:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _read(page: PageInput, image: PageImage | None, settings: Settings) -> Read:
    if page.text is not None:
        return lay_out_plain(page.text, page.number), ()
    if image is None:
        return lay_out(page.layer or _empty(page)), ()
    try:
        read = read_page(image, page.number, settings.page_seconds)
    except TesseractTimeoutError:
        problem = Problem(
            page=page.number,
            code="page_timeout",
            message=f"Trang {page.number} đọc quá {settings.page_seconds} giây; phần chữ của trang này chưa có.",
        )
        return lay_out(page.layer or _empty(page)), (problem,)
    # The picture is drawn without annotations; what they show is put back, and so are the signature notices.
    read = replace(read, words=(*read.words, *page.overlay), signatures=page.signatures)
    return lay_out(better(page.layer, read, scanned=page.scanned)), ()


def _empty(page: PageInput) -> ReadPage:
    return ReadPage(page.number, page.width, page.height, "text layer", (), signatures=page.signatures)
