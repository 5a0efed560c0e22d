import io
from pathlib import Path

import pytest
from PIL import Image

from models.errors import UnreadableFileError
from models.record import Problem
from models.settings import Settings
from pipeline import reading
from pipeline.intake.source import take
from pipeline.reading import read_pages
from pipeline.tools.tesseract import TesseractFailedError, TesseractTimeoutError

SETTINGS = Settings()
WORDS = b"BT /F 12 Tf 60 700 Td (Cong van so 412/SNV-TCCC) Tj ET"


def pdf(*pages: bytes) -> bytes:
    """Write a PDF whose pages have the given entries beside their text."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(WORDS), WORDS))
    kids = []
    for entries in pages:
        objects.append(b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>%s>>" % entries)
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def tiff(broken: int | None) -> bytes:
    """Write a TIFF of three blank pages, one of them with its compressed picture spoilt."""
    target = io.BytesIO()
    pages = [Image.new("L", (400, 560), shade) for shade in (255, 254, 253)]
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw")
    content = bytearray(target.getvalue())
    if broken is not None:
        picture = Image.open(io.BytesIO(content))
        picture.seek(broken)
        start, length = picture.tag_v2[273][0], picture.tag_v2[279][0]  # type: ignore[attr-defined]
        content[start : start + length] = b"\xff" * length
    return bytes(content)


def read(folder: Path, content: bytes) -> tuple[list[str], list[Problem]]:
    (folder / "vb").write_bytes(content)
    pages, problems = read_pages(take(folder / "vb", SETTINGS), SETTINGS)
    return [page.text for page in pages], problems


@pytest.mark.parametrize(
    "box",
    [b"[0 0 nan inf]", b"[0 0 595]", b"null", b"[(a) /b 595 842]", b"[0 0 1e308 99999999999999999999999]"],
)
def test_a_page_with_a_senseless_size_is_read_from_its_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, box: bytes
) -> None:
    """What the reader of text layers can't take, the drawing library can: the page goes to OCR, nothing is lost."""

    def fail(*_: object) -> None:
        raise TesseractFailedError

    monkeypatch.setattr(reading, "read_page", fail)
    _, problems = read(tmp_path, pdf(b"/MediaBox" + box))
    assert [problem.code for problem in problems] == ["page_ocr_failed"]


def test_pages_that_lead_in_a_circle_are_problems_of_their_own(tmp_path: Path) -> None:
    """A page tree that holds itself costs the pages that aren't there, not the one that is."""
    good = pdf(b"/MediaBox[0 0 595 842]")
    looped = good.replace(b"/Kids[5 0 R]/Count 1", b"/Kids[5 0 R 2 0 R]/Count 2")
    texts, problems = read(tmp_path, looped)
    assert texts[0] == "Cong van so 412/SNV-TCCC"
    assert {problem.code for problem in problems} == {"page_unreadable"}
    assert [problem.page for problem in problems] == list(range(2, len(texts) + 1))


def test_a_broken_page_of_a_tiff_is_a_problem(tmp_path: Path) -> None:
    """The pages beside it are read, and the record says which one is missing."""
    texts, problems = read(tmp_path, tiff(broken=1))
    assert len(texts) == 3
    assert [(problem.page, problem.code) for problem in problems] == [(2, "page_unreadable")]
    assert "Trang 2 không đọc được" in problems[0].message


def test_a_whole_tiff_has_no_problem(tmp_path: Path) -> None:
    """Blank pages are no damage."""
    assert read(tmp_path, tiff(broken=None)) == (["", "", ""], [])


def test_a_file_without_a_readable_page_is_refused(tmp_path: Path) -> None:
    """When every page is damaged there is no dispatch."""
    target = io.BytesIO()
    Image.effect_noise((400, 560), 60).save(target, "PNG")
    with pytest.raises(UnreadableFileError):
        read(tmp_path, target.getvalue()[:20_000])


@pytest.mark.parametrize(
    ("error", "code"), [(TesseractTimeoutError, "page_timeout"), (TesseractFailedError, "page_ocr_failed")]
)
def test_a_page_ocr_fails_on_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception], code: str
) -> None:
    """OCR that hangs or dies on one page leaves the dispatch standing."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(reading, "read_page", fail)
    texts, problems = read(tmp_path, tiff(broken=None))
    assert texts == ["", "", ""]
    assert [problem.code for problem in problems] == [code] * 3


def test_a_page_of_more_letters_than_can_be_printed_is_a_problem(tmp_path: Path) -> None:
    """Sorting a million letters of one page would take minutes; the record says that the page is missing."""
    crowded = pdf(b"/MediaBox[0 0 595 842]").replace(WORDS, b"BT /F 1 Tf 60 700 Td " + WORDS * 2000 + b" ET")
    with pytest.raises(UnreadableFileError):
        read(tmp_path, crowded)
