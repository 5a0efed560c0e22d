from typing import Any

import pytest

from models.page import ReadPage, ReadWord, Region, TextPage
from pipeline.layout.arrange import lay_out, lay_out_plain
from tests.cases import load_cases


def page_of(case: dict[str, Any]) -> ReadPage:
    """Set a case's words on an A4 page."""
    words = tuple(word for run in case["page"].strip().splitlines() for word in words_of(run))
    rules, cells = (tuple(tuple(map(float, box)) for box in case.get(name, ())) for name in ("rules", "cells"))
    return ReadPage(1, 595.0, 842.0, "text layer", words, rules, cells)  # type: ignore[arg-type]


def words_of(run: str) -> list[ReadWord]:
    """Set one run of words: a letter is half its size wide."""
    x, y, size, text = run.split(maxsplit=3)
    left, top, height = float(x), float(y), float(size)
    words = []
    for word in text.split():
        width = len(word) * height / 2
        words.append(ReadWord(word, (left, top, left + width, top + height), 1.0, height))
        left += width + height / 4
    return words


def lines_of(page: TextPage) -> list[str]:
    return [f"{line.region.value}|{page.text[line.start : line.end]}" for line in page.lines]


@pytest.mark.parametrize("case", load_cases("layout"))
def test_words_become_lines_in_reading_order(case: dict[str, Any]) -> None:
    """Columns come one after the other, and each line knows its place on the page."""
    page = lay_out(page_of(case))
    assert lines_of(page) == case["lines"]
    assert list(page.signatures) == case.get("signatures", [])


def test_offsets_lead_back_to_the_words() -> None:
    """Each word's offsets cut exactly that word out of the text, with its box."""
    page = lay_out(page_of({"page": "85 100 13 Thực hiện Kế hoạch\n85 118 13 số 12/KH-UBND"}))
    assert [page.text[word.start : word.end] for word in page.words] == [
        "Thực",
        "hiện",
        "Kế",
        "hoạch",
        "số",
        "12/KH-UBND",
    ]
    assert page.boxes(0, len(page.text)) == tuple(line.box for line in page.lines)


def test_a_wide_gap_leaves_an_empty_line() -> None:
    """Paragraphs set apart on the page are set apart in the text."""
    page = lay_out(page_of({"page": "85 100 13 Một\n85 118 13 Hai\n85 170 13 Ba"}))
    assert page.text == "Một\nHai\n\nBa"


def test_stamps_end_the_text() -> None:
    """What a stamp says interrupts no line of the text and is marked as a stamp's."""
    words = [*words_of("85 100 13 Thực hiện Kế hoạch"), ReadWord("HỎA", (200, 100, 240, 120), 0.9, 20, stamp=True)]
    page = lay_out(ReadPage(1, 595, 842, "ocr", tuple(words)))
    assert lines_of(page) == ["body|Thực hiện Kế hoạch", "stamp|HỎA"]


def test_a_pen_word_stays_marked() -> None:
    """What was marked as handwritten on the picture is so in the text."""
    words = (ReadWord("Số:", (85, 100, 105, 113)), ReadWord("12", (110, 100, 125, 113), handwritten=True))
    page = lay_out(ReadPage(1, 595, 842, "ocr", words))
    assert [(page.text[word.start : word.end], word.handwritten) for word in page.words] == [
        ("Số:", False),
        ("12", True),
    ]


def test_an_empty_page_has_no_text() -> None:
    """A blank page is a page like any other."""
    page = lay_out(ReadPage(3, 595, 842, "ocr", ()))
    assert (page.number, page.text, page.lines, page.confidence) == (3, "", (), 1.0)


def test_plain_text_keeps_its_lines() -> None:
    """Plain text has no geometry: its lines stay as they are, in NFC, their region unknown."""
    page = lay_out_plain("UBND TI\u0309NH AN BI\u0300NH   CỘNG HÒA\r\n\r\nKính gửi: Các sở", 1)
    assert page.text == "UBND TỈNH AN BÌNH   CỘNG HÒA\n\nKính gửi: Các sở"
    assert [line.region for line in page.lines] == [Region.UNKNOWN, Region.UNKNOWN]
