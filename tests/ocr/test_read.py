import numpy as np
import pytest

from models.page import ReadPage
from pipeline.ocr.read import read_page
from pipeline.tools.images import PageImage
from pipeline.tools.tesseract import TesseractTimeoutError
from tests.ocr.drawing import DPI, Paper, letter, pen_digits

SECONDS = 60


def text_of(page: ReadPage) -> str:
    return " ".join(word.text for word in page.words)


def test_words_come_with_boxes_in_points() -> None:
    """A printed page is read in Vietnamese, and each word's box lies where it was printed."""
    page = read_page(letter().scan(), 1, SECONDS)
    assert "Sở Công Thương đề nghị các địa phương" in text_of(page)
    word = next(word for word in page.words if word.text == "UBND")
    assert word.box == pytest.approx((80, 62, 116, 73), abs=4)
    assert word.confidence > 0.8
    assert (round(page.width), round(page.height)) == (595, 842)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_pages_are_righted(degrees: int) -> None:
    """A page fed in sideways or upside down reads as the upright one."""
    upright = letter()
    for line in range(20):
        upright.write(
            85, 270 + line * 20, "Các đơn vị phối hợp chặt chẽ trong quá trình triển khai thực hiện nhiệm vụ."
        )
    page = read_page(upright.scan().turned(degrees), 1, SECONDS)
    assert "Sở Công Thương đề nghị các địa phương" in text_of(page)
    assert page.width < page.height


def test_crooked_pages_are_set_level() -> None:
    """Four degrees off, a page still reads right."""
    paper = letter()
    paper.image = paper.image.rotate(4, fillcolor="white")
    assert "rà soát nguồn hàng" in text_of(read_page(paper.scan(), 1, SECONDS))


def test_specks_of_a_black_and_white_scan_are_not_read() -> None:
    """Specks between the letters don't become accents or words."""
    scan = letter().scan(bilevel=True)
    speckled = scan.pixels.copy()
    rng = np.random.default_rng(1)
    for y, x in zip(
        rng.integers(0, speckled.shape[0] - 2, 4000), rng.integers(0, speckled.shape[1] - 2, 4000), strict=True
    ):
        speckled[y : y + 2, x : x + 2] = 0
    page = read_page(PageImage(speckled, DPI, bilevel=True), 1, SECONDS)
    assert "Sở Công Thương đề nghị các địa phương rà soát nguồn hàng" in text_of(page)


def test_a_blank_page_has_no_words() -> None:
    """Nothing is read into an empty sheet with a few specks."""
    paper = Paper()
    paper.draw.point([(400, 500), (402, 900), (1000, 1200)], fill="black")
    assert read_page(paper.scan(), 2, SECONDS) == ReadPage(2, *paper.scan().points, "ocr", ())


def test_printed_number_and_date_are_print() -> None:
    """A printed number and day carry no mark."""
    paper = letter()
    paper.write(95, 105, "Số: 512/SCT-QLTM")
    paper.write(300, 105, "An Bình, ngày 14 tháng 3 năm 2024")
    page = read_page(paper.scan(), 1, SECONDS)
    assert "512/SCT-QLTM" in text_of(page)
    assert not [word.text for word in page.words if word.handwritten]


@pytest.mark.parametrize("colour", [(40, 60, 190), (20, 20, 20)], ids=["blue pen", "black pen"])
def test_pen_written_number_and_day_are_marked(colour: tuple[int, int, int]) -> None:
    """What a pen wrote into number and date is marked; symbol, month and year stay print."""
    paper = letter()
    paper.write(95, 105, "Số:")
    pen_digits(paper, 118, 111, "1742", colour)
    paper.write(160, 105, "/SCT-QLTM")
    paper.write(300, 105, "An Bình, ngày")
    pen_digits(paper, 378, 111, "27", colour)
    paper.write(402, 105, "tháng 3 năm 2024")
    words = read_page(paper.scan(), 1, SECONDS).words
    unmarked = " ".join(word.text for word in words if not word.handwritten)
    letterhead = unmarked.partition("Sở Công Thương đề")[0]
    assert "SCT-QLTM" in letterhead
    assert "tháng 3 năm 2024" in letterhead
    digits = "".join(
        c for word in words if not word.handwritten and 100 < word.box[1] < 125 for c in word.text if c.isdigit()
    )
    assert digits == "32024"


@pytest.mark.parametrize("mark", ["HỎA TỐC", "KHẨN", "MẬT", "TỐI MẬT"])
def test_red_tilted_stamps_are_read(mark: str) -> None:
    """A stamp's words come out of its red ink, though that ink is taken off the page that is read."""
    paper = letter()
    paper.stamp(90, 130, mark, tilt=5)
    page = read_page(paper.scan(), 1, SECONDS)
    assert " ".join(word.text for word in page.words if word.stamp) == mark


def test_black_framed_stamps_are_read() -> None:
    """In a black-and-white scan the frame tells a stamp from the text."""
    paper = letter()
    paper.stamp(90, 130, "HỎA TỐC", tilt=1, colour=(20, 20, 20))
    page = read_page(paper.scan(bilevel=True), 1, SECONDS)
    assert " ".join(word.text for word in page.words if word.stamp) == "HỎA TỐC"


def test_words_of_the_text_are_no_stamp() -> None:
    """A sentence about urgency in plain print is text."""
    paper = letter()
    paper.write(85, 270, "Các đơn vị khẩn trương thực hiện, không để xảy ra việc lộ bí mật.")
    assert not [word for word in read_page(paper.scan(), 1, SECONDS).words if word.stamp]


def test_ruled_tables_give_their_cells() -> None:
    """The cells of a ruled table are found, in points; the short rule under a heading is none."""
    paper = letter()
    for y in (300, 330, 360):
        paper.pen([(85, y), (500, y)], (20, 20, 20), 0.7)
    for x in (85, 200, 500):
        paper.pen([(x, 300), (x, 360)], (20, 20, 20), 0.7)
    paper.pen([(250, 100), (330, 100)], (20, 20, 20), 0.7)
    page = read_page(paper.scan(), 1, SECONDS)
    assert len(page.cells) == 4
    assert any(rule[0] == pytest.approx(250, abs=3) and rule[2] == pytest.approx(330, abs=3) for rule in page.rules)


def test_time_is_limited() -> None:
    """A page that takes too long ends in an error of its own, not in waiting."""
    with pytest.raises(TesseractTimeoutError):
        read_page(letter().scan(), 1, 0.01)
