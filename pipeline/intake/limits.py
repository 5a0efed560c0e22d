"""Whether a file keeps within the office's limits: pages, and pixels of a page. Opens it, reads no page."""

from models.errors import OverLimitError, UnreadableFileError
from models.settings import Settings
from pipeline.intake.kind import PDF, TEXT
from pipeline.tools.images import picture_sizes
from pipeline.tools.pdf import PdfFile

# The bytes of a printed page full of Vietnamese, twice over: text without form feeds has pages too.
_LARGEST_PAGE = 12_000


def check_limits(content: bytes, media_type: str, settings: Settings) -> None:
    """Refuse a file with too many pages or a page with too many pixels.

    Raises:
        OverLimitError: it is over a limit.
        UnreadableFileError: it is damaged.
        EncryptedFileError: it asks for a password.
    """
    if media_type == TEXT:
        _check_pages(max(content.rstrip().count(b"\f") + 1, len(content) // _LARGEST_PAGE), settings)
    elif media_type == PDF:
        pdf = PdfFile(content)
        _check_pages(len(pdf), settings)
        for index in range(len(pdf)):
            _check_pixels(index, _drawn_pixels(pdf, index, settings), settings)
        pdf.close()
    else:
        sizes = picture_sizes(content, settings.max_pages)
        _check_pages(len(sizes), settings)
        for index, (across, down) in enumerate(sizes):
            _check_pixels(index, across * down, settings)


def _drawn_pixels(pdf: PdfFile, index: int, settings: Settings) -> float:
    """Give the pixels a page will be drawn with; a page too damaged to have a size won't be drawn."""
    try:
        width, height = pdf.size(index)
    except UnreadableFileError:
        return 0.0
    return width * height * (settings.render_dpi / 72) ** 2


def _check_pages(pages: int, settings: Settings) -> None:
    if pages > settings.max_pages:
        raise OverLimitError(f"tệp có hơn {settings.max_pages} trang")


def _check_pixels(index: int, pixels: float, settings: Settings) -> None:
    if pixels > settings.max_megapixels * 1_000_000:
        raise OverLimitError(f"trang {index + 1} lớn hơn {settings.max_megapixels} triệu điểm ảnh")
