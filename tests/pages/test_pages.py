import io
from dataclasses import dataclass

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from fixtures import fonts
from models.errors import OverLimitError
from models.page import ReadWord
from models.settings import Settings
from pipeline.pages.overlay import fill_blank_number
from pipeline.pages.page import PageInput
from pipeline.pages.pages import open_pages

TEXT = "Sở Công Thương đề nghị các địa phương rà soát nguồn hàng và báo cáo kết quả về Văn phòng trước ngày đã hẹn."


@dataclass(frozen=True)
class File:
    media_type: str
    content: bytes


def pages_of(media_type: str, content: bytes, settings: Settings | None = None) -> list[PageInput]:
    return list(open_pages(File(media_type, content), settings or Settings()))


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def pdf(text: str = "", picture: Image.Image | None = None, *, hidden: bool = False) -> bytes:
    """Make a page of print, of a picture, or of a picture with invisible text over it."""
    fonts.register()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842))
    if picture:
        canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    writer = canvas.beginText(60, 700)
    writer.setFont(fonts.UPRIGHT, 10)
    writer.setTextRenderMode(3 if hidden else 0)
    writer.textLine(text)
    canvas.drawText(writer)
    canvas.save()
    return target.getvalue()


def test_print_needs_no_picture() -> None:
    """A born-digital page is trusted and hands on its words."""
    (page,) = pages_of("application/pdf", pdf(TEXT))
    assert page.trusted
    assert page.layer is not None
    assert " ".join(word.text for word in page.layer.words) == TEXT


def test_a_scan_with_bad_invisible_text_is_read_again() -> None:
    """A bad layer over a page-size picture isn't trusted; the picture is drawn when asked for."""
    (page,) = pages_of(
        "application/pdf", pdf("Sé Cong Thuong dé nghj " * 8, Image.new("L", (800, 1130), 200), hidden=True)
    )
    assert (page.trusted, page.scanned, page.drawn) == (False, True, True)
    assert page.image is not None
    assert page.image().pixels.shape == (2339, 1653)


def test_invisible_text_alone_shows_nothing_to_read() -> None:
    """Invisible text without a picture is all there is: the page isn't drawn."""
    (page,) = pages_of("application/pdf", pdf("Sé Cong Thuong dé nghj " * 8, hidden=True))
    assert not page.drawn
    assert page.layer is not None
    assert page.layer.words


def test_text_is_parted_at_form_feeds() -> None:
    """Each form feed of plain text starts a page, but the last one."""
    pages = pages_of("text/plain", "\ufeffTrang một\nhai\fTrang sau\n\f".encode())
    assert [(page.number, page.text) for page in pages] == [(1, "Trang một\nhai"), (2, "Trang sau")]


def test_every_frame_of_a_tiff_is_a_page() -> None:
    """A TIFF of black-and-white and colour pages gives them in order, each with its own kind."""
    frames = [Image.new("1", (1654, 2339), 1), Image.new("RGB", (1654, 2339), "white")]
    pages = pages_of("image/tiff", saved(frames[0], "TIFF", save_all=True, append_images=frames[1:], dpi=(200, 200)))
    images = [page.image() for page in pages if page.image]
    assert [(image.bilevel, image.pixels.ndim, round(image.dpi)) for image in images] == [
        (True, 2, 200),
        (False, 3, 200),
    ]


def test_each_lazy_picture_is_its_own() -> None:
    """Pictures asked for after all pages were seen are still those of their pages."""
    frames = [Image.new("L", (1000, 1400), shade) for shade in (10, 200)]
    pages = pages_of("image/tiff", saved(frames[0], "TIFF", save_all=True, append_images=frames[1:]))
    assert [int(page.image().pixels[5, 5]) for page in pages if page.image] == [10, 200]


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16"])
def test_any_mode_gives_white_paper(mode: str) -> None:
    """Whatever the colour mode, white or clear paper comes out white."""
    white = Image.new(
        "RGBA" if mode in ("RGBA", "LA") else "L", (500, 700), (0, 0, 0, 0) if mode in ("RGBA", "LA") else 255
    )
    image = Image.fromarray(np.full((700, 500), 65535, np.uint16)) if mode == "I;16" else white.convert(mode)
    form = "TIFF" if mode == "CMYK" else "PNG"
    (page,) = pages_of(f"image/{form.lower()}", saved(image, form))
    assert page.image is not None
    assert page.image().pixels.min() > 250


@pytest.mark.parametrize(
    ("dpi", "wanted"),
    [
        pytest.param((300, 300), 300, id="as given"),
        pytest.param((72, 72), 300, id="a camera's 72 dpi"),
        pytest.param(None, 300, id="not given"),
    ],
)
def test_resolution_makes_a_page_of_sensible_size(dpi: tuple[int, int] | None, wanted: int) -> None:
    """A resolution that would make a poster gives way to that of an A4 page."""
    (page,) = pages_of("image/png", saved(Image.new("L", (2480, 3508), 255), "PNG", **({"dpi": dpi} if dpi else {})))
    assert page.image is not None
    assert round(page.image().dpi) == wanted
    assert (round(page.width), round(page.height)) == pytest.approx((595, 842), abs=2)


def test_fax_pages_are_stretched() -> None:
    """A fax of 204 dots across and 98 down gets the height it has on paper."""
    (page,) = pages_of("image/tiff", saved(Image.new("1", (1728, 1146), 1), "TIFF", dpi=(204, 98)))
    assert (page.width, page.height) == pytest.approx((610, 842), abs=3)


def test_exif_marks_turn_a_photo() -> None:
    """A photo held sideways stands upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = pages_of("image/jpeg", saved(Image.new("L", (1400, 1000), 255), "JPEG", exif=exif))
    assert page.height > page.width


def test_a_picture_too_large_inside_a_pdf_is_refused() -> None:
    """A small page may hide a huge picture."""
    content = pdf(picture=Image.new("L", (2000, 2000), 255))
    with pytest.raises(OverLimitError, match="trang 1"):
        pages_of("application/pdf", content, Settings(max_megapixels=3))


def word(text: str, x: float, y: float) -> ReadWord:
    return ReadWord(text, (x, y, x + 6.0 * len(text), y + 13), size=13)


def test_a_typed_number_finds_its_blank() -> None:
    """A number typed elsewhere goes in front of its own symbol; any other word stays where it is."""
    printed = [word("Số:", 90, 100), word("/STTTT-CNTT", 150, 100), word("Kính", 90, 300)]
    (moved,) = fill_blank_number(printed, [word("934/STTTT-CNTT", 160, 400)])
    assert (moved.text, moved.box[1]) == ("934", 100)
    for other in ("934/SCT-QLTM", "27", "934/STTTT"):
        assert fill_blank_number(printed, [word(other, 160, 400)]) == (word(other, 160, 400),)
