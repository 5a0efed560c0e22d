import io

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pytest
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from models.errors import UnreadableFileError
from pipeline.tools.pdf import PdfFile


def drawn(*texts: tuple[float, float, str], size: tuple[float, float] = (600, 800)) -> bytes:
    """Draw texts on one page; places count from the bottom left, as PDF does."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size)
    for x, y, text in texts:
        canvas.drawString(x, y, text)
    canvas.save()
    return target.getvalue()


def with_overlay(page: bytes, rectangle: tuple[int, int, int, int], text: str) -> bytes:
    """Add a stamp annotation whose appearance shows a text, as programs that file and sign dispatches do."""
    x0, y0, x1, y1 = rectangle
    shown = f"BT /F1 12 Tf 0 3 Td ({text}) Tj ET".encode()
    first = 900
    objects = {
        first: f"<< /Type /Annot /Subtype /Stamp /F 4 /Rect [{x0} {y0} {x1} {y1}] "
        f"/AP << /N {first + 1} 0 R >> >>".encode(),
        first + 1: f"<< /Type /XObject /Subtype /Form /BBox [0 0 {x1 - x0} {y1 - y0}] "
        f"/Resources << /Font << /F1 {first + 2} 0 R >> >> /Length {len(shown)} >>\nstream\n".encode()
        + shown
        + b"\nendstream",
        first + 2: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    content = page.replace(b"/Type /Page\n", f"/Type /Page /Annots [{first} 0 R]\n".encode())
    assert content != page
    for number, body in objects.items():
        content += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    # Without a table of objects that fits, readers look for the objects themselves.
    return content.replace(b"startxref", b"startxrex") + b"trailer << /Root 999 0 R >>\n"


def repaired(content: bytes, root: bytes) -> bytes:
    return content.replace(b"999 0 R", root)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (50, 60, 550, 760)])
@pytest.mark.parametrize("media", [(0, 0, 600, 800), (-20, -30, 590, 790)])
def test_words_stand_where_their_ink_is(
    turn: int, crop: tuple[int, int, int, int] | None, media: tuple[int, int, int, int]
) -> None:
    """A word's box covers its ink on the page as it is shown: turned, cropped, or with its origin elsewhere."""
    document = pypdfium2.PdfDocument(drawn((100, 700, "HELLO")))
    page = document[0]
    page.set_mediabox(*media)
    page.set_rotation(turn)
    if crop:
        page.set_cropbox(*crop)
    target = io.BytesIO()
    document.save(target)
    file = PdfFile(target.getvalue())
    ys, xs = np.nonzero(file.render(0, 72).pixels < 128)
    boxes = [word.box for word in file.layer(0).words]
    x0, y0, x1, y1 = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    assert x0 - 2 <= xs.min() <= xs.max() <= x1 + 2
    assert y0 - 2 <= ys.min() <= ys.max() <= y1 + 2


def test_what_an_annotation_shows_is_read_apart() -> None:
    """A number typed over the page is no part of its layer; it comes as a group of its own, at its place."""
    page = drawn((100, 700, "No:"), (160, 700, "/UBND"))
    root = page[page.index(b"/Root") + 6 :].split(b"R")[0].strip() + b" R"
    file = PdfFile(repaired(with_overlay(page, (125, 697, 157, 712), "184"), root))
    assert [word.text for word in file.layer(0).words] == ["No:", "/UBND"]
    ((typed,),) = file.overlays(0)
    assert typed.text == "184"
    assert 120 < typed.box[0] < 130
    assert 85 < typed.box[1] < 105


def test_leader_dots_under_a_typed_word_go() -> None:
    """Dots that mark where a number is to be typed don't mix with the number."""
    file = PdfFile(drawn((100, 700, "No: ........ /UBND")))
    (first, *_) = file.layer(0).words
    typed = type(first)("184", (121, 88, 140, 102), size=12)
    assert [word.text for word in file.layer(0, [typed]).words] == ["No:", "/UBND"]


def test_facts_tell_a_scan_from_print() -> None:
    """A page of print has letters and no picture; a blank page shows nothing."""
    facts = PdfFile(drawn((100, 700, "HELLO"))).facts(0)
    assert (facts.characters, facts.cover, facts.drawn) == (5, 0.0, True)
    blank = PdfFile(drawn((100, 700, ""))).facts(0)
    assert (blank.characters, blank.drawn) == (0, False)


def test_a_pdf_without_pages_is_damaged_not_encrypted() -> None:
    """A PDF without pages gets no code of its own from pdfium, which may repeat that of an encrypted file before."""
    with pytest.raises(UnreadableFileError):
        PdfFile(drawn())


def test_grey_pages_are_drawn_grey() -> None:
    """A page without colour is one channel, which is a third of the work for all that follows."""
    assert PdfFile(drawn((100, 700, "HELLO"))).render(0, 72).pixels.ndim == 2
